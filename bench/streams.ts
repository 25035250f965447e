import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Report, round } from './figure.ts';
import { openShell, type ShellProcess } from './shell.ts';

const APPENDS = 1000;
const ROWS = 100;

const READS = {
  table: 'SELECT count(*), sum(id), max(tag) FROM events',
  additions: 'SELECT count(*), sum(id), max(tag) FROM additions',
  changes: 'SELECT count(*), sum(id), max(tag) FROM changes',
  backlog: "SELECT * FROM stream_backlog('changes')",
  last_batch: 'SELECT count(*), sum(id), max(tag) FROM last_batch',
} as const;

/**
 * A large table, many small appends, and streams that began before them and before the last: what each costs to read
 * next to reading the whole table. Every read is the first of its process, so that nothing is in memory yet.
 */
export async function benchStreams(rows: number, program: string, report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'boathouse-bench-'));
  const warehouse = join(folder, 'warehouse');
  try {
    await fill(openShell(program, warehouse), rows, report);
    const seconds = await coldReads(program, warehouse, report);
    report({ name: 'streams.additions of table', value: round(seconds.additions / seconds.table, 3), unit: 'ratio' });
    report({ name: 'streams.last batch of table', value: round(seconds.last_batch / seconds.table, 3), unit: 'ratio' });
    await afterUpdate(program, warehouse, report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(shell: ShellProcess, rows: number, report: Report): Promise<void> {
  await shell.run('SELECT 1');
  await shell.run('CREATE TABLE events (id BIGINT, tag STRING, score DOUBLE)');
  await shell.run(
    `INSERT INTO events SELECT number, concat('tag ', (number % 97)::STRING), number / 3 FROM numbers(${rows})`,
  );
  await shell.run('CREATE STREAM additions ON TABLE events');
  await shell.run('CREATE STREAM changes ON TABLE events APPEND_ONLY = FALSE');
  const start = performance.now();
  for (let batch = 0; batch < APPENDS; batch++) {
    if (batch === APPENDS - 1) await shell.run('CREATE STREAM last_batch ON TABLE events');
    await shell.run(`INSERT INTO events SELECT ${rows + batch * ROWS} + number, 'new', 0.5 FROM numbers(${ROWS})`);
  }
  const milliseconds = (performance.now() - start) / APPENDS;
  report({ name: 'streams.append', value: round(milliseconds), unit: 'ms', appends: APPENDS, rows: ROWS });
  await shell.close();
}

/** Of processor time: files are waited for in turn, which says more of the machine than of us. */
type Seconds = { readonly [Name in keyof typeof READS]: number };

async function coldReads(program: string, warehouse: string, report: Report): Promise<Seconds> {
  const seconds = { table: 0, additions: 0, changes: 0, backlog: 0, last_batch: 0 };
  for (const [name, sql] of Object.entries(READS)) {
    const shell = openShell(program, warehouse);
    await shell.run('SELECT 1'); // DuckDB starts with the first query.
    const { seconds: taken, cpuSeconds } = await shell.run(sql);
    seconds[name as keyof Seconds] = cpuSeconds; // The names are those of READS.
    const cpu = round(cpuSeconds * 1000);
    report({ name: `streams.${name.replace('_', ' ')}`, value: round(taken * 1000), unit: 'ms', cpu });
    await shell.close();
  }
  return seconds;
}

/** One row of the last batch is changed: two small files stand in the comparison, and the rest is untouched. */
async function afterUpdate(program: string, warehouse: string, report: Report): Promise<void> {
  const shell = openShell(program, warehouse);
  await shell.run('SELECT 1');
  await shell.run("CREATE STREAM one_row ON TABLE events APPEND_ONLY = FALSE COMMENT = 'of one update'");
  await shell.run('UPDATE events SET score = 1 WHERE id = (SELECT max(id) FROM events)');
  const read = await shell.run('SELECT * FROM one_row');
  report({ name: 'streams.one updated row', value: round(read.seconds * 1000), unit: 'ms', rows: read.rows.length });
  const consumed = await shell.run('SELECT count(*) FROM changes WITH CONSUME');
  report({ name: 'streams.consume', value: round(consumed.seconds * 1000), unit: 'ms' });
  await shell.close();
}
