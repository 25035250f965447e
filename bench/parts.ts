import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import type { FileSource } from '../src/engine/formats/format.ts';
import { encodeParquet } from '../src/engine/formats/parquet/encode.ts';
import { parquetFormat } from '../src/engine/formats/parquet/format.ts';
import { columnStatistics } from '../src/engine/formats/parquet/statistics.ts';
import { ipcStream } from '../src/engine/types/ipc.ts';
import { openEmptyDuck } from './duck.ts';
import { EVENT_SCHEMA, eventBatch } from './events.ts';
import { type Report, round } from './figure.ts';
import { initParquetHere } from './parquet-node.ts';

const BATCH_ROWS = 125_000;
const RUNS = 3;

/** What a COPY is made of, each part alone and in one thread: the least of some runs in processor time. */
export async function benchParts(rows: number, report: Report): Promise<void> {
  initParquetHere();
  const batches: RecordBatch[] = [];
  for (let first = 0; first < rows; first += BATCH_ROWS)
    batches.push(eventBatch(first, Math.min(BATCH_ROWS, rows - first)));
  const streams = batches.map((batch) => ipcStream([batch]));
  const arrowMb = streams.reduce((sum, { length }) => sum + length, 0) / 1e6;
  const { bytes } = await encodeParquet(batches);
  const duck = await openEmptyDuck();
  const ingest = () => {
    duck.run('DROP TABLE IF EXISTS events');
    for (const [index, stream] of streams.entries()) duck.insert('events', stream, index === 0);
  };
  const parts: Readonly<Record<string, () => unknown>> = {
    decode: () => decodeAll(bytes),
    ingest,
    transform: () => duck.run('SELECT * REPLACE (upper(event_tag) AS event_tag) FROM events'),
    statistics: () => columnStatistics(batches, EVENT_SCHEMA),
    encode: () => encodeParquet(batches),
    store: () => store(bytes),
  };
  for (const [name, task] of Object.entries(parts)) {
    const { seconds, cpuSeconds } = await leastOf(task);
    report({
      name: `part_${name}`,
      value: round(rows / cpuSeconds / 1e6),
      unit: 'M rows per CPU second',
      rows,
      arrow_mb: round(arrowMb, 1),
      seconds: round(seconds, 3),
      cpu_seconds: round(cpuSeconds, 3),
      mb_per_second: round(arrowMb / seconds, 0),
    });
  }
}

interface Took {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

async function leastOf(task: () => unknown): Promise<Took> {
  let least: Took = { seconds: Number.POSITIVE_INFINITY, cpuSeconds: Number.POSITIVE_INFINITY };
  for (let run = 0; run < RUNS; run++) {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    await task();
    const { user, system } = process.cpuUsage(cpu);
    const took = { seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 };
    if (took.cpuSeconds < least.cpuSeconds) least = took;
  }
  return least;
}

async function decodeAll(bytes: Uint8Array): Promise<number> {
  const file: FileSource = { path: 'e', size: bytes.length, read: async ({ start, end }) => bytes.slice(start, end) };
  const columns = EVENT_SCHEMA.map(({ name }) => name);
  const request = { format: { type: 'PARQUET', options: {} }, columns, predicates: [], limit: undefined } as const;
  let rows = 0;
  for await (const { batch } of parquetFormat.read(file, request, new AbortController().signal)) rows += batch.numRows;
  return rows;
}

function store(bytes: Uint8Array): void {
  const folder = mkdtempSync(join(tmpdir(), 'boathouse-bench-'));
  try {
    const file = openSync(join(folder, 'data.parquet'), 'w');
    writeSync(file, bytes);
    fsyncSync(file);
    closeSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
