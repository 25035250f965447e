import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Report, round } from './figure.ts';
import { EVENT_COLUMNS, eventLines, LINES_AT_ONCE, type TextType } from './lines.ts';
import { openShell } from './shell.ts';

/** About what an export of 180 MB has. */
const BYTES = 180e6;

/** COPY of one file of CSV and one of NDJSON through the shell, from the file's bytes to the flushed table. */
export async function benchText(program: string, report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'boathouse-bench-'));
  try {
    const shell = openShell(program, join(folder, 'warehouse'));
    await shell.run(`CREATE STAGE ev URL = 'fs://${folder}/'`);
    for (const type of ['CSV', 'NDJSON'] as const) {
      const rows = writeLines(join(folder, `events.${type}`), type);
      const bytes = statSync(join(folder, `events.${type}`)).size;
      await shell.run(`CREATE OR REPLACE TABLE events (${EVENT_COLUMNS})`);
      const copy = `COPY INTO events FROM @ev/ FILES = ('events.${type}') FILE_FORMAT = (TYPE = '${type}')`;
      const { seconds, cpuSeconds } = await shell.run(copy);
      const counted = await shell.run('SELECT COUNT(*) FROM events');
      if (counted.rows[0]?.[0] !== String(rows)) throw new Error(`${counted.rows[0]?.[0]} rows instead of ${rows}`);
      const name = `copy_${type.toLowerCase()}`;
      const rate = { rows_per_second: round(rows / seconds, 0), mb_per_cpu_second: round(bytes / cpuSeconds / 1e6, 1) };
      const took = { seconds: round(seconds), cpu_seconds: round(cpuSeconds), file_mb: round(bytes / 1e6, 1) };
      report({ name, value: round(bytes / seconds / 1e6, 1), unit: 'MB/s', rows, ...took, ...rate });
    }
    await shell.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns how many rows it has. */
function writeLines(path: string, type: TextType): number {
  const file = openSync(path, 'w');
  let [rows, bytes] = [0, 0];
  for (const lines of eventLines(type)) {
    if (bytes >= BYTES) break;
    bytes += writeSync(file, lines);
    rows += LINES_AT_ONCE;
  }
  closeSync(file);
  return rows;
}
