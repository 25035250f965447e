import type { EncoderReply, EncoderThread, OpenEncoderThread } from '../table/encoder-wire.ts';

/** A worker of the engine's worker: it ends with it. */
export const openEncoder: OpenEncoderThread = ({ reply, died }): EncoderThread => {
  const worker = new Worker(new URL('./encoder-worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<EncoderReply>) => reply(data);
  const fail = (cause: string) => {
    worker.terminate();
    died(cause);
  };
  worker.onmessageerror = () => fail('a message could not be read');
  worker.onerror = (event) => {
    event.preventDefault();
    fail(event.message);
  };
  return {
    post: (call, transfer) => worker.postMessage(call, [...transfer]),
    end: () => worker.terminate(),
  };
};
