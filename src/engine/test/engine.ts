import { collectScript, type ShellCell, type StatementResult } from '../cli/collect.ts';
import { type NodeHostOptions, nodeHost } from '../cli/host.ts';
import { type EngineCore, openEngine } from '../session/engine.ts';
import { NO_LISTENER, type RunListener, runScript } from '../session/run.ts';
import type { SessionState } from '../statements/context.ts';
import { memoryStore } from '../stores/memory.ts';
import { memoryHost } from '../warehouse/memory-host.ts';

/** The whole engine in Node, as the shell runs it, for tests that speak SQL. */
export interface TestEngine {
  readonly core: EngineCore;
  readonly session: SessionState;
  /** Each statement's result; the first that fails ends the script. */
  run(sql: string): Promise<readonly StatementResult[]>;
  /** The rows of the last statement. Throws what a statement of the script throws. */
  rows(sql: string): Promise<readonly (readonly ShellCell[])[]>;
}

export async function testEngine(options: Partial<NodeHostOptions> = {}): Promise<TestEngine> {
  return engineOver(await openEngine(nodeHost({ data: undefined, version: '0.0.0', ...options })));
}

/** A session of an engine. */
export function engineOver(core: EngineCore): TestEngine {
  const session = core.session();
  const run = async (sql: string) => {
    const results: StatementResult[] = [];
    const { signal } = new AbortController();
    await collectScript(sql, { core, session, signal, onResult: (result) => results.push(result) });
    return results;
  };
  return {
    core,
    session,
    run,
    rows: async (sql) => {
      const last = (await run(sql)).at(-1);
      if (!last) return [];
      if (!last.ok) throw last.error;
      return last.rows;
    },
  };
}

/** Runs a script for one who listens to it. Throws what a statement fails with, unless the listener hears of failures. */
export function runWith(
  { core, session }: TestEngine,
  sql: string,
  listener: Partial<RunListener>,
  signal = new AbortController().signal,
): Promise<void> {
  const failed: RunListener['failed'] = (_, error) => {
    throw error;
  };
  return runScript(sql, {
    ...{ services: core.services, session, signal },
    ...{ continueOnError: false, startedBy: 'User' },
    listener: { ...NO_LISTENER, failed, ...listener },
  });
}

let first: Promise<EngineCore> | undefined;

/** Two engines on one warehouse, as two tabs have them; all share one DuckDB. */
export async function twoEngines(): Promise<readonly [TestEngine, TestEngine]> {
  const host = nodeHost({ data: undefined, version: '0.0.0' });
  first ??= openEngine(host);
  const { executor } = (await first).services;
  const store = memoryStore();
  const owner = memoryHost();
  const engineOn = async (warehouse: typeof owner) => {
    const core = await openEngine({ ...host, store, warehouse });
    return engineOver({ ...core, services: { ...core.services, executor } });
  };
  return [await engineOn(owner), await engineOn(owner.sibling())];
}

/** The engine, before each of whose commits something else is done. */
export function beforeCommit(core: EngineCore, work: () => Promise<void>): EngineCore {
  const { warehouse } = core.services;
  const begin = () => {
    const transaction = warehouse.begin();
    const commit = transaction.commit.bind(transaction);
    transaction.commit = async (signal) => {
      await work();
      return commit(signal);
    };
    return transaction;
  };
  return { ...core, services: { ...core.services, warehouse: { ...warehouse, begin } } };
}
