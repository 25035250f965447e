import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type FileOutcome, NO_PROGRESS } from '../../base/progress.ts';
import { runWith, testEngine } from '../../test/engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'boathouse-told-'));
const engine = await testEngine();

afterAll(() => rmSync(folder, { recursive: true }));

test('COPY tells of each file as it is read what its result says of it, and nothing of a file without rows', async () => {
  writeFileSync(join(folder, 'a.csv'), '1\n2\n');
  writeFileSync(join(folder, 'b.csv'), '3\nnone\n5\n');
  writeFileSync(join(folder, 'c.csv'), '');
  writeFileSync(join(folder, 'd.csv'), '6\n');
  await engine.run(`CREATE STAGE s URL = 'fs://${folder}/' FILE_FORMAT = (TYPE = CSV);
    CREATE TABLE t (n INT)`);
  const told: (FileOutcome | 'end')[] = [];
  await runWith(engine, 'COPY INTO t FROM @s ON_ERROR = CONTINUE', {
    progress: () => ({ ...NO_PROGRESS, fileDone: (outcome) => told.push(outcome) }),
    finished: () => told.push('end'),
  });
  expect(told).toEqual([
    { file: 'a.csv', rows: 2, errors: 0, firstError: undefined, firstLine: undefined },
    { file: 'b.csv', rows: 2, errors: 1, firstError: expect.stringContaining("'none'"), firstLine: 2 },
    { file: 'd.csv', rows: 1, errors: 0, firstError: undefined, firstLine: undefined },
    'end',
  ]);
});
