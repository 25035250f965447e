import { SqlError } from '../base/errors.ts';
import { type ProgressCounts, type ProgressSink, withoutTotals } from '../base/progress.ts';
import type { BoundRelation } from '../bind/plan.ts';
import type { StreamSource } from '../bind/relation.ts';
import type { Predicate } from '../formats/format.ts';
import { lowerCast } from '../lower/cast.ts';
import type { LowerSettings } from '../lower/context.ts';
import { type OpenChanges, scanChanges } from '../scan/changes.ts';
import { type Chunk, type ChunkColumn, chunkOf, type ScanRequest } from '../scan/chunk.ts';
import { changedFiles, stagedFiles as filesOfStage, type ScannedFiles, tableFiles } from '../scan/files.ts';
import { countStaged, scanStaged } from '../scan/staged.ts';
import { scanDataFile, scanTable } from '../scan/table.ts';
import { duckType } from '../types/duck.ts';
import { plain, sameType } from '../types/type.ts';
import { coalesced } from './coalesce.ts';
import type { UsedRelation } from './columns.ts';
import type { Run } from './executor.ts';
import { type Lease, type ReadFile, type ResidentRequest, stagedKey, tableKey, tablePart } from './resident.ts';

/**
 * Every relation as SQL, its rows in DuckDB until the lease is released. What is read for all is told before the first,
 * together with what else is to be read for the query.
 */
export async function leaseAll(
  used: readonly UsedRelation[],
  run: Run,
  besides: ProgressCounts = {},
): Promise<Map<number, Lease>> {
  const planned = await planLeases(
    used.map((one) => ({ used: one, run })),
    run.progress,
    besides,
  );
  const leases = new Map<number, Lease>();
  try {
    for (const { relation, take } of planned) leases.set(relation.id, await take());
  } catch (error) {
    for (const held of leases.values()) held.release();
    throw error;
  }
  return leases;
}

export function sqlOf(leases: ReadonlyMap<number, Lease>, id: number): string {
  const lent = leases.get(id);
  if (!lent) throw new SqlError('Internal', `relation ${id} has no rows`);
  return lent.sql;
}

/** A lease that is not taken yet, and the files that will be read for it. */
interface LeasePlan {
  readonly files: readonly ReadFile[];
  readonly take: () => Promise<Lease>;
}

export interface PlannedLease {
  readonly relation: BoundRelation;
  readonly take: () => Promise<Lease>;
}

/** The leases of relations, each with the run that it is taken in, once what they will read is told. */
export async function planLeases(
  wanted: readonly { readonly used: UsedRelation; readonly run: Run }[],
  progress: ProgressSink,
  besides: ProgressCounts = {},
): Promise<readonly PlannedLease[]> {
  const planned: (PlannedLease & LeasePlan)[] = [];
  for (const { used, run } of wanted) {
    const told = { ...run, progress: withoutTotals(run.progress) };
    planned.push({ relation: used.relation, ...(await planLease(used, told)) });
  }
  const sizes = new Map(planned.flatMap(({ files }) => files).map(({ path, size }) => [path, size]));
  const files = sizes.size + (besides.files ?? 0);
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, besides.bytes ?? 0);
  const isKnown = sizes.size > 0 || besides.bytes !== undefined;
  if (files > 0) progress.expect(isKnown ? { files, bytes } : { files });
  return planned;
}

async function planLease(used: UsedRelation, run: Run): Promise<LeasePlan> {
  const { source } = used.relation;
  const held = source.kind === 'Rows' ? source.held : undefined;
  if (held !== undefined) return { files: [], take: async () => ({ sql: held, release: () => {} }) };
  if (used.columns.length === 0) {
    const rows = await knownRows(used, run);
    const counted = { sql: `(SELECT 1 FROM range(${rows}))`, release: () => {} };
    if (rows !== undefined) return { files: [], take: async () => counted };
  }
  const request = await residentRequest(used, run);
  const once = (limits: ScanLimits): LeasePlan => ({
    files: stagedFiles(used),
    take: () => loadOnce(used, scanRelation(used, run, limits), run),
  });
  if (!request) return once(NO_LIMITS);
  const missing = run.executor.residents.missing(request);
  if (missing.length > 0 && (await skipsMost(used, run)))
    return once({ predicates: used.predicates ?? [], limit: undefined });
  return { files: missing.flatMap(request.filesOf), take: () => run.executor.residents.lease(request) };
}

