import { expect, test } from 'vitest';
import { NO_PROGRESS, type ProgressCounts } from '../base/progress.ts';
import { runWith, testEngine } from '../test/engine.ts';

const engine = await testEngine();

async function toldBy(sql: string): Promise<{ readonly files: number; readonly written: number }> {
  const told = { files: 0, written: 0 };
  const add = ({ files = 0, written = 0 }: ProgressCounts) => {
    told.files += files;
    told.written += written;
  };
  await runWith(engine, sql, { progress: () => ({ ...NO_PROGRESS, add }) });
  return told;
}

test('rows that are written are told, also where none are read', async () => {
  expect(await toldBy('CREATE TABLE ride AS SELECT number AS id FROM numbers(200000)')).toEqual({
    files: 0,
    written: 200_000,
  });
  expect(await toldBy('INSERT INTO ride SELECT number FROM numbers(5)')).toMatchObject({ written: 5 });
  expect(await toldBy('INSERT INTO ride VALUES (7)')).toMatchObject({ written: 1 });
});

test('files that are written are not counted among those that are read', async () => {
  expect(await toldBy('COPY INTO @~/rides/ FROM ride FILE_FORMAT = (TYPE = CSV)')).toEqual({
    files: 3,
    written: 200_006,
  });
});
