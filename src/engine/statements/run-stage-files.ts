import { SqlError } from '../base/errors.ts';
import { EVERYTHING, selectFiles } from '../stages/files.ts';
import { type OpenLocation, openLocation } from '../stages/location.ts';
import { writableStore } from '../stages/writable.ts';
import { isWritable, type ObjectInfo, type ObjectStore, removeAll } from '../stores/store.ts';
import type { Cell } from '../types/cell.ts';
import { plain, type Schema } from '../types/type.ts';
import { NO_ROWS, type Outcome, rowsOutcome, type StatementContext, tellFilesChanged } from './context.ts';
import type { Get, List, Put, Remove } from './syntax/stage-files.ts';
import { LIST_COLUMNS, listRow } from './table-functions/list-stage.ts';

function open(location: List['location'], ctx: StatementContext): Promise<OpenLocation> {
  return openLocation(location, ctx.catalog(), ctx.services.stageHost);
}

export async function list({ location, pattern }: List, ctx: StatementContext): Promise<Outcome> {
  ctx.progress.phase('listing');
  const files = await selectFiles(await open(location, ctx), { pattern, files: undefined }, ctx.signal);
  return rowsOutcome(LIST_COLUMNS, files.map(listRow));
}

export async function remove({ location, pattern }: Remove, ctx: StatementContext): Promise<Outcome> {
  const opened = await open(location, ctx);
  const store = writableStore(opened);
  const files = await selectFiles(opened, { pattern, files: undefined }, ctx.signal);
  const paths = files.map(({ info }) => info.path);
  await removeAll(store, paths, ctx.signal);
  tellFilesChanged(location.stage, ctx);
  return NO_ROWS;
}

const COPIED: Schema = [
  { name: 'file', type: plain('String'), nullable: false },
  { name: 'status', type: plain('String'), nullable: false },
  { name: 'size', type: plain('UInt64'), nullable: false },
];

/** Copies files of this device into a stage; the target is a folder. */
export async function put({ source, target }: Put, ctx: StatementContext): Promise<Outcome> {
  const opened = await open(target, ctx);
  const store = writableStore(opened);
  const sources = await ctx.services.localFiles.sources(source.url, ctx.signal);
  const folder = opened.path === '' || opened.path.endsWith('/') ? opened.path : `${opened.path}/`;
  ctx.progress.phase('writing');
  ctx.progress.expect({ files: sources.length, bytes: sources.reduce((sum, { size }) => sum + size, 0) });
  const rows: Cell[][] = [];
  for (const file of sources) {
    const bytes = counted(file.bytes(ctx.signal), (count) => ctx.progress.add({ bytes: count }));
    const path = `${opened.root}${folder}${file.name}`;
    await store.write(path, bytes, { ifAbsent: false, signal: ctx.signal });
    ctx.progress.add({ files: 1 });
    rows.push([file.name, 'SUCCESS', BigInt(file.size)]);
  }
  if (rows.length === 0) throw new SqlError('StorageNotFound', `no file matches ${source.url}`, { span: source.span });
  tellFilesChanged(target.stage, ctx);
  return rowsOutcome(COPIED, rows);
}

async function* counted(chunks: AsyncIterable<Uint8Array>, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    count(chunk.byteLength);
  }
}

const PIECE = 8 * 1024 * 1024;

/** A file piece by piece: it need not fit in memory. */
async function* contentOf(
  store: ObjectStore,
  { path, size }: ObjectInfo,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (size <= PIECE) return yield await store.read(path, signal);
  for (let start = 0; start < size; start += PIECE)
    yield await store.read(path, signal, { start, end: Math.min(size, start + PIECE) });
}

/** Copies staged files out to this device. */
export async function get({ source, target }: Get, ctx: StatementContext): Promise<Outcome> {
  const opened = await open(source, ctx);
  const to = await ctx.services.localFiles.target(target.url);
  if (!isWritable(to.store))
    throw new SqlError('StorageUnsupported', `${target.url} cannot be written to`, { span: target.span });
  const files = await selectFiles(opened, EVERYTHING, ctx.signal);
  if (files.length === 0)
    throw new SqlError('StorageNotFound', `No stage files matched: ${opened.name}`, { span: source.span });
  ctx.progress.expect({ files: files.length, bytes: files.reduce((sum, { info }) => sum + info.size, 0) });
  const rows: Cell[][] = [];
  for (const { path, info } of files) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const bytes = counted(contentOf(opened.store, info, ctx.signal), (count) => ctx.progress.add({ bytes: count }));
    await to.store.write(`${to.path}${name}`, bytes, { ifAbsent: false, signal: ctx.signal });
    ctx.progress.add({ files: 1 });
    rows.push([name, 'SUCCESS', BigInt(info.size)]);
  }
  return rowsOutcome(COPIED, rows);
}
