import type { RecordBatch } from 'apache-arrow';
import { type ProgressCounts, type ProgressSink, withoutTotals } from '../base/progress.ts';
import type { BoundQuery, BoundRelation } from '../bind/plan.ts';
import type { TableSource } from '../bind/relation.ts';
import type { DuckConnection } from '../duck/connection.ts';
import type { LowerSettings } from '../lower/context.ts';
import { lowerQuery } from '../lower/query.ts';
import { type Chunk, onlyColumns } from '../scan/chunk.ts';
import type { OpenTable } from '../scan/table.ts';
import type { Schema } from '../types/type.ts';
import { type UsedRelation, usedRelations } from './columns.ts';
import { directProjection, mixedProjection } from './direct.ts';
import { type RowWise, rowWise } from './driving.ts';
import { placedError } from './place-error.ts';
import { predicatesOn } from './pushdown.ts';
import {
  chunkSql,
  leaseAll,
  loadOnce,
  residentRequest,
  type ScanLimits,
  scanRelation,
  scanTotals,
  sqlOf,
} from './relations.ts';
import type { Lease, Residents } from './resident.ts';
import type { Workspace } from './workspace.ts';

/** Runs bound queries: what SELECT, COPY, INSERT … SELECT, CREATE … AS, UPDATE and DELETE share. */
export interface Executor {
  readonly workspace: Workspace;
  readonly residents: Residents;
}

export interface QueryRequest {
  readonly settings: LowerSettings;
  readonly signal: AbortSignal;
  readonly progress: ProgressSink;
  openTable(source: TableSource, signal: AbortSignal): Promise<OpenTable>;
  /** Runs the query over these rows of one of its relations, chunk by chunk, rather than over the relation itself. */
  readonly drive?: DrivenRelation | undefined;
  /** Takes these rows as those of one of its relations, all at once. */
  readonly load?: DrivenRelation | undefined;
}

export interface DrivenRelation {
  readonly relation: BoundRelation;
  /** What its rows are read from, where that is not told yet. */
  totals?(): Promise<ProgressCounts>;
  /** Called with the indexes of the columns that the query needs. */
  chunks(columns: readonly number[]): AsyncIterable<Chunk>;
}

export interface QueryRows {
  readonly columns: Schema;
  /** Columns by position; their names are not those of the result. */
  readonly batches: AsyncGenerator<RecordBatch>;
}

export function runQuery(executor: Executor, query: BoundQuery, request: QueryRequest): QueryRows {
  return { columns: query.columns, batches: execute(executor, query, request) };
}

/** One execution of a query, on a connection of its own. */
export interface Run extends QueryRequest {
  readonly executor: Executor;
  readonly connection: DuckConnection;
}

async function* execute(executor: Executor, query: BoundQuery, request: QueryRequest): AsyncGenerator<RecordBatch> {
  const connection = executor.workspace.connect();
  try {
    const run: Run = { ...request, executor, connection };
    const driven = request.drive;
    const streamed = driven || run.load ? undefined : await streamable(query, run);
    if (driven) yield* runDriven(query, driven, run);
    else if (streamed) yield* runStreamed(streamed, run);
    else yield* runWhole(query, usedRelations(query), run);
  } catch (error) {
    throw placedError(error, query);
  } finally {
    connection.close();
  }
}

/** Row by row, unless what it reads lies in memory anyway. */
export async function streamable(query: BoundQuery, run: Run): Promise<RowWise | undefined> {
  const found = rowWise(query);
  if (!found) return undefined;
  const { source } = found.relation;
  if (source.kind === 'Rows' && source.held !== undefined) return undefined;
  const used = usedRelations(query).find(({ relation }) => relation.id === found.relation.id);
  const request = used && (await residentRequest(used, run));
  return request && run.executor.residents.missing(request).length === 0 ? undefined : found;
}

