import { collect } from '../base/async.ts';
import { joinBytes } from '../base/bytes.ts';
import { SqlError } from '../base/errors.ts';
import type { ObjectInfo, WritableStore } from '../stores/store.ts';
import type { QueryRecord } from '../system/query-history.ts';
import type { WarehouseHost } from '../warehouse/host.ts';
import { parseRecords, printRecord } from './history-line.ts';

/**
 * The history on disk: NDJSON files, each written by one engine alone, so that tabs never wait for one another. A file's
 * name says when it begins and whose it is; what engines that have ended left is joined, and the oldest is let go.
 */
export interface HistoryFiles {
  append(records: readonly QueryRecord[]): Promise<void>;
  /** In no order; a statement may occur with its beginning and its end. */
  read(signal: AbortSignal): Promise<readonly QueryRecord[]>;
  /** Gives the time up to which nothing is kept. */
  clear(signal: AbortSignal): Promise<number>;
  /** Lets others join what this engine has written. */
  close(): void;
}

const FOLDER = '_history/';
const CLEARED = `${FOLDER}cleared-`;
const LOCK = 'history';

/** A file is written whole with each batch of lines, so it stays small; joined files are written once. */
const SEGMENT_BYTES = 128 * 1024;
const JOINED_BYTES = 1024 * 1024;
/** Of all engines that have ended, and of each that has not. */
const TOTAL_BYTES = 8 * 1024 * 1024;
/** Of engines that have ended, before they are joined. */
const LOOSE_FILES = 16;

const never = new AbortController().signal;

export function historyFiles(store: WritableStore, host: WarehouseHost): HistoryFiles {
  const engine = host.newId();
  const cache = new Map<string, { readonly size: number; readonly records: readonly QueryRecord[] }>();
  let release: (() => void) | undefined;
  let segment: { readonly path: string; bytes: Uint8Array } | undefined;

  const listOwn = async (signal: AbortSignal) =>
    (await listFiles(store, signal)).filter((file) => engineOf(file) === engine);

  const readFile = async ({ path, size }: ObjectInfo, signal: AbortSignal) => {
    const cached = cache.get(path);
    if (cached?.size === size) return cached.records;
    const records = parseRecords(new TextDecoder().decode(await store.read(path, signal)));
    cache.set(path, { size, records });
    return records;
  };

  const readAll = async (signal: AbortSignal) => {
    const files = await listFiles(store, signal);
    keepOnly(cache, new Set(files.map(({ path }) => path)));
    const all: QueryRecord[] = [];
    for (const file of files) {
      // Asked first: an engine that ends meanwhile may yet write its end.
      const isLive = await isAlive(file, host);
      const records = await readFile(file, signal);
      all.push(...(isLive ? records : records.map(ended)));
    }
    const clearedAt = await lastCleared(store, signal);
    return all.filter(({ startedAt }) => startedAt > clearedAt);
  };

  return {
    async append(records) {
      if (records.length === 0) return;
      if (!release) {
        release = await host.locks.hold(`${LOCK}/${engine}`, never);
        await joinFiles(store, host);
      }
      const [{ startedAt }] = records as readonly [QueryRecord];
      segment ??= { path: filePath(startedAt, engine, host), bytes: new Uint8Array() };
      const lines = new TextEncoder().encode(records.map(printRecord).join(''));
      const bytes = joinBytes([segment.bytes, lines]);
      await store.write(segment.path, bytes, { ifAbsent: false, signal: never });
      segment.bytes = bytes;
      if (bytes.length <= SEGMENT_BYTES) return;
      segment = undefined;
      await dropOldest(store, await listOwn(never));
    },
    read: (signal) => untilWhole(() => readAll(signal)),
    async clear(signal) {
      const marks = await collect(store.list(CLEARED, signal));
      const clearedAt = host.now();
      await store.write(`${CLEARED}${clearedAt}`, new Uint8Array(), { ifAbsent: false, signal });
      for (const { path } of marks) await store.remove(path, signal);
      segment = undefined;
      for (const file of await listFiles(store, signal)) {
        const isOwn = engineOf(file) === engine;
        if (isOwn || !(await isAlive(file, host))) await store.remove(file.path, signal);
      }
      return clearedAt;
    },
    close: () => release?.(),
  };
}

function keepOnly(cache: Map<string, unknown>, paths: ReadonlySet<string>): void {
  for (const path of cache.keys()) if (!paths.has(path)) cache.delete(path);
}

