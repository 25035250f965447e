import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Report, round } from './figure.ts';
import { openShell, type ShellProcess } from './shell.ts';

const COLUMNS = `number::BIGINT AS id, 'v_' || (number % 5000)::VARCHAR AS video, (number % 8)::INT AS tag,
  number / 7 AS risk, to_timestamp(1700000000 + number) AS at`;

interface Change {
  readonly name: string;
  readonly sql: string;
  /** Rows that the statement touches. */
  readonly rows: number;
}

/** UPDATE, DELETE and MERGE of a part of a large table, through the shell. */
export async function benchDml(rows: number, program: string, report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'boathouse-bench-'));
  const shell = openShell(program, join(folder, 'warehouse'));
  try {
    await shell.run('SELECT 1');
    const merged = Math.min(rows, 1_000_000);
    await shell.run(`CREATE TABLE target AS SELECT ${COLUMNS} FROM numbers(${merged})`);
    await shell.run(`CREATE TABLE source AS SELECT id + ${merged - merged / 20} AS id, 'new' AS video, tag, risk, at
      FROM target WHERE id < ${merged / 10}`);
    for (const change of merges(merged)) await measure(change, { shell, total: merged, report });
    await shell.run(`CREATE TABLE large AS SELECT ${COLUMNS} FROM numbers(${rows})`);
    for (const change of changes(rows)) await measure(change, { shell, total: rows, report });
  } finally {
    await shell.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function merges(rows: number): readonly Change[] {
  const head = 'MERGE INTO target AS t USING';
  const tail = 'ON t.id = s.id WHEN MATCHED THEN UPDATE SET video = s.video WHEN NOT MATCHED THEN INSERT *';
  const everywhere = `(SELECT number * 11 AS id, 'x' AS video, 1 AS tag, 0.5 AS risk, now() AS at FROM numbers(${rows / 10}))`;
  return [
    { name: 'merge_half_new', sql: `${head} source AS s ${tail}`, rows: rows / 10 },
    { name: 'merge_everywhere', sql: `${head} ${everywhere} AS s ${tail}`, rows: rows / 10 },
  ];
}

/** The first touches one file, the second all of them. */
function changes(rows: number): readonly Change[] {
  const part = rows / 100;
  const range = `id BETWEEN ${rows / 2 + 1} AND ${rows / 2 + part}`;
  return [
    { name: 'update_range', sql: `UPDATE large SET video = video || '!', tag = 9 WHERE ${range}`, rows: part },
    { name: 'update_everywhere', sql: 'UPDATE large SET tag = tag + 1 WHERE id % 100 = 7', rows: part },
    { name: 'delete_range', sql: `DELETE FROM large WHERE ${range}`, rows: part },
  ];
}

interface Setting {
  readonly shell: ShellProcess;
  readonly total: number;
  readonly report: Report;
}

async function measure({ name, sql, rows }: Change, { shell, total, report }: Setting): Promise<void> {
  const { seconds, cpuSeconds, rows: answer } = await shell.run(sql);
  const touched = (answer[0] ?? []).reduce((sum, count) => sum + Number(count), 0);
  if (touched !== rows) throw new Error(`${name} touches ${touched} rows instead of ${rows}`);
  const detail = { rows, of: total, cpu_seconds: round(cpuSeconds) };
  report({ name: `dml_${name}`, value: round(seconds), unit: 's', ...detail });
}
