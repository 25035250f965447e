import type { RecordBatch } from 'apache-arrow';
import { fromWire, SqlError } from '../base/errors.ts';
import { parquetModule } from '../formats/parquet/wasm.ts';
import type { EncodedRows } from './data-file.ts';
import type { EncoderReply, EncoderThread, OpenEncoderThread } from './encoder-wire.ts';
import { copiedRows, type Message, movedRows } from './moved-rows.ts';
import { type RowsEncoder, type RowsForm, rowsEncoderHere, WORTH_A_THREAD } from './rows-encoder.ts';
import { uniformBatches } from './uniform-batches.ts';

export interface EncoderThreads {
  readonly open: OpenEncoderThread;
  /** How many there are at most. */
  readonly count: number;
  /** Where a thread imports parquet-wasm from. */
  readonly glueUrl: string;
  /** Milliseconds without work after which threads end, and their memory is free again. */
  readonly restAfter?: number | undefined;
}

const REST_AFTER = 30_000;

/**
 * So many parts wait for every thread before there is another: rows that come no faster than one thread encodes them
 * need no second one, which would load and warm up the same code again.
 */
const BACKLOG = 3;

/** Whether the idlest thread will do. Until its first answer it is only warming up. */
const isEnough = (least: Worker) => least.load() < BACKLOG || !least.hasAnswered();

/**
 * Encodes in threads, which start with the first large part. A thread that dies fails its parts and is replaced by the
 * next part's. Small parts are encoded here, and all of them where a thread cannot even start.
 */
export function encoderPool({ open, count, glueUrl, restAfter = REST_AFTER }: EncoderThreads): RowsEncoder {
  const workers = new Set<Worker>();
  let refused = false;
  let expected = false;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const endAll = (ended: Iterable<Worker>) => {
    for (const worker of ended) {
      workers.delete(worker);
      worker.end();
    }
  };
  const restLater = () => {
    clearTimeout(rest);
    rest = setTimeout(() => {
      endAll([...workers].filter(({ load }) => load() === 0));
      // One may still be at a part that was cancelled.
      if (workers.size > 0) restLater();
    }, restAfter);
  };

  const openOne = (module: WebAssembly.Module): Worker => {
    const opened = openWorker(open, () => workers.delete(opened));
    opened.post({ kind: 'Start', glueUrl, module }, []);
    workers.add(opened);
    restLater();
    return opened;
  };
  const idlest = (module: WebAssembly.Module): Worker => {
    const [least] = [...workers].sort((a, b) => a.load() - b.load());
    if (least && (isEnough(least) || workers.size >= count)) return least;
    return openOne(module);
  };

  return {
    atOnce: Math.max(count, BACKLOG) + 1,
    expect() {
      if (expected || refused || workers.size > 0) return;
      expected = true;
      parquetModule().then(
        (module) => expected && workers.size === 0 && openOne(module),
        () => {}, // The first part will tell.
      );
    },
    async encode(batches, form, signal) {
      signal.throwIfAborted();
      expected = false;
      if (refused || (!form.stored && sizeOf(batches) < WORTH_A_THREAD))
        return rowsEncoderHere.encode(batches, form, signal);
      const alike = uniformBatches(batches, givenFields(form));
      const worker = idlest(await parquetModule());
      // Of a thread that never starts the rows are still needed here.
      const message = worker.hasStarted() ? movedRows(alike) : copiedRows(alike);
      try {
        return await worker.encode(message, form, signal);
      } catch (error) {
        if (worker.hasStarted() || signal.aborted) throw error;
        refused = true;
        return rowsEncoderHere.encode(batches, form, signal);
      } finally {
        restLater();
      }
    },
    end: () => {
      expected = false;
      clearTimeout(rest);
      endAll([...workers]);
    },
  };
}

/** Those that the batches have. */
function givenFields({ fields, stored }: RowsForm): RowsForm['fields'] {
  return stored ? fields.filter((_, index) => !stored.indexes.includes(index)) : fields;
}

function sizeOf(batches: readonly RecordBatch[]): number {
  return batches.reduce((sum, { data }) => sum + data.byteLength, 0);
}

interface Waiting {
  resolve(rows: EncodedRows): void;
  reject(error: unknown): void;
}

interface Worker {
  /** Parts without an answer. */
  load(): number;
  /** Whether it has ever been heard of. */
  hasStarted(): boolean;
  hasAnswered(): boolean;
  post: EncoderThread['post'];
  encode(message: Message, form: RowsForm, signal: AbortSignal): Promise<EncodedRows>;
  end(): void;
}

function openWorker(open: OpenEncoderThread, onDeath: () => void): Worker {
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let started = false;
  let answered = false;
  const failAll = (error: SqlError) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const thread = open({
    reply: (reply) => {
      started = true;
      if (reply.kind === 'Ready') return;
      answered = true;
      settle(waiting.get(reply.id), reply);
      waiting.delete(reply.id);
    },
    died: (cause) => {
      onDeath();
      failAll(new SqlError('Internal', 'the thread that encodes Parquet has ended: it may lack memory', { cause }));
    },
  });
  return {
    load: () => waiting.size,
    hasStarted: () => started,
    hasAnswered: () => answered,
    post: thread.post,
    encode: ({ rows, transfer }, form, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const id = ++calls;
        const abort = () => reject(signal.reason);
        const done = () => signal.removeEventListener('abort', abort);
        signal.addEventListener('abort', abort);
        // After an abort the part stays in the thread's load until its answer comes, which nobody hears.
        waiting.set(id, {
          resolve: (rows) => {
            done();
            resolve(rows);
          },
          reject: (error) => {
            done();
            reject(error);
          },
        });
        thread.post({ kind: 'Encode', id, form, rows }, transfer);
      }),
    end: () => {
      thread.end();
      failAll(new SqlError('AbortedQuery', 'Aborted query, because the engine has been closed'));
    },
  };
}

function settle(waiting: Waiting | undefined, reply: Exclude<EncoderReply, { kind: 'Ready' }>): void {
  if (reply.kind === 'Encoded') waiting?.resolve(reply.rows);
  else waiting?.reject(fromWire(reply.error));
}
