import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { encodeParquet } from '../formats/parquet/encode.ts';
import { testEngine } from '../test/engine.ts';
import { batchOf } from '../types/build/batch.ts';
import { plain } from '../types/type.ts';

const folder = mkdtempSync(join(tmpdir(), 'boathouse-streamed-'));
const engine = await testEngine();

afterAll(() => rmSync(folder, { recursive: true }));

test('a LIMIT counts the rows that come out, not those that are read', async () => {
  await engine.rows('CREATE TABLE lists (a ARRAY(INT))');
  await engine.rows('INSERT INTO lists VALUES ([]), ([]), ([]), ([1, 2]), ([3])');
  expect(await engine.rows('SELECT unnest(a) FROM lists LIMIT 2')).toEqual([['1'], ['2']]);
});

test('files whose column has another type than the first are not skipped by its values', async () => {
  const days = batchOf([{ name: 'd', type: plain('Date'), nullable: true }], [[20_000], [20_001]]);
  const micros = batchOf([{ name: 'd', type: plain('Timestamp'), nullable: true }], [[20_000n * 86_400_000_000n]]);
  const texts = batchOf([{ name: 'D', type: plain('String'), nullable: true }], [['2024-10-04']]);
  for (const [index, batch] of [days, micros, texts].entries())
    writeFileSync(join(folder, `${index}.parquet`), (await encodeParquet([batch])).bytes);
  await engine.rows(`CREATE STAGE drift URL = 'fs://${folder}/'`);
  for (const condition of ["d = DATE '2024-10-04'", "d < DATE '2024-10-05'", "d <= '2024-10-04'::DATE"])
    expect(await engine.rows(`SELECT d FROM @drift WHERE ${condition}`)).toEqual([
      ['2024-10-04'],
      ['2024-10-04'],
      ['2024-10-04'],
    ]);
});
