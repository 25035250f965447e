import { Decimal, Field, Float64, Int64, makeData, RecordBatch, Schema, Struct, vectorFromArray } from 'apache-arrow';
import { expect, test } from 'vitest';
import type { Column, SqlType } from '../../../engine/index.ts';
import { batchSource } from './source.ts';
import { rangeSummary } from './summary.ts';

const column = (name: string, type: SqlType): Column => ({ name, type, nullable: true });

function source() {
  const big = vectorFromArray([9007199254740993n, null, 2n], new Int64()).data[0];
  const share = vectorFromArray([0.5, 0.25, null], new Float64()).data[0];
  const words = new Uint32Array([125, 0, 0, 0, 50, 0, 0, 0, 1, 0, 0, 0]);
  const price = makeData({ type: new Decimal(2, 38, 128), length: 3, data: words });
  const children = [big, share, price].flatMap((data) => data ?? []);
  const fields = ['big', 'share', 'price'].map(
    (name, index) => new Field(name, children[index]?.type ?? new Int64(), true),
  );
  const data = makeData({ type: new Struct(fields), length: 3, children });
  const columns = [
    column('big', { kind: 'Int64' }),
    column('share', { kind: 'Float64' }),
    column('price', { kind: 'Decimal', precision: 38, scale: 2 }),
  ];
  return batchSource('rows', columns, [new RecordBatch(new Schema(fields), data)]);
}

const of = (left: number, right: number, bottom = 2) =>
  rangeSummary(source(), { top: 0, bottom, left, right }, new AbortController().signal);

test('whole and decimal numbers are summed to the last digit', async () => {
  expect(await of(0, 0)).toEqual({ values: 2, sum: '9007199254740995', average: 2 ** 52 + 1.5 });
  expect(await of(2, 2)).toEqual({ values: 3, sum: '1.76', average: 0.58666666 });
  expect(await of(0, 0, 0)).toEqual({ values: 1, sum: '9007199254740993', average: 2 ** 53 });
});

test('with a floating-point number among them the sum is one, too', async () => {
  expect(await of(1, 2)).toEqual({ values: 5, sum: '2.51', average: 0.502 });
});
