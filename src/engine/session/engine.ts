import type { SecretStore } from '../base/secret-store.ts';
import { type DuckHost, openDuck } from '../duck/database.ts';
import type { Executor } from '../execute/executor.ts';
import { openResidents } from '../execute/resident.ts';
import { openWorkspace, type Workspace } from '../execute/workspace.ts';
import { initParquet, type ParquetHost } from '../formats/parquet/wasm.ts';
import { registry } from '../functions/index.ts';
import { kernels } from '../kernels/index.ts';
import { rangeCache } from '../stages/range-cache.ts';
import type { LocalFiles, QueryHistory, Services, SessionState } from '../statements/context.ts';
import { newSession } from '../statements/new-session.ts';
import { recoverRuns } from '../statements/task/run.ts';
import { endLostSessions } from '../statements/temporary.ts';
import type { OpenUrl } from '../stores/index.ts';
import type { WritableStore } from '../stores/store.ts';
import { type EncoderThreads, encoderPool } from '../table/encoder-pool.ts';
import { foreignTables } from '../table/foreign.ts';
import { rowsEncoderHere } from '../table/rows-encoder.ts';
import type { Warehouse } from '../warehouse/contract.ts';
import type { WarehouseHost } from '../warehouse/host.ts';
import { openWarehouse } from '../warehouse/index.ts';
import { openHistory } from './history.ts';
import { type Results, resultStore } from './results.ts';
import { backgroundContext } from './statement-context.ts';

/** What the engine needs from where it runs: a worker of a page, or Node. */
export interface EngineHost {
  readonly version: string;
  /** The warehouse. */
  readonly store: WritableStore;
  readonly warehouse: WarehouseHost;
  /** What may be lost when the engine ends: results that do not fit in memory. */
  readonly scratch: WritableStore;
  /** DuckDB; asked for once, by the first query that needs it. */
  readonly workspace: () => Promise<Workspace>;
  readonly parquet: ParquetHost;
  /** Threads that encode Parquet, and how many are of use; all is done in the engine's own where there are none. */
  readonly encoders?: Omit<EncoderThreads, 'glueUrl'> | undefined;
  readonly localFiles: LocalFiles;
  /** Keys and tokens of connections and stages. */
  readonly secrets: SecretStore;
  readonly openUrl: OpenUrl;
  /** Of what is told to others; it asks only where the person allows it. */
  readonly fetch: typeof fetch;
}

/** One engine over one warehouse; sessions share its results and what it holds in memory. */
export interface EngineCore {
  readonly services: Services;
  readonly results: Results;
  session(): SessionState;
  close(): Promise<void>;
}

/** Opens the warehouse; the first query that needs DuckDB, or `services.executor()`, asks the host for it. */
export async function openEngine(host: EngineHost): Promise<EngineCore> {
  initParquet(host.parquet);
  const warehouse = await openWarehouse(host.store, host.warehouse);
  const history = openHistory(host.store, host.warehouse);
  const services = servicesOf(host, warehouse, history);
  const session = newSession(services.newId());
  const signal = new AbortController().signal;
  await recoverRuns(backgroundContext(services, session, signal));
  await endLostSessions(services, signal);
  return {
    services,
    results: resultStore(host.scratch, `results/${services.newId()}`),
    session: () => newSession(services.newId()),
    close: async () => {
      await history.close();
      services.encoder.end();
      await warehouse.close(new AbortController().signal);
    },
  };
}

function servicesOf(host: EngineHost, warehouse: Warehouse, history: QueryHistory): Services {
  let executor: Promise<Executor> | undefined;
  return {
    version: host.version,
    warehouse,
    executor: () => {
      executor ??= openExecutor(host);
      return executor;
    },
    functions: registry,
    foreignTables: foreignTables(),
    stageHost: { store: host.store, openUrl: host.openUrl, secrets: host.secrets, ranges: rangeCache() },
    secrets: host.secrets,
    fetch: host.fetch,
    encoder: host.encoders ? encoderPool({ ...host.encoders, glueUrl: host.parquet.glueUrl }) : rowsEncoderHere,
    localFiles: host.localFiles,
    history,
    locks: host.warehouse.locks,
    now: host.warehouse.now,
    newId: host.warehouse.newId,
  };
}

async function openExecutor(host: EngineHost): Promise<Executor> {
  const workspace = await host.workspace();
  return { workspace, residents: openResidents(workspace) };
}

/** Starts DuckDB with our kernels. */
export async function startWorkspace(duck: DuckHost): Promise<Workspace> {
  return openWorkspace(await openDuck(duck), kernels);
}