/** Others have their rows in memory wherever they are not kept there. */
const stagedFiles = ({ relation: { source } }: UsedRelation) => (source.kind === 'Staged' ? source.files : []);

/** Beyond it all rows are read, to be there for the next query, too. */
const MOST_SHARE = 0.5;

/** Whether the filters of the query leave out so much of staged files that the rest is better read for it alone. */
async function skipsMost({ relation: { source }, predicates = [] }: UsedRelation, run: Run): Promise<boolean> {
  if (source.kind !== 'Staged' || predicates.length === 0) return false;
  const count = await countStaged(source, predicates, run.signal);
  return count !== undefined && count.rows <= count.all * MOST_SHARE;
}

async function knownRows({ relation: { source } }: UsedRelation, run: Run): Promise<number | undefined> {
  if (source.kind === 'Stream') return addedRows(source);
  if (source.kind === 'Staged') return (await countStaged(source, [], run.signal))?.all;
  if (source.kind !== 'Table') return undefined;
  return (await run.openTable(source, run.signal)).snapshot.rows;
}

/** Where nothing went, what came is all that changed. */
function addedRows({ range: { added, removed } }: StreamSource): number | undefined {
  if (removed.length > 0 || added.some(({ rows }) => rows === undefined)) return undefined;
  return added.reduce((sum, { rows = 0 }) => sum + rows, 0);
}

async function openChanges(source: StreamSource, run: Run): Promise<OpenChanges> {
  const { database, table, appendOnly, range } = source;
  const { added, removed } = range;
  return {
    table: await run.openTable({ kind: 'Table', database, table, at: range }, run.signal),
    added,
    removed,
    appendOnly,
  };
}

function changesKey({ appendOnly, range }: StreamSource): string | undefined {
  return range.key && `${appendOnly ? 'additions' : 'changes'} ${range.key}`;
}

/** How a relation is kept in memory; undefined where it cannot be told whether its rows are still the same. */
export async function residentRequest(used: UsedRelation, run: Run): Promise<ResidentRequest | undefined> {
  const { relation, columns } = used;
  const { source } = relation;
  if (source.kind === 'Rows') return undefined;
  const base = {
    columns,
    schema: relation.columns,
    connection: run.connection,
    signal: run.signal,
    cast: (table: string, chunk: Chunk, all: readonly number[]) =>
      chunkSql(table, chunk, { relation, columns: all }, run.settings),
  };
  if (source.kind === 'Staged') {
    const key = stagedKey(source);
    if (key === undefined) return undefined;
    const load = (_part: string, all: readonly number[]) =>
      scanStaged(source, scanRequest(all, run, NO_LIMITS), run.signal);
    return { ...base, key, parts: ['files'], filesOf: () => source.files, load };
  }
  if (source.kind === 'Stream') {
    const key = changesKey(source);
    if (key === undefined) return undefined;
    const changes = await openChanges(source, run);
    const load = (_part: string, all: readonly number[]) =>
      coalesced(scanChanges(changes, scanRequest(all, run, NO_LIMITS), run.signal));
    const filesOf = () => (changes.appendOnly ? changes.added : [...changes.added, ...changes.removed]);
    return {
      ...base,
      key: `${key} ${changes.table.snapshot.metadata.schemaString}`,
      parts: ['changes'],
      filesOf,
      load,
    };
  }
  const table = await run.openTable(source, run.signal);
  const files = new Map([...table.snapshot.files].map(([key, file]) => [tablePart(key, file), file]));
  const fileOf = (part: string) => {
    const file = files.get(part);
    if (!file) throw new SqlError('Internal', `the snapshot has no file ${part}`);
    return file;
  };
  const load = async function* (part: string, all: readonly number[]) {
    yield* scanDataFile(table, fileOf(part), scanRequest(all, run, NO_LIMITS), run.signal);
    run.progress.add({ files: 1 });
  };
  return { ...base, key: tableKey(table), parts: [...files.keys()], filesOf: (part) => [fileOf(part)], load };
}

