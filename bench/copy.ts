import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DataType, Field, type RecordBatch, TimestampMicrosecond } from 'apache-arrow';
import { encodeParquet } from '../src/engine/formats/parquet/encode.ts';
import { openPlainDuck } from './duck.ts';
import { eventBatch } from './events.ts';
import { fastest, type Report, round } from './figure.ts';
import { initParquetHere } from './parquet-node.ts';
import { openShell, type ShellProcess } from './shell.ts';

const GROUP_ROWS = 250_000;
/** Row groups of a file. */
const FILE_GROUPS = 5;

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
    await writeEvents(rows, folder);
    const shell = openShell(program, join(folder, 'warehouse'));
    await shell.run('SELECT 1'); // DuckDB starts with the first query, which is none of COPY's business.
    await shell.run(`CREATE STAGE ev URL = 'fs://${folder}/' FILE_FORMAT = (TYPE = 'PARQUET')`);
    for (const [name, load] of Object.entries(LOADS)) await copyThrough(shell, name, load, { rows, folder, report });
    await queriesOf(shell, rows, report);
    await shell.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Local times in several files, which COPY has to write anew; and one file that is in a table's form already. */
async function writeEvents(rows: number, folder: string): Promise<void> {
  const groups: RecordBatch[] = [];
  for (let first = 0; first < rows; first += GROUP_ROWS)
    groups.push(eventBatch(first, Math.min(GROUP_ROWS, rows - first)));
  const write = async (path: string, batches: readonly RecordBatch[], fields?: readonly Field[]) => {
    const { bytes } = await encodeParquet(batches, { rowGroupRows: GROUP_ROWS, fields });
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  };
  for (let first = 0; first < groups.length; first += FILE_GROUPS)
    await write(`local/batch_${first}.parquet`, groups.slice(first, first + FILE_GROUPS));
  const utc = groups[0]?.schema.fields.map((field) =>
    DataType.isTimestamp(field.type) ? new Field(field.name, new TimestampMicrosecond('UTC'), true) : field,
  );
  await write('utc/all.parquet', groups, utc);
}

function folderSize(folder: string): number {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return paths.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
}

interface Load {
  readonly files: 'local' | 'utc';
  readonly items: string;
}

const ITEMS = Object.entries(CASTS)
  .map(([name, type]) => `${name}::${type}`)
  .join(', ');

/** The three ways through a COPY, the slowest first; the queries that follow see the table of the last one. */
const LOADS: Readonly<Record<string, Load>> = {
  expression: { files: 'local', items: ITEMS.replace('event_tag::STRING', 'UPPER(event_tag)::STRING') },
  bytes: { files: 'utc', items: ITEMS },
  casts: { files: 'local', items: ITEMS },
};

interface Setting {
  readonly rows: number;
  readonly folder: string;
  readonly report: Report;
}

async function copyThrough(
  shell: ShellProcess,
  name: string,
  { files, items }: Load,
  { rows, folder, report }: Setting,
): Promise<void> {
  const definition = Object.entries(CASTS).map(([column, type]) => `${column} ${type}`);
  await shell.run(`CREATE OR REPLACE TABLE frame_events (${definition.join(', ')})`);
  const { seconds, cpuSeconds } = await shell.run(
    `COPY INTO frame_events (${COLUMNS}) FROM (SELECT ${items} FROM @ev/${files}/) FILE_FORMAT = (TYPE = 'PARQUET')`,
  );
  const counted = await shell.run('SELECT COUNT(*) FROM frame_events');
  if (counted.rows[0]?.[0] !== String(rows)) throw new Error(`${counted.rows[0]?.[0]} rows instead of ${rows}`);
  report({
    name: `copy_${name}`,
    value: round(rows / seconds / 1e6),
    unit: 'M rows/s',
    rows,
    seconds: round(seconds),
    cpu_seconds: round(cpuSeconds),
    rows_per_cpu_second: round(rows / cpuSeconds, 0),
    file_mb: round(folderSize(join(folder, files)) / 1e6, 1),
  });
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
