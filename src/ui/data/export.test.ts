import { expect, test } from 'vitest';
import { stageExportText } from './export.ts';

test('an export into a stage is a COPY around the query', () => {
  expect(stageExportText('SELECT 1 AS a;', '@out/day 1/', 'CSV')).toBe(`COPY INTO '@out/day 1/'
FROM (
SELECT 1 AS a
)
FILE_FORMAT = (TYPE = CSV OUTPUT_HEADER = true);`);
});
