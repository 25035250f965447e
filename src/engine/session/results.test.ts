import { Dictionary, Field, Int32, makeData, RecordBatch, Schema, Struct, Utf8, vectorFromArray } from 'apache-arrow';
import { expect, test } from 'vitest';
import { memoryStore } from '../stores/memory.ts';
import { batchOf } from '../types/build/batch.ts';
import { cellReader } from '../types/cell.ts';
import { plain } from '../types/type.ts';
import { resultStore } from './results.ts';

const COLUMNS = [{ name: 'c0', type: plain('String'), nullable: true }];
const { signal } = new AbortController();

/** The same kind of rows as they come where a file keeps its dictionary. */
function dictionaryBatch(texts: readonly string[]): RecordBatch {
  const { data } = vectorFromArray([...texts], new Dictionary(new Utf8(), new Int32()));
  const [column] = data;
  if (!column) throw new Error('a column has data');
  const fields = [new Field('c0', column.type, true)];
  const struct = makeData({ type: new Struct(fields), length: texts.length, nullCount: 0, children: [column] });
  return new RecordBatch(new Schema(fields), struct);
}

test('rows of a sealed chunk are all there, whatever form their batches have', async () => {
  const results = resultStore(memoryStore(), 'results');
  const writer = results.open('r', COLUMNS);
  const plainTexts = Array.from({ length: 40_000 }, (_, row) => `plain ${row}`);
  await writer.append(dictionaryBatch(['a', 'b', 'a']), signal);
  await writer.append(
    batchOf(
      COLUMNS,
      plainTexts.map((text) => [text]),
    ),
    signal,
  );
  await writer.append(
    batchOf(
      COLUMNS,
      plainTexts.map((text) => [text]),
    ),
    signal,
  );
  expect(writer.rows).toBe(80_003);
  const texts = async (start: number, count: number) => {
    const batch = await results.rows('r', { start, count }, signal);
    const [column] = batch.data.children;
    const read = column ? cellReader(column, plain('String')) : () => null;
    return Array.from({ length: batch.numRows }, (_, row) => read(row));
  };
  expect(await texts(1, 3)).toEqual(['b', 'a', 'plain 0']);
  expect(await texts(80_001, 10)).toEqual(['plain 39998', 'plain 39999']);
});

test('a result is read to its end though it is forgotten meanwhile', async () => {
  const spill = memoryStore();
  const results = resultStore(spill, 'results');
  const writer = results.open('r', COLUMNS);
  const text = 'x'.repeat(20_000);
  // More than stays in memory.
  for (let chunk = 0; chunk < 3; chunk++) {
    await writer.append(dictionaryBatch(Array.from({ length: 65_536 }, () => `${chunk}`)), signal);
  }
  await writer.append(batchOf(COLUMNS, [[text]]), signal);
  const reader = results.read('r');
  expect(reader.rows).toBe(3 * 65_536 + 1);
  const seen: unknown[] = [];
  for await (const { data } of reader.batches(signal)) {
    await results.forget('r');
    const [column] = data.children;
    expect(String(column?.type)).toBe('Utf8');
    seen.push([data.length, column && cellReader(column, plain('String'))(0)]);
  }
  expect(seen).toEqual([
    [65_536, '0'],
    [65_536, '1'],
    [65_536, '2'],
    [1, text],
  ]);
  expect(() => results.read('r')).toThrow(expect.objectContaining({ kind: 'UnknownQuery' }));
});
