import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textBlocks } from './text-block.ts';

const decoder = new TextDecoder();

/** Reads each row in its order, as it is decoded by itself. */
function expectAlike(values: readonly Uint8Array[], rows: readonly number[]): void {
  const bytes = new Uint8Array(Buffer.concat([Uint8Array.of(65, 66), ...values]));
  const offsets = [2];
  for (const value of values) offsets.push((offsets.at(-1) ?? 0) + value.length);
  const one = (row: number) => decoder.decode(bytes.subarray(offsets[row], offsets[row + 1]));
  const read = textBlocks({ bytes, offsets, length: values.length }, one);
  expect(rows.map(read)).toEqual(rows.map(one));
}

const encode = (text: string) => new TextEncoder().encode(text);
const all = (values: readonly unknown[]) => values.map((_, row) => row);

test('texts that are decoded together are what each is by itself', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '马', '😀', '\0'), maxLength: 9 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 40 }), (texts) => {
      const values = texts.map(encode);
      const rows = all(values);
      expectAlike(values, [...rows, ...rows.toReversed(), ...rows]);
      // As where every third is NULL.
      expectAlike(
        values,
        rows.filter((row) => row % 3 !== 0),
      );
    }),
  );
});

test('bytes that are no text by themselves are not made one by their neighbours', () => {
  const byte = fc.constantFrom(0x61, 0x80, 0xa9, 0xc3, 0xe9, 0xa9, 0xac, 0xf0, 0x9f, 0xff);
  fc.assert(
    fc.property(fc.array(fc.array(byte, { maxLength: 4 }), { minLength: 8, maxLength: 20 }), (values) =>
      expectAlike(
        values.map((value) => Uint8Array.from(value)),
        all(values),
      ),
    ),
  );
});

test('marks, long texts and many empty ones are read as well', () => {
  const short = Array.from({ length: 20 }, (_, row) => `${row} \ufeff`);
  const long = ['x'.repeat(5000), ...short, 'é'.repeat(3000)];
  const empty = Array.from({ length: 3000 }, () => '');
  const texts = ['\ufeffa', ...short, ...long, ...empty, ...Array.from({ length: 2000 }, (_, row) => `row ${row}`)];
  const values = texts.map(encode);
  expectAlike(values, all(values));
});