/** Files of history sort by when they begin. */
function filePath(startedAt: number, engine: string, host: WarehouseHost): string {
  return `${FOLDER}${String(Math.floor(startedAt)).padStart(14, '0')}-${engine}-${host.newId().slice(0, 8)}.ndjson`;
}

function engineOf({ path }: ObjectInfo): string {
  return path.slice(FOLDER.length).split('-')[1] ?? '';
}

function isAlive(file: ObjectInfo, { locks }: WarehouseHost): Promise<boolean> {
  return locks.isHeld(`${LOCK}/${engineOf(file)}`);
}

/** An engine that has ended runs nothing any more. */
function ended(record: QueryRecord): QueryRecord {
  return record.state === 'Running' ? { ...record, state: 'Aborted' } : record;
}

async function listFiles(store: WritableStore, signal: AbortSignal): Promise<readonly ObjectInfo[]> {
  return (await collect(store.list(FOLDER, signal))).filter(({ path }) => path.endsWith('.ndjson'));
}

async function lastCleared(store: WritableStore, signal: AbortSignal): Promise<number> {
  const marks = await collect(store.list(CLEARED, signal));
  return Math.max(0, ...marks.map(({ path }) => Number(path.slice(CLEARED.length))));
}

/** A file that was listed may have been joined to others by the time it is read. */
async function untilWhole<Value>(read: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read();
    } catch (error) {
      if (attempt === 3 || !(error instanceof SqlError) || error.kind !== 'StorageNotFound') throw error;
    }
  }
}

/**
 * Joins small files of engines that have ended, and drops the oldest beyond the limit. A crash between writing the joined
 * file and removing its parts leaves lines twice, which readers take for one.
 */
async function joinFiles(store: WritableStore, host: WarehouseHost): Promise<void> {
  const isDue = (files: readonly ObjectInfo[]) => files.filter(isLoose).length > LOOSE_FILES;
  if (!isDue(await listFiles(store, never))) return;
  await host.locks.withLock(LOCK, never, async () => {
    const over: ObjectInfo[] = [];
    for (const file of await listFiles(store, never)) if (!(await isAlive(file, host))) over.push(file);
    const loose = over.filter(isLoose);
    if (!isDue(loose)) return;
    const clearedAt = await lastCleared(store, never);
    const records = await readRecords(store, loose);
    await writeJoined(store, host, latest(records.filter(({ startedAt }) => startedAt > clearedAt)));
    for (const { path } of loose) await store.remove(path, never);
    await dropOldest(
      store,
      over.filter((file) => !isLoose(file)),
    );
  });
}

function isLoose({ size }: ObjectInfo): boolean {
  return size < JOINED_BYTES / 2;
}

async function readRecords(store: WritableStore, files: readonly ObjectInfo[]): Promise<readonly QueryRecord[]> {
  const records: QueryRecord[] = [];
  for (const { path } of files) {
    const text = new TextDecoder().decode(await store.read(path, never));
    for (const record of parseRecords(text)) records.push(ended(record));
  }
  return records;
}

async function writeJoined(store: WritableStore, host: WarehouseHost, records: readonly QueryRecord[]): Promise<void> {
  let [text, from] = ['', 0];
  const write = async () => {
    if (text === '') return;
    const path = filePath(from, host.newId(), host);
    await store.write(path, new TextEncoder().encode(text), { ifAbsent: true, signal: never });
    text = '';
  };
  for (const record of records) {
    if (text === '') from = record.startedAt;
    text += printRecord(record);
    if (text.length > JOINED_BYTES) await write();
  }
  await write();
}

async function dropOldest(store: WritableStore, files: readonly ObjectInfo[]): Promise<void> {
  let total = files.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size } of files) {
    if (total <= TOTAL_BYTES) return;
    await store.remove(path, never);
    total -= size;
  }
}

/** Each statement once, its end rather than its beginning; the newest last. */
export function latest(records: Iterable<QueryRecord>): readonly QueryRecord[] {
  const byId = new Map<string, QueryRecord>();
  for (const record of records) {
    const known = byId.get(record.id);
    if (!known || rank(record) > rank(known)) byId.set(record.id, record);
  }
  return [...byId.values()].sort((a, b) => a.startedAt - b.startedAt);
}

/** What was seen by an engine itself says more than what follows from its end. */
function rank({ state, duration }: QueryRecord): number {
  if (state === 'Running') return 0;
  return duration === undefined ? 1 : 2;
}
