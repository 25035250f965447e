import type { EncoderCall } from '../table/encoder-wire.ts';
import { serveEncoder } from '../table/serve-encoder.ts';

declare const self: DedicatedWorkerGlobalScope;

const handle = serveEncoder((reply, transfer) => self.postMessage(reply, transfer));

self.onmessage = ({ data }: MessageEvent<EncoderCall>) => handle(data);