/** `watch` sees the chunks on their way. */
export async function* runStreamed(
  streamed: RowWise,
  run: Run,
  watch: (chunks: AsyncIterable<Chunk>) => AsyncIterable<Chunk> = (chunks) => chunks,
): AsyncGenerator<RecordBatch> {
  const { relation, query, limit, offset } = streamed;
  if (limit === 0) return;
  const limits = streamedLimits(streamed);
  const told = { ...run, progress: withoutTotals(run.progress) };
  const drive: DrivenRelation = {
    relation,
    totals: () => scanTotals(relation, limits, run),
    chunks: (columns) => watch(scanRelation({ relation, columns }, told, limits)),
  };
  yield* bounded(runDriven(query, drive, run), offset, limit);
}

/** What its scan may leave out. */
export function streamedLimits({ query, relation, limit, offset, oneForOne }: RowWise): ScanLimits {
  const most = oneForOne && limit !== undefined ? limit + offset : undefined;
  return { predicates: predicatesOn(query.body, relation), limit: most };
}

async function* bounded(
  batches: AsyncGenerator<RecordBatch>,
  offset: number,
  limit: number | undefined,
): AsyncGenerator<RecordBatch> {
  let [skip, missing] = [offset, limit ?? Number.POSITIVE_INFINITY];
  for await (const batch of batches) {
    const start = Math.min(skip, batch.numRows);
    const end = Math.min(batch.numRows, start + missing);
    skip -= start;
    missing -= end - start;
    if (end > start) yield start === 0 && end === batch.numRows ? batch : batch.slice(start, end);
    if (missing <= 0) return;
  }
}

async function* runDriven(query: BoundQuery, drive: DrivenRelation, run: Run): AsyncGenerator<RecordBatch> {
  const used = usedRelations(query);
  const leases = await leaseAll(
    used.filter(({ relation }) => relation.id !== drive.relation.id),
    run,
    await drive.totals?.(),
  );
  const columns = used.find(({ relation }) => relation.id === drive.relation.id)?.columns ?? [];
  const direct = directProjection(query, drive.relation);
  // Whoever drives the query takes all rows, while the first rows of a SELECT should not wait for a whole chunk.
  const mixed = run.drive && mixedProjection(query, drive.relation);
  const through = (part: BoundQuery, chunk: Chunk) => throughDuck(part, { chunk, drive, leases }, run);
  try {
    for await (const chunk of drive.chunks(columns)) {
      run.signal.throwIfAborted();
      const projected = direct?.(chunk) ?? (await mixed?.project(chunk, (rest) => through(rest, chunk)));
      if (projected) yield projected;
      else yield* through(query, chunk);
    }
  } finally {
    for (const lease of leases.values()) lease.release();
  }
}

interface DrivenChunk {
  readonly chunk: Chunk;
  readonly drive: DrivenRelation;
  readonly leases: ReadonlyMap<number, Lease>;
}

/** A query over a chunk of the relation that drives it, in the chunk's order. */
async function* throughDuck(
  query: BoundQuery,
  { chunk, drive: { relation }, leases }: DrivenChunk,
  run: Run,
): AsyncGenerator<RecordBatch> {
  const { workspace } = run.executor;
  const columns = usedRelations(query).find((used) => used.relation.id === relation.id)?.columns ?? [];
  const needed = onlyColumns(chunk, columns);
  const table = workspace.tableName();
  workspace.insert(run.connection, table, needed.batch, 'create');
  try {
    const own = chunkSql(table, needed, { relation, columns }, run.settings);
    const sql = lowerQuery(query, (id) => (id === relation.id ? own : sqlOf(leases, id)), run.settings);
    yield* workspace.query(run.connection, sql, run.signal);
  } finally {
    run.connection.run(`DROP TABLE IF EXISTS ${table}`);
  }
}

async function* runWhole(query: BoundQuery, used: readonly UsedRelation[], run: Run): AsyncGenerator<RecordBatch> {
  run.progress.phase('scanning');
  const given = used.find(({ relation }) => relation.id === run.load?.relation.id);
  const leases = await leaseAll(
    used.filter((one) => one !== given),
    run,
    await run.load?.totals?.(),
  );
  try {
    if (given && run.load) leases.set(given.relation.id, await loadOnce(given, run.load.chunks(given.columns), run));
    run.progress.phase('executing');
    const sql = lowerQuery(query, (id) => sqlOf(leases, id), run.settings);
    yield* run.executor.workspace.query(run.connection, sql, run.signal);
  } finally {
    for (const lease of leases.values()) lease.release();
  }
}
