import { mapConcurrently } from '../base/async.ts';
import { SqlError } from '../base/errors.ts';
import { parseActions } from './action.ts';
import { type Checkpoint, readCheckpoint, readLastCheckpoint } from './checkpoint.ts';
import { commitPath, logFolder, type TableLog } from './layout.ts';
import { CHECKPOINT_INTERVAL } from './metadata.ts';
import { advance, type Commit, type TableSnapshot } from './snapshot.ts';

const decoder = new TextDecoder();
const PARALLEL_READS = 16;

async function readCommit(log: TableLog, version: number, signal: AbortSignal): Promise<Commit> {
  const bytes = await log.store.read(commitPath(log.folder, version), signal);
  return { version, actions: parseActions(decoder.decode(bytes)) };
}

/** The log files after `from` up to `to`. */
export function readCommits(log: TableLog, from: number, to: number, signal: AbortSignal): Promise<Commit[]> {
  const versions = Array.from({ length: to - from }, (_, index) => from + 1 + index);
  return mapConcurrently(versions, PARALLEL_READS, (version) => readCommit(log, version, signal));
}

/**
 * The table at a version, or at its newest. With a version the log is not listed when its name says enough; later log
 * files are not looked at. Throws StorageNotFound where the version is not there (any more).
 */
export async function readSnapshot(log: TableLog, signal: AbortSignal, version?: number): Promise<TableSnapshot> {
  if (version === undefined) return readListed(log, signal, version);
  try {
    return await readUnlisted(log, version, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    return readListed(log, signal, version);
  }
}

async function readUnlisted(log: TableLog, version: number, signal: AbortSignal): Promise<TableSnapshot> {
  const last = version < CHECKPOINT_INTERVAL ? undefined : await readLastCheckpoint(log, signal);
  const checkpoint = last && last.version <= version ? last : undefined;
  if (!checkpoint && version >= CHECKPOINT_INTERVAL) return readListed(log, signal, version);
  return readFrom(log, checkpoint, version, signal);
}

async function readListed(log: TableLog, signal: AbortSignal, version?: number): Promise<TableSnapshot> {
  const { newest, checkpoints } = await listLog(log, signal);
  const wanted = version ?? newest;
  const older = checkpoints.filter((candidate) => candidate.version <= wanted).reverse();
  return readFirst(log, [...older, undefined], wanted, signal);
}

/** From the newest checkpoint that is whole: one that a crash of the machine tore is only a help. */
async function readFirst(
  log: TableLog,
  [checkpoint, ...older]: readonly (Checkpoint | undefined)[],
  version: number,
  signal: AbortSignal,
): Promise<TableSnapshot> {
  try {
    return await readFrom(log, checkpoint, version, signal);
  } catch (error) {
    if (older.length === 0 || signal.aborted) throw error;
    return readFirst(log, older, version, signal).catch(() => {
      throw error;
    });
  }
}

async function readFrom(
  log: TableLog,
  checkpoint: Checkpoint | undefined,
  version: number,
  signal: AbortSignal,
): Promise<TableSnapshot> {
  const first: Commit[] = checkpoint
    ? [{ version: checkpoint.version, actions: await readCheckpoint(log, checkpoint, signal) }]
    : [];
  const rest = await readCommits(log, checkpoint?.version ?? -1, version, signal);
  return advance(undefined, [...first, ...rest]);
}

interface LogListing {
  readonly newest: number;
  /** Complete ones, oldest first. */
  readonly checkpoints: readonly Checkpoint[];
}

const LOG_FILE = /^(\d{20})\.(?:json|checkpoint(?:\.(\d{10})\.(\d{10})|\.[\da-f-]{36})?\.(?:parquet|json))$/;

async function listLog(log: TableLog, signal: AbortSignal): Promise<LogListing> {
  const prefix = logFolder(log.folder);
  const parts = new Map<string, { readonly checkpoint: Checkpoint; readonly count: number }>();
  let newest = -1;
  for await (const { path } of log.store.list(prefix, signal)) {
    const match = LOG_FILE.exec(path.slice(prefix.length));
    if (!match) continue;
    const version = Number(match[1]);
    newest = Math.max(newest, version);
    if (path.endsWith(`${match[1]}.json`)) continue;
    // The parts of a checkpoint share their number of parts; a checkpoint in one file is its own only part.
    const key = match[3] === undefined ? path : `${version} of ${match[3]}`;
    const paths = [...(parts.get(key)?.checkpoint.paths ?? []), path];
    parts.set(key, { checkpoint: { version, paths }, count: Number(match[3] ?? 1) });
  }
  if (newest < 0) throw new SqlError('StorageNotFound', `no Delta table at '${log.folder}'`);
  const complete = [...parts.values()].filter(({ checkpoint, count }) => checkpoint.paths.length === count);
  return { newest, checkpoints: complete.map(({ checkpoint }) => checkpoint).sort((a, b) => a.version - b.version) };
}
