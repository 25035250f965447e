import type { RecordBatch } from 'apache-arrow';
import { collect } from '../base/async.ts';
import { SqlError } from '../base/errors.ts';
import type { BoundQuery } from '../bind/plan.ts';
import { isNextValue } from '../bind/special.ts';
import { visitQuery } from '../bind/walk.ts';
import type { Workspace } from '../execute/workspace.ts';
import { lookUp } from '../warehouse/find.ts';
import type { ObjectId, SequenceRecord } from '../warehouse/object.ts';
import type { StatementContext } from './context.ts';

/**
 * NEXTVAL: while a statement runs, DuckDB counts in a sequence of its own, and a lock keeps every other statement from
 * the same one. Numbers are taken from the catalog's sequence before the rows that hold them are handed on, in commits
 * of their own, so that no number is given twice, whatever becomes of the statement.
 */

const PREFIX = 'sequence_';

/** What DuckDB knows a sequence by while the statement runs. Throws SequenceError where there is none of the name. */
export function sequenceInDuck(name: string, ctx: StatementContext): string {
  const found = lookUp(ctx.catalog(), 'Sequence', name);
  if (!found) throw new SqlError('SequenceError', `Unknown sequence '${name}'`);
  return `${PREFIX}${found.id}`;
}

/** The sequences that a query takes numbers of, each once, in the order in which everybody locks them. */
export function sequencesIn(query: BoundQuery): readonly ObjectId[] {
  const found = new Set<ObjectId>();
  visitQuery(query, {
    expr: (expr) => {
      const [name] = isNextValue(expr) ? expr.args : [];
      if (name?.kind === 'Literal') found.add(Number(String(name.value).slice(PREFIX.length)));
    },
  });
  return [...found].sort((a, b) => a - b);
}

/** The rows of a query that takes numbers; it begins when the first is asked for. */
export async function* numberedBySequences(
  batches: AsyncIterable<RecordBatch>,
  sequences: readonly ObjectId[],
  ctx: StatementContext,
): AsyncGenerator<RecordBatch> {
  const { locks, executor } = ctx.services;
  const { workspace } = await executor();
  const counts: Counting[] = [];
  const releases: (() => void)[] = [];
  try {
    for (const id of sequences) {
      releases.push(await locks.hold(`sequence/${id}`, ctx.signal));
      counts.push(await startCounting(id, workspace, ctx));
    }
    for await (const batch of batches) {
      for (const counting of counts) await takeCounted(counting, workspace, ctx);
      yield batch;
    }
  } finally {
    for (const { name } of counts) inDuck(workspace, `DROP SEQUENCE IF EXISTS ${name}`);
    for (const release of releases) release();
  }
}

/** All rows before the first is handed on: a reader who takes his time keeps nobody from the sequence. */
export async function* drawnAtOnce(batches: AsyncIterable<RecordBatch>): AsyncGenerator<RecordBatch> {
  yield* await collect(batches);
}

/** For EXPLAIN, which runs no more than DuckDB's planner: no number is taken. */
export async function planSequences(query: BoundQuery, ctx: StatementContext): Promise<void> {
  const sequences = sequencesIn(query);
  if (sequences.length === 0) return;
  const { workspace } = await ctx.services.executor();
  for (const id of sequences) inDuck(workspace, `CREATE SEQUENCE IF NOT EXISTS ${PREFIX}${id}`);
}

interface Counting {
  readonly id: ObjectId;
  readonly name: string;
}

async function startCounting(id: ObjectId, workspace: Workspace, ctx: StatementContext): Promise<Counting> {
  await ctx.services.warehouse.refresh(ctx.signal);
  const { next, step } = sequenceOf(id, ctx);
  const name = `${PREFIX}${id}`;
  inDuck(workspace, `CREATE OR REPLACE SEQUENCE ${name} START ${next} INCREMENT ${step}`);
  return { id, name };
}

/** Makes the numbers that DuckDB has given so far those of nobody else. */
async function takeCounted({ id, name }: Counting, workspace: Workspace, ctx: StatementContext): Promise<void> {
  const last = await lastOf(name, workspace, ctx);
  const sequence = sequenceOf(id, ctx);
  if (last === undefined || last < sequence.next) return;
  const next = last + sequence.step;
  if (!Number.isSafeInteger(next))
    throw new SqlError('OutofSequenceRange', `the numbers of sequence ${sequence.name} have come to their end`);
  const taking = ctx.services.warehouse.begin();
  taking.alter<'Sequence'>({ ...sequence, next });
  await taking.commit(ctx.signal);
}

function sequenceOf(id: ObjectId, ctx: StatementContext): SequenceRecord {
  const found = ctx.services.warehouse.state().objects.get(id);
  if (found?.kind === 'Sequence') return found;
  throw new SqlError('SequenceError', 'the sequence was dropped');
}

async function lastOf(name: string, workspace: Workspace, ctx: StatementContext): Promise<number | undefined> {
  const connection = workspace.connect();
  try {
    const sql = `SELECT last_value FROM duckdb_sequences() WHERE sequence_name = '${name}'`;
    for await (const batch of workspace.query(connection, sql, ctx.signal)) {
      const value: unknown = batch.getChildAt(0)?.get(0);
      if (value !== null && value !== undefined) return Number(value);
    }
    return undefined;
  } finally {
    connection.close();
  }
}

function inDuck(workspace: Workspace, sql: string): void {
  const connection = workspace.connect();
  try {
    connection.run(sql);
  } finally {
    connection.close();
  }
}
