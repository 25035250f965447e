import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { testEngine } from '../../engine/test/engine.ts';
import { fillTables, SAMPLE_TABLES } from './sample-tables.ts';

const SAMPLE = resolve(import.meta.dirname, '../../../public/sample');

test('the tables hold the rows that Home says of them, and filling them again doubles none', async () => {
  const { files } = JSON.parse(readFileSync(join(SAMPLE, 'index.json'), 'utf8'));
  const engine = await testEngine();
  await engine.rows(
    `CREATE STAGE citydrive_stage URL = 'fs://${join(SAMPLE, 'raw')}/' FILE_FORMAT = (TYPE = 'PARQUET')`,
  );
  for (let time = 0; time < 2; time++) {
    await engine.rows(fillTables().join('\n'));
    for (const { name } of SAMPLE_TABLES) {
      const rows = files.filter(({ table }: { readonly table: string }) => table === name);
      const total = rows.reduce((sum: number, file: { readonly rows: number }) => sum + file.rows, 0);
      expect([name, await engine.rows(`SELECT COUNT(*) FROM ${name}`)]).toEqual([name, [[String(total)]]]);
    }
  }
});

test('the types are those of the tour', () => {
  const tour = readFileSync(resolve(SAMPLE, '../worksheets/01-tour.sql'), 'utf8').replaceAll(/\s+/g, ' ');
  for (const { name, columns } of SAMPLE_TABLES) {
    const said = columns.map(([column, type]) => `${column} ${type}`).join(', ');
    expect(tour).toContain(`CREATE OR REPLACE TABLE ${name} ( ${said} );`);
  }
});
