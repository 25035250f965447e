import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Report, round } from './figure.ts';
import { openShell } from './shell.ts';

/** About what an export of 180 MB has. */
const BYTES = 180e6;
const LINES_AT_ONCE = 10_000;
const TAGS = ['cruise', 'hard_brake', 'lane_merge', 'night_lowlight', 'pedestrian'];
const COLUMNS = `frame_id STRING, video_id STRING, frame_index INT, collected_at TIMESTAMP, event_tag STRING,
  risk_score DOUBLE, speed_kmh DOUBLE`;

const FORMATS = {
  CSV: (event: object) => Object.values(event).join(','),
  NDJSON: (event: object) => JSON.stringify(event),
} as const;

/** COPY of one file of CSV and one of NDJSON through the shell, from the file's bytes to the flushed table. */
export async function benchText(program: string, report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'boathouse-bench-'));
  try {
    const shell = openShell(program, join(folder, 'warehouse'));
    await shell.run(`CREATE STAGE ev URL = 'fs://${folder}/'`);
    for (const [type, print] of Object.entries(FORMATS)) {
      const rows = writeLines(join(folder, `events.${type}`), print);
      const bytes = statSync(join(folder, `events.${type}`)).size;
      await shell.run(`CREATE OR REPLACE TABLE events (${COLUMNS})`);
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

/** The same events every time; returns how many. */
function writeLines(path: string, print: (event: object) => string): number {
  const file = openSync(path, 'w');
  let [rows, bytes, state] = [0, 0, 1];
  const random = (bound: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  while (bytes < BYTES) {
    const lines = Array.from({ length: LINES_AT_ONCE }, (_, line) => `${print(eventOf(rows + line, random))}\n`);
    bytes += writeSync(file, lines.join(''));
    rows += LINES_AT_ONCE;
  }
  closeSync(file);
  return rows;
}

function eventOf(row: number, random: (bound: number) => number): object {
  const time = new Date(Date.UTC(2025, 0, 1) + row * 40).toISOString();
  return {
    frame_id: `FRAME-${String(row).padStart(8, '0')}`,
    video_id: `VID-${String(Math.floor(row / 1000)).padStart(6, '0')}`,
    frame_index: row % 1000,
    collected_at: `${time.slice(0, 10)} ${time.slice(11, 23)}`,
    event_tag: TAGS[random(TAGS.length)],
    risk_score: random(10_000) / 10_000,
    speed_kmh: random(1300) / 10,
  };
}
