import { collect } from '../base/async.ts';
import { isAbort, toWire } from '../base/errors.ts';
import { opfsStore } from '../stores/opfs.ts';
import type { StoreCall, StoreReply } from './worker-store.ts';

/** Runs an OPFS store for `workerStore`, since files can be flushed in a worker only. */
// The types of the whole project are a page's; here it is a worker's scope.
const worker = globalThis as unknown as DedicatedWorkerGlobalScope;
let store = opfsStore('test');
const controllers = new Map<number, AbortController>();

function run(call: StoreCall, signal: AbortSignal): Promise<unknown> {
  const body = call.bytes instanceof ReadableStream ? piecesOf(call.bytes) : call.bytes;
  const write = () => store.write(call.path, body, { ifAbsent: call.ifAbsent, signal });
  switch (call.op) {
    case 'list':
      return collect(store.list(call.path, signal));
    case 'head':
      return store.head(call.path, signal);
    case 'read':
      return store.read(call.path, signal, call.range);
    case 'write':
      return write();
    case 'write under a lock':
      return navigator.locks.request('warehouse', write);
    case 'remove':
      return store.remove(call.path, signal);
  }
}

async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
}

worker.onmessage = ({ data }: MessageEvent<StoreCall | { readonly abort: number } | { readonly folder: string }>) => {
  if ('folder' in data) store = opfsStore(data.folder);
  else if ('abort' in data) controllers.get(data.abort)?.abort();
  else void answer(data);
};

async function answer(data: StoreCall): Promise<void> {
  const controller = new AbortController();
  controllers.set(data.id, controller);
  const reply = await run(data, controller.signal).then(
    (value): StoreReply => ({ id: data.id, value }),
    (error): StoreReply => ({ id: data.id, aborted: isAbort(error), error: toWire(error) }),
  );
  controllers.delete(data.id);
  worker.postMessage(reply);
}
