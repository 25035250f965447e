/// <reference types="vite/client" />
import duckWasm from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import type { ClientMessage } from './wire.ts';

declare const self: DedicatedWorkerGlobalScope;

/** DuckDB is compiled while the engine around it, megabytes of script, is loaded. */
const compiled = WebAssembly.compileStreaming(fetch(new URL(duckWasm, import.meta.url)));
// Who wants DuckDB is told of a failure.
compiled.catch(() => {});

const early: ClientMessage[] = [];
self.onmessage = ({ data }: MessageEvent<ClientMessage>) => early.push(data);

import('./engine-worker.ts').then(
  ({ startEngine }) => {
    const hear = startEngine(compiled);
    self.onmessage = ({ data }: MessageEvent<ClientMessage>) => hear(data);
    for (const message of early) hear(message);
  },
  (error: unknown) => {
    // Thrown where the page hears of it.
    setTimeout(() => {
      throw error;
    });
  },
);
