import { SqlError } from '../../base/errors.ts';
import type { FileFormat } from '../../formats/format.ts';
import { defaultFormat } from '../../formats/options.ts';
import { type OpenLocation, openLocation } from '../../stages/location.ts';
import { writableStore } from '../../stages/writable.ts';
import type { WritableStore } from '../../stores/store.ts';
import { plain, type Schema } from '../../types/type.ts';
import { type Outcome, rowsOutcome, type StatementContext, tellFilesChanged } from '../context.ts';
import { fileFormat } from '../options.ts';
import { bindQuery, execute } from '../query.ts';
import type { CopyIntoLocation } from '../syntax/copy-location.ts';
import { type FileCounts, type FileEncoder, fileEncoder } from './encoder.ts';
import { type NameParts, unloadedName } from './names.ts';
import { type UnloadOptions, unloadOptions } from './options.ts';
import { openPieces, type Pieces } from './pieces.ts';
import { unloadedQuery } from './query.ts';

/** A file that was written; `bytes` are those before compression. */
interface UnloadedFile extends FileCounts {
  readonly name: string;
  readonly size: number;
}

interface Unload {
  readonly location: OpenLocation;
  readonly store: WritableStore;
  readonly options: UnloadOptions;
  readonly encoder: FileEncoder;
}

/** COPY INTO <location>: each file appears whole or not at all; a statement that fails takes back what it wrote. */
export async function copyIntoLocation(copy: CopyIntoLocation, ctx: StatementContext): Promise<Outcome> {
  const options = unloadOptions(copy);
  const location = await openLocation(copy.location, ctx.catalog(), ctx.services.stageHost);
  const store = writableStore(location);
  checkRawPath(location, options);
  const bound = await bindQuery(unloadedQuery(copy), ctx);
  const schema = copy.partitionBy ? bound.columns.slice(0, -1) : bound.columns;
  const format = formatToWrite(copy, location, ctx);
  const timezone = ctx.session.settings.get('timezone');
  const encoder = fileEncoder({ ...options, format, schema, timezone });
  const written = await ctx.transact(async () => {
    const { batches } = await execute(bound, ctx);
    try {
      const partition = copy.partitionBy && schema.length;
      const pieces = await openPieces(batches, { rows: encoder.pieceRows, partition });
      return await writeFiles(pieces, { location, store, options, encoder }, ctx);
    } finally {
      await batches.return(undefined);
    }
  });
  if (copy.location.kind === 'StageLocation') tellFilesChanged(copy.location.stage, ctx);
  return outcome(written, options);
}

function formatToWrite(
  { fileFormat: written }: CopyIntoLocation,
  { format }: OpenLocation,
  ctx: StatementContext,
): FileFormat {
  if (written) return fileFormat(written, ctx.catalog());
  return format ?? defaultFormat('PARQUET');
}

function checkRawPath({ path }: OpenLocation, { useRawPath }: UnloadOptions): void {
  if (useRawPath && (path === '' || path.endsWith('/')))
    throw new SqlError('BadArguments', "when use_raw_path is set to true, url path can not end with '/'");
}

async function writeFiles(pieces: Pieces, unload: Unload, ctx: StatementContext): Promise<UnloadedFile[]> {
  const { location, options, encoder } = unload;
  const names: NameParts = { path: location.path, queryId: ctx.queryId, suffix: encoder.suffix };
  const files: UnloadedFile[] = [];
  ctx.progress.phase('writing');
  try {
    for (let piece = pieces.next(); piece; piece = pieces.next()) {
      const name = options.useRawPath ? location.path : unloadedName(names, piece.folder, files.length);
      files.push(await writeFile(name, pieces, unload, ctx));
    }
    return files;
  } catch (error) {
    if (!options.useRawPath) await takeBack(files, unload);
    throw error;
  }
}

async function writeFile(name: string, pieces: Pieces, unload: Unload, ctx: StatementContext): Promise<UnloadedFile> {
  const { location, store, options, encoder } = unload;
  const path = `${location.root}${name}`;
  const ifAbsent = options.useRawPath && !options.overwrite;
  if (ifAbsent && (await store.head(path, ctx.signal))) throw new SqlError('BadArguments', 'file already exists');
  const counts: FileCounts = { rows: 0, bytes: 0 };
  let size = 0;
  let told = 0;
  async function* counted() {
    for await (const chunk of encoder.encode(pieces, counts)) {
      ctx.signal.throwIfAborted();
      size += chunk.length;
      ctx.progress.add({ written: counts.rows - told });
      told = counts.rows;
      yield chunk;
    }
  }
  await store.write(path, counted(), { ifAbsent, signal: ctx.signal });
  return { name, size, ...counts };
}

/** Files of this statement alone, since its id is in their names. */
async function takeBack(files: readonly UnloadedFile[], { store, location }: Unload): Promise<void> {
  const { signal } = new AbortController();
  // What cannot be removed stays; the error to tell is the one that ended the statement.
  for (const { name } of files) await store.remove(`${location.root}${name}`, signal).catch(() => {});
}

const SUMMARY: Schema = [
  { name: 'rows_unloaded', type: plain('UInt64'), nullable: false },
  { name: 'input_bytes', type: plain('UInt64'), nullable: false },
  { name: 'output_bytes', type: plain('UInt64'), nullable: false },
];

const DETAILS: Schema = [
  { name: 'file_name', type: plain('String'), nullable: false },
  { name: 'file_size', type: plain('UInt64'), nullable: false },
  { name: 'row_count', type: plain('UInt64'), nullable: false },
];

function outcome(files: readonly UnloadedFile[], { detailedOutput }: UnloadOptions): Outcome {
  const total = (count: (file: UnloadedFile) => number) => files.reduce((sum, file) => sum + count(file), 0);
  const rows = total((file) => file.rows);
  if (detailedOutput) {
    const details = files.map((file) => [file.name, BigInt(file.size), BigInt(file.rows)]);
    return rowsOutcome(DETAILS, details, rows);
  }
  const counts = [rows, total((file) => file.bytes), total((file) => file.size)];
  return rowsOutcome(SUMMARY, [counts.map(BigInt)], rows);
}
