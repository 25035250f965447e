import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { mapConcurrently } from '../base/async.ts';
import { isAbort } from '../base/errors.ts';
import type { WritableStore } from '../stores/store.ts';
import { showDate, showTimestamp } from '../types/datetime.ts';
import { type Action, actionOf } from './action.ts';
import { checkpointBatch } from './checkpoint-batch.ts';
import type { EncodeParquet } from './data-file.ts';
import { checkpointPath, logFolder, type TableLog } from './layout.ts';
import type { TableSnapshot } from './snapshot.ts';

/** A complete checkpoint: one file, or all of its parts. */
export interface Checkpoint {
  readonly version: number;
  readonly paths: readonly string[];
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();
const PARALLEL_READS = 4;

/** The checkpoint that the log points to; undefined where nothing does, or to one of another sort than ours. */
export async function readLastCheckpoint(log: TableLog, signal: AbortSignal): Promise<Checkpoint | undefined> {
  try {
    const bytes = await log.store.read(`${logFolder(log.folder)}_last_checkpoint`, signal);
    const pointer = JSON.parse(decoder.decode(bytes)) as Readonly<Record<string, unknown>>;
    const { version, parts, v2Checkpoint } = pointer;
    if (typeof version !== 'number' || parts || v2Checkpoint) return undefined;
    return { version, paths: [checkpointPath(log.folder, version)] };
  } catch (error) {
    if (isAbort(error)) throw error;
    // The pointer only saves listing the log.
    return undefined;
  }
}

/** The actions that a checkpoint holds, those of its sidecar files included. */
export async function readCheckpoint(log: TableLog, { paths }: Checkpoint, signal: AbortSignal): Promise<Action[]> {
  const rows = (await mapConcurrently(paths, PARALLEL_READS, (path) => readRows(log, path, signal))).flat();
  const sidecars = rows.flatMap(({ sidecar }) => (isSidecar(sidecar) ? [sidecar.path] : []));
  const folder = `${logFolder(log.folder)}_sidecars/`;
  const read = (name: string) => readRows(log, name.includes('/') ? name : folder + name, signal);
  const more = (await mapConcurrently(sidecars, PARALLEL_READS, read)).flat();
  return [...rows, ...more].flatMap((row) => actionOf(row) ?? []);
}

type Row = Readonly<Record<string, unknown>>;

function isSidecar(value: unknown): value is { readonly path: string } {
  return typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string';
}

async function readRows({ store }: TableLog, path: string, signal: AbortSignal): Promise<Row[]> {
  const bytes = await store.read(path, signal);
  if (path.endsWith('.json')) {
    const lines = decoder.decode(bytes).split('\n');
    return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as Row);
  }
  const { buffer, byteLength } = bytes;
  const file = { byteLength, slice: (start: number, end?: number) => buffer.slice(start, end) };
  return parquetReadObjects({ file, compressors, parsers: STATISTICS_PARSERS });
}

/** Statistics that a checkpoint has as columns come in the form that they have in JSON. */
const STATISTICS_PARSERS = {
  dateFromDays: (days: number) => showDate(days),
  timestampFromMilliseconds: (millis: bigint) => isoTimestamp(millis * 1000n),
  timestampFromMicroseconds: isoTimestamp,
  timestampFromNanoseconds: (nanos: bigint) => isoTimestamp(nanos / 1000n),
};

function isoTimestamp(micros: bigint): string {
  return `${showTimestamp(micros, 'UTC').replace(' ', 'T')}Z`;
}

export interface CheckpointContext {
  readonly encode: EncodeParquet;
  readonly now: number;
}

/** Writes the state of a table at a version, so that its log need not be read from the start, and points to it. */
export async function writeCheckpoint(
  log: TableLog & { readonly store: WritableStore },
  snapshot: TableSnapshot,
  { encode, now }: CheckpointContext,
  signal: AbortSignal,
): Promise<void> {
  const batch = checkpointBatch(snapshot, now);
  const bytes = await encode([batch]);
  await log.store.write(checkpointPath(log.folder, snapshot.version), bytes, { ifAbsent: false, signal });
  const pointer = {
    version: snapshot.version,
    size: batch.numRows,
    sizeInBytes: bytes.byteLength,
    numOfAddFiles: snapshot.files.size,
  };
  const text = encoder.encode(JSON.stringify(pointer));
  await log.store.write(`${logFolder(log.folder)}_last_checkpoint`, text, { ifAbsent: false, signal });
}
