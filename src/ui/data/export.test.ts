import { RecordBatchFileWriter, tableFromArrays, tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import { collect, stageExportText } from './export.ts';

test('an Arrow file that is collected while it is written holds every row', async () => {
  const writer = new RecordBatchFileWriter();
  const file = collect(writer);
  const count = 400_000;
  for (let part = 0; part < 3; part++) {
    const table = tableFromArrays({ n: Float64Array.from({ length: count }, (_, row) => part * count + row) });
    for (const batch of table.batches) writer.write(batch);
    await Promise.resolve();
  }
  writer.finish();
  const read = tableFromIPC(new Uint8Array(await (await file).arrayBuffer()));
  const column = read.getChild('n');
  expect([read.numRows, column?.get(0), column?.get(3 * count - 1)]).toEqual([3 * count, 0, 3 * count - 1]);
});

test('an export into a stage is a COPY around the query', () => {
  expect(stageExportText('SELECT 1 AS a;', '@out/day 1/', 'CSV')).toBe(`COPY INTO '@out/day 1/'
FROM (
SELECT 1 AS a
)
FILE_FORMAT = (TYPE = CSV OUTPUT_HEADER = true);`);
});
