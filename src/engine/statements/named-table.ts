import { SqlError } from '../base/errors.ts';
import { sharedMap } from '../base/shared-map.ts';
import { didYouMean } from '../base/text.ts';
import { type ResolvedName, type StreamSource, splitName } from '../bind/relation.ts';
import type { Changes, NamedTable, Travel } from '../sql/ast-query.ts';
import { checkTracked } from '../warehouse/change-tracking.ts';
import { lookUp, lookUpRelation, type Relation } from '../warehouse/find.ts';
import type { StreamRecord, TableRecord } from '../warehouse/object.ts';
import { formerColumns, readRange, type StreamOffset, snapshotAtOffset } from '../warehouse/table-range.ts';
import type { StatementContext, StreamRead } from './context.ts';
import { currentForeign, formerForeign } from './foreign-table.ts';
import { nameOf } from './names.ts';
import { baseTable } from './stream-table.ts';
import { type TravelAccess, travelPoint, versionIn } from './travel.ts';

/** A table at a point of its history, the changes of a table, or a stream; undefined for what is read as it stands. */
export async function openNamed(ref: NamedTable, access: TravelAccess): Promise<ResolvedName | undefined> {
  const { ctx } = access;
  const { database: owner, name } = splitName(nameOf(ref.name, ctx));
  const database = owner?.name ?? ctx.session.database;
  const record = lookUp(ctx.catalog(), 'Database', database);
  const relation = record && lookUpRelation(ctx.catalog(), record, name.name);
  if (!relation) return undefined;
  const { travel, changes, streamOptions } = ref;
  if (relation.kind === 'Stream') {
    if (travel ?? changes) throw noHistory(relation, database, ref);
    return openStream({ stream: relation, database, ref }, access);
  }
  if (streamOptions) {
    throw new SqlError(
      'StorageUnsupported',
      `'${database}.${relation.name}' is not a stream, so that WITH has no use`,
      {
        span: ref.span,
      },
    );
  }
  if (relation.kind === 'View') {
    if (travel ?? changes) throw noHistory(relation, database, ref);
    return undefined;
  }
  return openTableRef(relation, { ref, database }, access);
}

async function openTableRef(
  table: TableRecord,
  { ref, database }: { readonly ref: NamedTable; readonly database: string },
  access: TravelAccess,
): Promise<ResolvedName | undefined> {
  const { travel, changes } = ref;
  if (changes && table.external === undefined) return openChanges(changes, { table, database }, access);
  if (table.external === undefined) {
    if (ref.sample?.blockPercent !== undefined && !travel) return sampleOf(table, { ref, database }, access);
    return travel && tableAt(travel, { table, database }, access);
  }
  if (changes || travel?.to === 'STREAM' || travel?.to === 'TAG') throw noHistory(table, database, ref);
  if (!travel) return { kind: 'Table', database, table: await currentForeign(table, access.ctx) };
  const former = await formerForeign(table, (history) => versionIn(history, travel, access), access.ctx);
  return { kind: 'Table', database, table: former };
}

/** SAMPLE BLOCK: each data file by itself. */
async function sampleOf(
  table: TableRecord,
  { ref, database }: { readonly ref: NamedTable; readonly database: string },
  { ctx }: TravelAccess,
): Promise<ResolvedName> {
  const { snapshot } = await ctx.openTable(table, ctx.signal);
  const share = (ref.sample?.blockPercent ?? 100) / 100;
  const files = sharedMap([...snapshot.files].filter(() => Math.random() < share));
  return { kind: 'Table', database, table, at: { snapshot: { ...snapshot, files, rows: undefined } } };
}

function noHistory({ kind, name }: Relation, database: string, { span }: NamedTable): SqlError {
  const message = `'${database}.${name}' is a ${kind === 'Table' ? 'table of others' : kind.toUpperCase()}, which has no history of its own`;
  return new SqlError('Unimplemented', message, { span });
}

interface NamedRecord {
  readonly table: TableRecord;
  readonly database: string;
}

async function tableAt(travel: Travel, { table, database }: NamedRecord, access: TravelAccess): Promise<ResolvedName> {
  const { services, signal } = access.ctx;
  const point = await travelPoint(travel, table, access);
  const snapshot = await snapshotAtOffset(services.warehouse, table, point, signal);
  return { kind: 'Table', database, table: { ...table, columns: formerColumns(table, snapshot) }, at: { snapshot } };
}

