import type { RecordBatch } from 'apache-arrow';
import { encodeParquet } from '../src/engine/formats/parquet/encode.ts';
import { cellReader, type Engine } from '../src/engine/index.ts';
import { eventBatch } from './events.ts';
import { type Report, round } from './figure.ts';
import { EVENT_COLUMNS, eventLines, LINES_AT_ONCE, type TextType } from './lines.ts';

const signal = new AbortController().signal;
const GROUP_ROWS = 250_000;

/** Statements of one session; each gives the cells of its first row. */
function runner(engine: Engine) {
  const session = engine.session();
  return async (sql: string): Promise<unknown[]> => {
    const { columns, batches } = await session.query(sql, signal);
    const [first] = batches;
    if (!first || first.numRows === 0) return [];
    return columns.flatMap(({ type }, index) => {
      const data = first.data.children[index];
      return data ? [cellReader(data, type)(0)] : [];
    });
  };
}

async function seconds(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return (performance.now() - start) / 1000;
}

function textFile(type: TextType, bytes: number): { readonly file: File; readonly rows: number } {
  const parts: Blob[] = [];
  let [size, rows] = [0, 0];
  for (const lines of eventLines(type)) {
    if (size >= bytes) break;
    // A blob of its own may leave the page's memory.
    parts.push(new Blob([lines]));
    size += lines.length;
    rows += LINES_AT_ONCE;
  }
  return { file: new File(parts, `events.${type.toLowerCase()}`), rows };
}

async function stageWith(run: (sql: string) => Promise<unknown>, engine: Engine, file: File): Promise<number> {
  const url = engine.offer(file);
  await run('CREATE STAGE IF NOT EXISTS bench');
  const took = await seconds(() => run(`PUT '${url}' @bench/`));
  engine.withdraw(url);
  return took;
}

async function expectRows(run: (sql: string) => Promise<unknown[]>, table: string, rows: number): Promise<void> {
  const [count] = await run(`SELECT COUNT(*) FROM ${table}`);
  if (Number(count) !== rows) throw new Error(`${count} rows instead of ${rows}`);
}

/** COPY of CSV and NDJSON from a stage in OPFS to a table in OPFS; `amount` is in MB. */
export async function textBench(engine: Engine, amount: number, report: Report): Promise<void> {
  const run = runner(engine);
  for (const type of ['CSV', 'NDJSON'] as const) {
    const { file, rows } = textFile(type, amount * 1e6);
    const put = await stageWith(run, engine, file);
    await run(`CREATE OR REPLACE TABLE events (${EVENT_COLUMNS})`);
    const copy = `COPY INTO events FROM @bench/ FILES = ('${file.name}') FILE_FORMAT = (TYPE = '${type}')`;
    const took = await seconds(() => run(copy));
    await expectRows(run, 'events', rows);
    const detail = {
      rows,
      seconds: round(took),
      file_mb: round(file.size / 1e6, 1),
      put_mb_per_second: round(file.size / put / 1e6, 0),
    };
    report({ name: `copy_${type.toLowerCase()}`, value: round(file.size / took / 1e6, 1), unit: 'MB/s', ...detail });
    await run(`REMOVE @bench/`);
  }
}

const CASTS = `frame_id::STRING, video_id::STRING, frame_index::INT, collected_at::TIMESTAMP, event_tag::STRING,
  risk_score::DOUBLE, speed_kmh::DOUBLE`;
const WAYS = { casts: CASTS, expression: CASTS.replace('event_tag::STRING', 'UPPER(event_tag)::STRING') } as const;

/** COPY of Parquet, by casts and by an expression; `amount` is in rows. */
export async function copyBench(engine: Engine, amount: number, report: Report): Promise<void> {
  const run = runner(engine);
  const batches: RecordBatch[] = [];
  for (let first = 0; first < amount; first += GROUP_ROWS)
    batches.push(eventBatch(first, Math.min(GROUP_ROWS, amount - first)));
  for (const [index, batch] of batches.entries()) {
    const { bytes } = await encodeParquet([batch]);
    await stageWith(run, engine, new File([bytes], `part${index}.parquet`));
  }
  for (const [name, items] of Object.entries(WAYS)) {
    await run(`CREATE OR REPLACE TABLE events (${EVENT_COLUMNS})`);
    const sql = `COPY INTO events FROM (SELECT ${items} FROM @bench/) FILE_FORMAT = (TYPE = 'PARQUET')`;
    const took = await seconds(() => run(sql));
    await expectRows(run, 'events', amount);
    report({
      name: `copy_${name}`,
      value: round(amount / took / 1e6),
      unit: 'M rows/s',
      rows: amount,
      seconds: round(took),
    });
  }
  await run('REMOVE @bench/');
}

/** A file of `amount` MB is queried where it lies; what the tab's processes take meanwhile is the driver's to watch. */
export async function streamBench(engine: Engine, amount: number, report: Report): Promise<void> {
  const run = runner(engine);
  const { file } = textFile('CSV', amount * 1e6);
  await stageWith(run, engine, file);
  const sql = `SELECT MAX($7::DOUBLE) FROM @bench/${file.name} (FILE_FORMAT => 'CSV')`;
  const took = await seconds(() => run(sql));
  report({
    name: 'stream_csv',
    value: round(file.size / took / 1e6, 1),
    unit: 'MB/s',
    file_mb: round(file.size / 1e6, 1),
  });
  await run('REMOVE @bench/');
}
