import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { initParquet } from '../src/engine/formats/parquet/wasm.ts';
import type { Report } from './figure.ts';
import { benchParquet } from './parquet.ts';

export function initParquetHere(): void {
  const glue = createRequire(import.meta.url).resolve('parquet-wasm/esm/parquet_wasm.js');
  initParquet({
    glueUrl: pathToFileURL(glue).href,
    loadWasm: async () => readFileSync(join(dirname(glue), 'parquet_wasm_bg.wasm')),
  });
}

export async function benchParquetInNode(rows: number, report: Report): Promise<void> {
  initParquetHere();
  await benchParquet(rows, report);
}