async function openChanges(
  { at, end, appendOnly, span }: Changes,
  { table, database }: NamedRecord,
  access: TravelAccess,
): Promise<StreamSource> {
  const { ctx } = access;
  const from = await travelPoint(at, table, access);
  const to = end && (await travelPoint(end, table, access)).offset;
  try {
    checkTracked(table, database, from.offset);
  } catch (error) {
    throw error instanceof SqlError ? error.at(span) : error;
  }
  if (to !== undefined && to < from.offset)
    throw new SqlError('IllegalStream', 'The end of CHANGES lies before its beginning', { span });
  const range = await rangeOf(table, { from, to }, ctx);
  return { kind: 'Stream', database, name: table.name, table, stream: undefined, appendOnly, range };
}

interface RangeBounds {
  readonly from: StreamOffset;
  readonly to?: number | undefined;
  readonly mostRows?: number | undefined;
}

async function rangeOf(table: TableRecord, bounds: RangeBounds, ctx: StatementContext) {
  const { snapshot: now } = await ctx.openTable(table, ctx.signal);
  return readRange(ctx.services.warehouse, table, { ...bounds, now }, ctx.signal);
}

interface NamedStream {
  readonly stream: StreamRecord;
  readonly database: string;
  readonly ref: NamedTable;
}

async function openStream(named: NamedStream, { ctx }: TravelAccess): Promise<StreamSource> {
  const { stream, database, ref } = named;
  try {
    const options = hintsOf(named, ctx);
    const table = baseTable(stream, ctx);
    const read = await streamRead(stream, table, options.mostRows, ctx);
    const { appendOnly, name } = stream;
    return { kind: 'Stream', database, name, table, stream: read.stream, appendOnly, range: read.range };
  } catch (error) {
    throw error instanceof SqlError ? error.at(ref.span) : error;
  }
}

/** What a stream gives stays the same within a statement, and within a transaction. */
async function streamRead(
  stream: StreamRecord,
  table: TableRecord,
  mostRows: number | undefined,
  ctx: StatementContext,
): Promise<StreamRead> {
  const reads = readsOf(ctx);
  const known = reads.get(stream.id);
  if (known && known.mostRows !== mostRows) {
    throw new SqlError('StorageUnsupported', `stream '${stream.name}' is read with two different batch sizes`);
  }
  if (known) return known;
  const read = { stream, range: await rangeOf(table, { from: stream, mostRows }, ctx), mostRows, moved: false };
  reads.set(stream.id, read);
  return read;
}

const readsOf = ({ session, streams }: StatementContext) => (session.transaction ? session.streams : streams.opened);

/** To be called where a stream is part of what a statement reads, and not only named in it. */
export function noteRead({ stream }: StreamSource, { streamOptions }: NamedTable, ctx: StatementContext): void {
  const read = stream && readsOf(ctx).get(stream.id);
  const isConsumed = ctx.streams.consumesAll || streamOptions?.get('consume') === 'true';
  if (read && isConsumed) ctx.streams.consumed.add(read);
}

const HINTS: readonly string[] = ['consume', 'max_batch_size'];

function hintsOf({ ref }: NamedStream, ctx: StatementContext): { readonly mostRows: number | undefined } {
  const hints = ref.streamOptions ?? new Map<string, string>();
  for (const name of hints.keys()) {
    if (HINTS.includes(name)) continue;
    const suggestions = didYouMean(name, HINTS);
    throw new SqlError('WithOptionInvalid', `unknown option ${name} in WITH of a stream`, { suggestions });
  }
  if (hints.get('consume') === 'true' && ctx.streams.consumesAll) {
    throw new SqlError('SyntaxException', 'WITH CONSUME is allowed in a SELECT only: this statement consumes anyway');
  }
  const text = hints.get('max_batch_size') ?? ctx.session.settings.get('stream_consume_batch_size_hint');
  const size = Number(text);
  if (!Number.isSafeInteger(size) || size < 0)
    throw new SqlError('WithOptionInvalid', `MAX_BATCH_SIZE must be a number of rows, but is ${text}`);
  return { mostRows: size === 0 ? undefined : size };
}
