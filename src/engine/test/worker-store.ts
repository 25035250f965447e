import { fromWire, type WireError } from '../base/errors.ts';
import type { ByteRange, ObjectInfo, WritableStore, WriteOptions } from '../stores/store.ts';

export interface StoreCall {
  readonly id: number;
  readonly op: 'list' | 'head' | 'read' | 'write' | 'write under a lock' | 'remove';
  readonly path: string;
  readonly range: ByteRange | undefined;
  readonly ifAbsent: boolean;
  readonly bytes: Uint8Array | ReadableStream<Uint8Array>;
}

export interface StoreReply {
  readonly id: number;
  readonly value?: unknown;
  readonly aborted?: boolean;
  readonly error?: WireError;
}

export interface WorkerStore extends WritableStore {
  /** As the warehouse does: under a Web Lock that all writers share. */
  writeUnderLock(path: string, bytes: Uint8Array, options: WriteOptions): Promise<void>;
  /** Ends the worker at once, whatever it is doing: a tab that crashes. */
  kill(): void;
}

type Details = Partial<Pick<StoreCall, 'range' | 'ifAbsent' | 'bytes'>>;

const NOTHING = new Uint8Array(0);

/** An OPFS store over a folder that lives in a worker of its own, as a tab's engine does. */
export function workerStore(folder: string): WorkerStore {
  const worker = new Worker(new URL('./store-worker.ts', import.meta.url), { type: 'module' });
  worker.postMessage({ folder });
  const waiting = new Map<number, (reply: StoreReply) => void>();
  let calls = 0;
  worker.onmessage = ({ data }: MessageEvent<StoreReply>) => waiting.get(data.id)?.(data);

  async function call(op: StoreCall['op'], path: string, signal: AbortSignal, details: Details = {}): Promise<unknown> {
    signal.throwIfAborted();
    const id = ++calls;
    const message: StoreCall = { id, op, path, range: undefined, ifAbsent: false, bytes: NOTHING, ...details };
    const abort = () => worker.postMessage({ abort: id });
    signal.addEventListener('abort', abort);
    const reply = await new Promise<StoreReply>((resolve) => {
      waiting.set(id, resolve);
      worker.postMessage(message, message.bytes instanceof ReadableStream ? [message.bytes] : []);
    });
    waiting.delete(id);
    signal.removeEventListener('abort', abort);
    if (reply.aborted) throw new DOMException('aborted', 'AbortError');
    if (reply.error) throw fromWire(reply.error);
    return reply.value;
  }

  return {
    async *list(prefix, signal) {
      for (const info of (await call('list', prefix, signal)) as ObjectInfo[]) {
        signal.throwIfAborted();
        yield info;
      }
    },
    head: async (path, signal) => (await call('head', path, signal)) as ObjectInfo | undefined,
    read: async (path, signal, range) => (await call('read', path, signal, { range })) as Uint8Array<ArrayBuffer>,
    async write(path, bytes, { ifAbsent, signal }) {
      const body = bytes instanceof Uint8Array ? bytes : streamOf(bytes);
      await call('write', path, signal, { ifAbsent, bytes: body });
    },
    async writeUnderLock(path, bytes, { ifAbsent, signal }) {
      await call('write under a lock', path, signal, { ifAbsent, bytes });
    },
    async remove(path, signal) {
      await call('remove', path, signal);
    },
    kill: () => worker.terminate(),
  };
}

function streamOf(pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const step = await iterator.next();
      if (step.done) controller.close();
      else controller.enqueue(step.value.slice());
    },
  });
}
