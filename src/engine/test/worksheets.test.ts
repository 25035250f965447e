import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { StatementResult } from '../cli/collect.ts';
import { type TestEngine, testEngine } from './engine.ts';

const PUBLIC = resolve(import.meta.dirname, '../../../public');
const titles: readonly { readonly file: string }[] = JSON.parse(
  readFileSync(join(PUBLIC, 'worksheets/index.json'), 'utf8'),
);

let engine: TestEngine;
const results = new Map<string, readonly StatementResult[]>();

/** Every worksheet once, in the order in which they are listed. */
beforeAll(async () => {
  engine = await testEngine();
  const stage = `CREATE STAGE citydrive_stage URL = 'fs://${PUBLIC}/sample/raw/' FILE_FORMAT = (TYPE = 'PARQUET')`;
  await engine.rows(stage);
  for (const { file } of titles) {
    results.set(file, await engine.run(readFileSync(join(PUBLIC, 'worksheets', file), 'utf8')));
  }
}, 120_000);

const rowsOf = (file: string) =>
  (results.get(file) ?? []).map((result) => (result.ok ? result.rows : result.error.message));

test.each(titles)('$file runs to its end', ({ file }) => {
  const failed = (results.get(file) ?? []).filter((result) => !result.ok);
  expect(failed).toEqual([]);
  expect(results.get(file)?.length).toBeGreaterThan(2);
});

test('the tour loads all rows of the sample once', async () => {
  const { files } = JSON.parse(readFileSync(join(PUBLIC, 'sample/index.json'), 'utf8'));
  const expected = new Map<string, number>();
  for (const { table, rows } of files) expected.set(table, (expected.get(table) ?? 0) + rows);
  for (const [table, rows] of expected) {
    expect(await engine.rows(`SELECT COUNT(*) FROM ${table}`)).toEqual([[String(rows)]]);
  }
});

test('the guides print the same rows', () => {
  const analytics = rowsOf('02-analytics.sql');
  expect(analytics[2]).toEqual([['FRAME-0501']]);
  expect(analytics[3]?.slice(0, 2)).toEqual([
    ['Downtown Loop', 'hard_brake', '1', '0.81'],
    ['Port Perimeter', 'lane_merge', '1', '0.74'],
  ]);
  const json = rowsOf('03-json.sql');
  expect(json[0]).toEqual([
    ['FRAME-0301', 'clear', '52.6'],
    ['FRAME-0201', 'overcast', '48.1'],
    ['FRAME-0401', 'lightfog', '38.9'],
    ['FRAME-0101', 'rain', '32.4'],
  ]);
  expect(json[2]).toEqual([
    ['FRAME-0102', 'pedestrian', '0.92'],
    ['FRAME-0102', 'bike', '0.35'],
  ]);
  const geo = rowsOf('05-geo.sql');
  expect(geo[0]).toEqual([
    ['FRAME-0102', 'VID-20250101-001', 'pedestrian', '180.277138577'],
    ['FRAME-0101', 'VID-20250101-001', 'hard_brake', '324.291965923'],
  ]);
  expect(geo[2]?.slice(0, 2)).toEqual([
    ['613635011200942079', '1', '0.81'],
    ['613635011532292095', '1', '0.74'],
  ]);
  expect(geo[3]).toEqual([
    ['SIG-0002', 'VID-20250103-001', 'FRAME-0401', '0.000741116', '0.008765', 'fusion_gnss'],
    ['SIG-0001', 'VID-20250101-001', 'FRAME-0101', '0.000896705', '0.012345', 'fusion_gnss'],
  ]);
});

test('the frames of one scene are the nearest', () => {
  const [nearest, rear, similar] = rowsOf('04-vectors.sql');
  expect(nearest).toEqual([
    ['FRAME-0101', 'VID-20250101-001', '0.0'],
    ['FRAME-0102', 'VID-20250101-001', expect.stringMatching(/^0\.1/)],
    ['FRAME-0201', 'VID-20250101-002', expect.stringMatching(/^0\.3/)],
  ]);
  expect(rear).toEqual([['FRAME-0401', 'rear_cam', expect.stringMatching(/^0\.[67]/)]]);
  expect(similar?.slice(0, 2)).toEqual([
    ['FRAME-0102', 'VID-20250101-001', 'pedestrian', '0.67', '0.0'],
    ['FRAME-0101', 'VID-20250101-001', 'hard_brake', '0.81', expect.stringMatching(/^0\.1/)],
  ]);
});
