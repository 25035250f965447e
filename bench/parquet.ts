import { type RecordBatch, Table, tableToIPC } from 'apache-arrow';
import type { FileSource } from '../src/engine/formats/format.ts';
import { encodeParquet } from '../src/engine/formats/parquet/encode.ts';
import { parquetFormat } from '../src/engine/formats/parquet/format.ts';
import { columnStatistics } from '../src/engine/formats/parquet/statistics.ts';
import { EVENT_SCHEMA, eventBatch } from './events.ts';
import { fastest, type Report, round } from './figure.ts';

const BATCH_ROWS = 125_000;
const format = { type: 'PARQUET', options: {} } as const;

function memorySource(bytes: Uint8Array): FileSource {
  return { path: 'events.parquet', size: bytes.length, read: async ({ start, end }) => bytes.slice(start, end) };
}

async function countRows(bytes: Uint8Array, columns: readonly string[]): Promise<number> {
  const request = { format, columns, predicates: [], limit: undefined };
  let rows = 0;
  for await (const { batch } of parquetFormat.read(memorySource(bytes), request, new AbortController().signal)) {
    rows += batch.numRows;
  }
  return rows;
}

/** Decoding, encoding and statistics in one thread that has parquet-wasm, without any file: MB are those of Arrow. */
export async function benchParquet(rows: number, report: Report): Promise<void> {
  const batches: RecordBatch[] = [];
  for (let first = 0; first < rows; first += BATCH_ROWS)
    batches.push(eventBatch(first, Math.min(BATCH_ROWS, rows - first)));
  const arrowMb = tableToIPC(new Table(batches), 'stream').length / 1e6;
  const size = { rows, arrow_mb: round(arrowMb, 1) };
  const told = (name: string, seconds: number, detail: Record<string, number> = {}) => {
    report({ name: `${name}_rows`, value: round(rows / seconds / 1e6), unit: 'M rows/s', ...size, ...detail });
    report({ name: `${name}_mb`, value: round(arrowMb / seconds, 0), unit: 'MB/s', seconds: round(seconds, 3) });
  };
  let file = new Uint8Array(0);
  for (const compression of ['SNAPPY', 'ZSTD'] as const) {
    const seconds = await fastest(3, async () => {
      file = (await encodeParquet(batches, { compression })).bytes;
    });
    told(`parquet_encode_${compression.toLowerCase()}`, seconds, { file_mb: round(file.length / 1e6, 1) });
    const names = EVENT_SCHEMA.map(({ name }) => name);
    told(
      `parquet_decode_${compression.toLowerCase()}`,
      await fastest(3, async () => {
        if ((await countRows(file, names)) !== rows) throw new Error('rows are missing');
      }),
    );
  }
  told('parquet_statistics', await fastest(3, async () => void columnStatistics(batches, EVENT_SCHEMA)));
  const two = await fastest(3, async () => void (await countRows(file, ['event_tag', 'risk_score'])));
  report({ name: 'parquet_decode_2_of_7_columns', value: round(rows / two / 1e6), unit: 'M rows/s', rows });
}
