import { parentPort } from 'node:worker_threads';
import { serveEncoder } from '../table/serve-encoder.ts';

const handle = serveEncoder((reply, transfer) => parentPort?.postMessage(reply, transfer));

parentPort?.on('message', handle);
