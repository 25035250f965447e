/// <reference types="vite/client" />
import duckWasm from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import glueUrl from 'parquet-wasm/esm/parquet_wasm.js?url';
import parquetWasm from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import { trustOurOwn } from '../base/trusted.ts';
import { type EngineHost, openEngine, startWorkspace } from '../session/engine.ts';
import { opfsStore } from '../stores/opfs.ts';
import { startScheduler } from '../tasks/scheduler.ts';
import { browserHost } from '../warehouse/browser-host.ts';
import { openNetwork } from './network.ts';
import { openEncoder } from './open-encoder.ts';
import { pageFiles } from './page-files.ts';
import { ownScratch, sweepScratch } from './scratch.ts';
import { serve } from './server.ts';
import { workerSecrets } from './vault/worker-secrets.ts';
import { currentPlace, sweepPlaces } from './warehouse-place.ts';
import type { ClientMessage, WorkerMessage } from './wire.ts';

/** Set by the build. */
declare const __VERSION__: string;

declare const self: DedicatedWorkerGlobalScope;

trustOurOwn();

const secrets = workerSecrets();
const scratch = ownScratch();
const post = (message: WorkerMessage, transfer: Transferable[] = []) => self.postMessage(message, transfer);
const network = openNetwork((origin, bytes) => post({ kind: 'Traffic', origin, bytes }));
const files = pageFiles(scratch, network.fetch);

/** URLs of assets are relative to this script. */
const absolute = (url: string) => new URL(url, import.meta.url).href;

/** Compiled and opened from the first moment on; who wants DuckDB is told of a failure. */
const compiled = WebAssembly.compileStreaming(fetch(absolute(duckWasm)));
const workspace = startWorkspace({ compiled });
void Promise.allSettled([compiled, workspace]);

const hostOf = (place: string, scratchFolder: string): EngineHost => ({
  version: __VERSION__,
  store: opfsStore(place),
  warehouse: browserHost(place),
  scratch: opfsStore(scratchFolder),
  workspace: () => workspace,
  parquet: { glueUrl: absolute(glueUrl), loadWasm: () => fetch(absolute(parquetWasm)) },
  encoders: { open: openEncoder, count: 2 },
  localFiles: files.localFiles,
  secrets,
  openUrl: files.openUrl,
  fetch: network.fetch,
});

const opening = currentPlace().then(async (place) => {
  const core = await openEngine(hostOf(place, await scratch));
  void sweepPlaces(place);
  void sweepScratch();
  return core;
});
// One tab runs the tasks: the first whose worker asks for them.
void opening.then(startScheduler);

const handle = serve(opening, { ...files, lend: secrets.use, allow: network.allow }, { postMessage: post });

self.onmessage = ({ data }: MessageEvent<ClientMessage>) => handle(data);
