import { Field, Float64, makeData, tableFromIPC, Utf8, vectorFromArray } from 'apache-arrow';
import { expect, test } from 'vitest';
import { arrowBatch } from './build/batch.ts';
import { ipcStream } from './ipc.ts';

test('a column that stands in a batch more than once is written as often', () => {
  const rows = 1000;
  const data = Float64Array.from({ length: rows }, (_, row) => row / 2);
  const numbers = makeData({ type: new Float64(), length: rows, nullCount: 0, data });
  const [texts] = vectorFromArray(
    Array.from({ length: rows }, (_, row) => (row % 3 ? `t${row}` : null)),
    new Utf8(),
  ).data;
  if (!texts) throw new Error('a vector has data');
  const fields = ['a', 'b'].map((name) => new Field(name, new Float64(), true));
  const named = ['c', 'd'].map((name) => new Field(name, new Utf8(), true));
  const batch = arrowBatch([...fields, ...named], [numbers, numbers, texts, texts], rows);
  const read = tableFromIPC(ipcStream([batch, batch]));
  expect(read.numRows).toBe(2 * rows);
  for (const row of [0, 1, 999, 1000, 1999]) {
    const at = row % rows;
    const text = at % 3 ? `t${at}` : null;
    expect(read.get(row)?.toJSON()).toEqual({ a: at / 2, b: at / 2, c: text, d: text });
  }
});
