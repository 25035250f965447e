import type { QueryEnd, QueryHistory, QueryStart } from '../statements/context.ts';
import type { WritableStore } from '../stores/store.ts';
import type { QueryRecord } from '../system/query-history.ts';
import type { WarehouseHost } from '../warehouse/host.ts';
import { historyFiles, latest } from './history-files.ts';
import { recordOf } from './history-line.ts';

/** Between two writes. A statement that ends longer after the last one is written at once, since its tab may close. */
const DELAY_MILLISECONDS = 500;
/** What is kept in memory while the disk is full. */
const MAX_UNWRITTEN = 1000;

export interface OpenHistory extends QueryHistory {
  close(): Promise<void>;
}

interface Unwritten {
  readonly start: QueryStart;
  readonly end: QueryEnd | undefined;
}

/** The history of a warehouse, as one engine writes it: lines gather for a while, so that no statement waits for them. */
export function openHistory(store: WritableStore, host: WarehouseHost): OpenHistory {
  const files = historyFiles(store, host);
  const running = new Map<string, QueryStart>();
  let unwritten: Unwritten[] = [];
  let writing: Promise<void> = Promise.resolve();
  let lastStart = 0;
  let clearedAt = 0;
  let writtenAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const write = async () => {
    const taken = unwritten;
    unwritten = [];
    // One that ended meanwhile needs no line for its beginning.
    const lines = taken.filter(({ start, end }) => end || running.has(start.id));
    try {
      await files.append(lines.map(({ start, end }) => recordOf(start, end)));
    } catch {
      // A full disk must not fail the statements themselves; the lines are tried again with the next ones.
      unwritten = [...lines, ...unwritten].slice(-MAX_UNWRITTEN);
    }
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    writtenAt = host.now();
    writing = writing.then(write);
    return writing;
  };
  const note = (line: Unwritten) => {
    unwritten.push(line);
    const isDue = line.end !== undefined && Math.abs(host.now() - writtenAt) >= DELAY_MILLISECONDS;
    if (isDue) clearTimeout(timer);
    if (isDue || timer === undefined) timer = setTimeout(() => void flush(), isDue ? 0 : DELAY_MILLISECONDS);
  };

  return {
    begin(begun) {
      // The clock counts milliseconds; statements within one stand in their order all the same.
      lastStart = Math.max(begun.startedAt, lastStart + 0.001);
      const start = { ...begun, startedAt: lastStart };
      running.set(start.id, start);
      note({ start, end: undefined });
      return (end) => {
        running.delete(start.id);
        note({ start, end });
      };
    },
    async read(signal) {
      await writing;
      const memory: readonly QueryRecord[] = [
        ...[...running.values()].map((start) => recordOf(start, undefined)),
        ...unwritten.flatMap(({ start, end }) => (end ? [recordOf(start, end)] : [])),
      ];
      const kept = memory.filter(({ startedAt }) => startedAt > clearedAt);
      return latest([...(await files.read(signal)), ...kept]);
    },
    async clear(signal) {
      const cleared = writing.then(() => files.clear(signal));
      // Who asked hears of a failure; those who write after it do not.
      writing = cleared.then(
        () => {},
        () => {},
      );
      clearedAt = await cleared;
    },
    flush,
    async close() {
      await flush();
      files.close();
    },
  };
}
