import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import { encodeParquet } from '../src/engine/formats/parquet/encode.ts';
import { openPlainDuck } from './duck.ts';
import { eventBatch } from './events.ts';
import { fastest, type Report, round } from './figure.ts';
import { initParquetHere } from './parquet.ts';
import { openShell, type ShellProcess } from './shell.ts';

const GROUP_ROWS = 250_000;
const FILE_ROWS = 1_250_000;

/** Those of the ETL guide's `frame_events`. */
const CASTS = {
  frame_id: 'STRING',
  video_id: 'STRING',
  frame_index: 'INT',
  collected_at: 'TIMESTAMP',
  event_tag: 'STRING',
  risk_score: 'DOUBLE',
  speed_kmh: 'DOUBLE',
} as const;
const COLUMNS = Object.keys(CASTS).join(', ');

const QUERIES = {
  group_by_tag: 'SELECT event_tag, COUNT(*), AVG(risk_score) FROM frame_events GROUP BY event_tag ORDER BY event_tag',
  max_by_video:
    'SELECT video_id, MAX(speed_kmh) AS top FROM frame_events GROUP BY video_id ORDER BY top DESC, video_id LIMIT 5',
  filtered_count: "SELECT COUNT(*) FROM frame_events WHERE risk_score > 0.9 AND event_tag = 'hard_brake'",
} as const;

/** Events as Parquet files of an export, and a COPY of them through the shell; then queries, beside DuckDB-WASM's own. */
export async function benchCopy(rows: number, program: string, report: Report): Promise<void> {
  initParquetHere();
  const folder = mkdtempSync(join(tmpdir(), 'boathouse-bench-'));
  try {
    const fileMb = await writeEvents(rows, join(folder, 'raw'));
    const shell = openShell(program, join(folder, 'warehouse'));
    await copyThrough(shell, { rows, folder, fileMb, report });
    await queriesOf(shell, rows, report);
    await shell.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeEvents(rows: number, folder: string): Promise<number> {
  mkdirSync(folder, { recursive: true });
  for (let first = 0; first < rows; first += FILE_ROWS) {
    const end = Math.min(rows, first + FILE_ROWS);
    const batches: RecordBatch[] = [];
    for (let at = first; at < end; at += GROUP_ROWS) batches.push(eventBatch(at, Math.min(GROUP_ROWS, end - at)));
    const { bytes } = await encodeParquet(batches, { rowGroupRows: GROUP_ROWS });
    writeFileSync(join(folder, `batch_${first}.parquet`), bytes);
  }
  return folderSize(folder) / 1e6;
}

function folderSize(folder: string): number {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return paths.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
}

interface Load {
  readonly rows: number;
  readonly folder: string;
  readonly fileMb: number;
  readonly report: Report;
}

/** Columns with an expression among them, columns as they are, and casts of one column each. */
async function copyThrough(shell: ShellProcess, { rows, folder, fileMb, report }: Load): Promise<void> {
  await shell.run('SELECT 1'); // DuckDB starts with the first query, which is none of COPY's business.
  await shell.run(`CREATE STAGE ev URL = 'fs://${folder}/raw/' FILE_FORMAT = (TYPE = 'PARQUET')`);
  const casts = Object.entries(CASTS).map(([name, type]) => `${name}::${type}`);
  // The queries that follow see the table of the last one.
  const sources = {
    expression: casts.join(', ').replace('event_tag::STRING', 'UPPER(event_tag)::STRING'),
    same: COLUMNS,
    casts: casts.join(', '),
  };
  for (const [name, list] of Object.entries(sources)) {
    const definition = Object.entries(CASTS).map(([column, type]) => `${column} ${type}`);
    await shell.run(`CREATE OR REPLACE TABLE frame_events (${definition.join(', ')})`);
    const copy = `COPY INTO frame_events (${COLUMNS}) FROM (SELECT ${list} FROM @ev/) FILE_FORMAT = (TYPE = 'PARQUET')`;
    const { seconds, cpuSeconds } = await shell.run(copy);
    const counted = await shell.run('SELECT COUNT(*) FROM frame_events');
    if (counted.rows[0]?.[0] !== String(rows)) throw new Error(`${counted.rows[0]?.[0]} rows instead of ${rows}`);
    const detail = { rows, seconds: round(seconds), cpu_seconds: round(cpuSeconds), file_mb: round(fileMb, 1) };
    report({ name: `copy_${name}`, value: round(rows / seconds / 1e6), unit: 'M rows/s', ...detail });
  }
}

/** First with nothing in memory, then again. */
async function queriesOf(shell: ShellProcess, rows: number, report: Report): Promise<void> {
  const plain = await openPlainDuck(rows, GROUP_ROWS);
  for (const [name, sql] of Object.entries(QUERIES)) {
    const first = (await shell.run(sql)).seconds;
    const again = await fastest(5, async () => void (await shell.run(sql)));
    const beside = await fastest(5, async () => plain(sql));
    const detail = { rows, first_ms: round(first * 1000, 0), duckdb_wasm_ms: round(beside * 1000, 0) };
    report({
      name: `query_${name}`,
      value: round(again * 1000, 0),
      unit: 'ms',
      ...detail,
      ratio: round(again / beside),
    });
  }
}
