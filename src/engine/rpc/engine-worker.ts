/// <reference types="vite/client" />
import glueUrl from 'parquet-wasm/esm/parquet_wasm.js?url';
import parquetWasm from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import { trustOurOwn } from '../base/trusted.ts';
import type { Workspace } from '../execute/workspace.ts';
import { type EngineCore, type EngineHost, openEngine, startWorkspace } from '../session/engine.ts';
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

const hostOf = (place: string, scratchFolder: string, workspace: Promise<Workspace>): EngineHost => ({
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

async function open(workspace: Promise<Workspace>): Promise<EngineCore> {
  const place = await currentPlace();
  const core = await openEngine(hostOf(place, await scratch, workspace));
  void sweepPlaces(place);
  void sweepScratch();
  return core;
}

/** Opens the engine of this worker; gives what hears the page's messages. */
export function startEngine(compiled: Promise<WebAssembly.Module>): (message: ClientMessage) => void {
  const workspace = startWorkspace({ compiled });
  // Who wants DuckDB is told of a failure.
  workspace.catch(() => {});
  const opening = open(workspace);
  // One tab runs the tasks: the first whose worker asks for them.
  void opening.then(startScheduler);
  return serve(opening, { ...files, lend: secrets.use, allow: network.allow }, { postMessage: post });
}
