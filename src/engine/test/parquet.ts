import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FileSource } from '../formats/format.ts';
import { initParquet, type ParquetHost } from '../formats/parquet/wasm.ts';
import type { ByteRange } from '../stores/store.ts';

const glue = createRequire(import.meta.url).resolve('parquet-wasm/esm/parquet_wasm.js');

export const parquetHostInNode: ParquetHost = {
  glueUrl: pathToFileURL(glue).href,
  loadWasm: async () => readFileSync(join(dirname(glue), 'parquet_wasm_bg.wasm')),
};

/** Hands parquet-wasm to the engine, as the shell does. */
export function initParquetInNode(): void {
  initParquet(parquetHostInNode);
}

/** A source that counts. */
export interface CountedSource extends FileSource {
  readonly reads: readonly ByteRange[];
}

export function bytesSource(path: string, bytes: Uint8Array): CountedSource {
  const reads: ByteRange[] = [];
  return {
    path,
    size: bytes.length,
    reads,
    read: async (range) => {
      reads.push(range);
      return bytes.slice(range.start, range.end);
    },
  };
}

/** Data made by others, which not every checkout has beside it. */
const SHARED = resolve(process.env['BOATHOUSE_SHARED'] ?? resolve(import.meta.dirname, '../../../../shared'), 'data');

export function sharedData(...parts: readonly string[]): { readonly path: string; readonly present: boolean } {
  const path = join(SHARED, ...parts);
  return { path, present: statSync(path, { throwIfNoEntry: false }) !== undefined };
}

export function sharedSource(folder: string, path: string): CountedSource {
  return bytesSource(path, readFileSync(join(SHARED, folder, path)));
}
