import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SqlError } from '../base/errors.ts';
import { memorySecrets } from '../base/secret-store.ts';
import type { Workspace } from '../execute/workspace.ts';
import { initBrotli } from '../formats/compression/brotli.ts';
import { type EngineHost, startWorkspace } from '../session/engine.ts';
import type { LocalFile, LocalFiles } from '../statements/context.ts';
import { decodePath } from '../stores/common/urls.ts';
import { directoryStore } from '../stores/directory.ts';
import { type StorePath, urlOpener } from '../stores/index.ts';
import { memoryStore } from '../stores/memory.ts';
import { memoryHost } from '../warehouse/memory-host.ts';
import { encoderThreads } from './encoder-threads.ts';

const require = createRequire(import.meta.url);

const SCRATCH = join(tmpdir(), `boathouse-${process.pid}`);

/** Removes what results have spilled. */
export function removeScratch(): void {
  rmSync(SCRATCH, { recursive: true, force: true });
}

export interface NodeHostOptions {
  /** Where the warehouse is kept; in memory when undefined. */
  readonly data: string | undefined;
  readonly version: string;
}

/** The engine's surroundings in Node. */
export function nodeHost({ data, version }: NodeHostOptions): EngineHost {
  const glue = require.resolve('parquet-wasm/esm/parquet_wasm.js');
  if (data !== undefined) mkdirSync(data, { recursive: true });
  initBrotli(async () => new Uint8Array(await readFile(require.resolve('brotli-dec-wasm/web/bg.wasm'))));
  return {
    version,
    store: data === undefined ? memoryStore() : directoryStore(data, { ownsFolders: true }),
    warehouse: memoryHost(),
    scratch: directoryStore(SCRATCH, { ownsFolders: true }),
    workspace: sharedWorkspace,
    parquet: {
      glueUrl: pathToFileURL(glue).href,
      loadWasm: async () => new Uint8Array(await readFile(join(dirname(glue), 'parquet_wasm_bg.wasm'))),
    },
    encoders: encoderThreads(),
    localFiles: diskFiles,
    secrets: memorySecrets(),
    openUrl: urlOpener({ fs: openDisk }),
    fetch,
  };
}

let workspace: Promise<Workspace> | undefined;

/** The engines of a process share one DuckDB: to compile it costs most of a second. */
function sharedWorkspace(): Promise<Workspace> {
  workspace ??= startWorkspace({ compiled: compileDuck() });
  return workspace;
}

async function compileDuck(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(require.resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm')));
}

/** The disk of this machine, from its root. */
function openDisk(url: string): StorePath {
  const path = decodePath(url.slice('fs:///'.length));
  return { store: directoryStore('/', { ownsFolders: false }), path, listable: true };
}

/** `fs:///dir/*.csv`: files of one folder, by a glob on the name. */
const diskFiles: LocalFiles = {
  async sources(url, signal) {
    const path = diskPath(url);
    const folder = dirname(path);
    if (!/[*?]/.test(basename(path))) return [await diskFile(path)];
    const store = directoryStore(folder, { ownsFolders: false });
    const pattern = globPattern(basename(path));
    const files: LocalFile[] = [];
    for await (const { path: name } of store.list('', signal)) {
      if (!name.includes('/') && pattern.test(name)) files.push(await diskFile(join(folder, name)));
    }
    return files;
  },
  async target(url) {
    return { store: directoryStore(diskPath(url), { ownsFolders: false }), path: '' };
  },
};

function diskPath(url: string): string {
  if (!url.startsWith('fs:///'))
    throw new SqlError('BadArguments', `the shell copies from and to 'fs:///path', not ${url}`);
  return decodePath(url.slice('fs://'.length));
}

async function diskFile(path: string): Promise<LocalFile> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new SqlError('StorageNotFound', `${path} does not exist`, { cause });
  });
  if (info.isDirectory()) throw new SqlError('BadArguments', `Local path is a directory: ${path}`);
  return { name: basename(path), size: info.size, bytes: () => createReadStream(path) };
}

/** `*` and `?` within one name. */
function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`);
}