/** Rows that cannot be kept: loaded for this query alone. */
export async function loadOnce(used: UsedRelation, chunks: AsyncIterable<Chunk>, run: Run): Promise<Lease> {
  const { workspace } = run.executor;
  const table = workspace.tableName();
  const fields = used.columns.map((index) => `c${index} ${duckType(typeOf(used, index))}`);
  run.connection.run(`CREATE TABLE ${table} (${fields.length > 0 ? fields.join(', ') : 'one INTEGER'})`);
  const release = () => run.connection.run(`DROP TABLE IF EXISTS ${table}`);
  try {
    for await (const chunk of chunks) {
      if (isAlike(chunk, used)) {
        workspace.insert(run.connection, table, chunk.batch, 'append');
        continue;
      }
      const raw = workspace.tableName();
      workspace.insert(run.connection, raw, chunk.batch, 'create');
      const sql = chunkSql(raw, chunk, used, run.settings);
      await workspace.prepare(run.connection, sql);
      run.connection.run(`INSERT INTO ${table} SELECT * FROM ${sql}`);
      run.connection.run(`DROP TABLE ${raw}`);
    }
  } catch (error) {
    release();
    throw error;
  }
  return { sql: table, release };
}

/** Whether a chunk has the columns of the relation's table, so that it goes there as it is. */
function isAlike({ batch, types }: Chunk, used: UsedRelation): boolean {
  const { fields } = batch.schema;
  const isIts = (index: number, position: number) => {
    const type = types[position];
    return (
      fields[position]?.name === `c${index}` && type !== undefined && duckType(type) === duckType(typeOf(used, index))
    );
  };
  return used.columns.length > 0 && fields.length === used.columns.length && used.columns.every(isIts);
}

export interface ScanLimits {
  readonly predicates: readonly Predicate[];
  readonly limit: number | undefined;
}

export const NO_LIMITS: ScanLimits = { predicates: [], limit: undefined };

function scanRequest(columns: readonly number[], run: Run, limits: ScanLimits): ScanRequest {
  const { timezone, numericCast } = run.settings;
  return { columns, ...limits, session: { timezone, numericCast }, progress: run.progress };
}

/** What a scan of the relation will read; how far a limit lets it is not known before. */
export async function scanTotals(
  { source }: BoundRelation,
  { predicates, limit }: ScanLimits,
  run: Run,
): Promise<ProgressCounts> {
  if (source.kind === 'Rows') return {};
  const { scanned, bytes } = await scannedFiles(source, predicates, run);
  return limit === undefined ? { files: scanned, bytes } : { files: scanned };
}

async function scannedFiles(
  source: Exclude<BoundRelation['source'], { readonly kind: 'Rows' }>,
  predicates: readonly Predicate[],
  run: Run,
): Promise<ScannedFiles> {
  if (source.kind === 'Staged') return filesOfStage(source);
  if (source.kind === 'Table') return tableFiles(await run.openTable(source, run.signal), predicates);
  return changedFiles(source.appendOnly ? { added: source.range.added, removed: [] } : source.range);
}

/** The rows of a base relation; a chunk always has at least one field. */
export async function* scanRelation(
  { relation, columns }: UsedRelation,
  run: Run,
  limits: ScanLimits,
): AsyncGenerator<Chunk> {
  const { source } = relation;
  const request = scanRequest(columns.length > 0 ? columns : [0], run, limits);
  run.progress.phase('scanning');
  if (source.kind === 'Staged') yield* scanStaged(source, request, run.signal);
  else if (source.kind === 'Stream') yield* coalesced(scanChanges(await openChanges(source, run), request, run.signal));
  else if (source.kind === 'Table') yield* scanTable(await run.openTable(source, run.signal), request, run.signal);
  else {
    for await (const batch of source.rows(run.signal)) {
      const picked = request.columns.flatMap((index): ChunkColumn[] => {
        const data = batch.data.children[index];
        return data ? [{ index, type: typeOf({ relation, columns }, index), data }] : [];
      });
      yield chunkOf(picked, batch.numRows);
    }
  }
}

const typeOf = ({ relation }: UsedRelation, index: number) => relation.columns[index]?.type ?? plain('Null');

/** A chunk's table as the relation: columns that the file has in another type are cast. */
export function chunkSql(table: string, chunk: Chunk, used: UsedRelation, settings: LowerSettings): string {
  const { fields } = chunk.batch.schema;
  const items = used.columns.map((index) => {
    const position = fields.findIndex(({ name }) => name === `c${index}`);
    const to = typeOf(used, index);
    const from = chunk.types[position];
    if (!from) return `CAST(NULL AS ${duckType(to)}) AS c${index}`;
    if (sameType(from, to)) return `CAST(c${index} AS ${duckType(to)}) AS c${index}`;
    return `${lowerCast(`c${index}`, { from, to, lenient: false, settings })} AS c${index}`;
  });
  return `(SELECT ${items.length > 0 ? items.join(', ') : '1 AS one'} FROM ${table})`;
}
