import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { EncoderThreads } from '../table/encoder-pool.ts';
import type { EncoderReply, EncoderThread, OpenEncoderThread } from '../table/encoder-wire.ts';

/** Stands beside the bundled shell. Where the engine runs from its sources there is none: Node 20 runs no TypeScript. */
const SCRIPT = fileURLToPath(new URL('./encoder.mjs', import.meta.url));

export function encoderThreads(script = SCRIPT): Omit<EncoderThreads, 'glueUrl'> | undefined {
  return existsSync(script) ? { open: opener(script), count: 2 } : undefined;
}

/** A thread keeps the process alive only while it has something to do. */
function opener(script: string): OpenEncoderThread {
  return ({ reply, died }): EncoderThread => {
    const worker = new Worker(script);
    let unanswered = 0;
    let cause: unknown;
    worker.on('message', (message: EncoderReply) => {
      if (message.kind !== 'Ready' && --unanswered === 0) worker.unref();
      reply(message);
    });
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', (code) => died(cause ?? `it ended with ${code}`));
    worker.unref();
    return {
      post: (call, transfer) => {
        if (call.kind === 'Encode' && unanswered++ === 0) worker.ref();
        worker.postMessage(call, [...transfer]);
      },
      end: () => {
        worker.removeAllListeners('exit');
        void worker.terminate();
      },
    };
  };
}
