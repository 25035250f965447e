import { toWire } from '../base/errors.ts';
import { initParquet } from '../formats/parquet/wasm.ts';
import type { EncoderCall, EncoderReply } from './encoder-wire.ts';
import { readRows } from './moved-rows.ts';
import { rowsEncoderHere } from './rows-encoder.ts';

type Post = (reply: EncoderReply, transfer: ArrayBuffer[]) => void;

const { signal } = new AbortController();

/** What a thread that encodes does with each message it gets. */
export function serveEncoder(post: Post): (call: EncoderCall) => void {
  return (call) => {
    if (call.kind === 'Encode') {
      void answer(call, post);
      return;
    }
    initParquet({ glueUrl: call.glueUrl, loadWasm: async () => call.module });
    post({ kind: 'Ready' }, []);
  };
}

async function answer({ id, form, rows }: EncoderCall & { kind: 'Encode' }, post: Post): Promise<void> {
  try {
    const encoded = await rowsEncoderHere.encode(readRows(rows), form, signal);
    post({ kind: 'Encoded', id, rows: encoded }, [encoded.bytes.buffer]);
  } catch (error) {
    post({ kind: 'Failed', id, error: toWire(error) }, []);
  }
}
