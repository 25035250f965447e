import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { initParquetInNode, sharedData, sharedSource } from '../../test/parquet.ts';
import { cellReader } from '../../types/cell.ts';
import { canonicalJson } from '../../types/json/canonical.ts';
import { plain } from '../../types/type.ts';
import { parquetFormat } from './format.ts';
import { variantNames, variantText } from './variant.ts';

beforeAll(initParquetInNode);

const signal = new AbortController().signal;
const format = { type: 'PARQUET', options: {} } as const;
const shredded = sharedData('parquet-testing', 'shredded_variant');
const single = sharedData('parquet-testing', 'variant');

interface Case {
  readonly case_number: number;
  readonly parquet_file?: string;
  readonly variant_file?: string;
  readonly variant_files?: readonly (string | null)[];
  readonly variant?: string;
  readonly error_message?: string;
}

const cases: readonly Case[] = shredded.present
  ? JSON.parse(readFileSync(join(shredded.path, 'cases.json'), 'utf8'))
  : [];
const valid = cases.filter(({ parquet_file, error_message }) => parquet_file !== undefined && !error_message);

async function variantsOf(file: string): Promise<(string | null)[]> {
  const source = sharedSource('parquet-testing/shredded_variant', file);
  const schema = await parquetFormat.readSchema(source, format, signal);
  expect(schema.find(({ name }) => name === 'var')?.type).toEqual(plain('Variant'));
  const texts: (string | null)[] = [];
  const request = { format, columns: ['var'], predicates: [], limit: undefined };
  for await (const { batch } of parquetFormat.read(source, request, signal)) {
    const [data] = batch.data.children;
    const read = data ? cellReader(data, plain('Variant')) : () => null;
    for (let row = 0; row < batch.numRows; row++) texts.push(read(row) as string | null);
  }
  return texts;
}

/** Metadata and value, one after the other. */
function unshredded(path: string): string {
  const bytes = readFileSync(path);
  const names = variantNames(bytes);
  const width = ((bytes[0] ?? 0) >> 6) + 1;
  const last = 1 + width * (names.length + 1);
  const end = last + width + bytes.readUIntLE(last, width);
  return canonicalJson(variantText(bytes.subarray(end), names));
}

function singleValue(name: string): string {
  const part = (suffix: string) => readFileSync(join(single.path, `${name}.${suffix}`));
  return variantText(part('value'), variantNames(part('metadata')));
}

/** What the words of a case say of a scalar, in our spelling; undefined where they say more than a scalar. */
function scalarWords(words: string): string | undefined {
  const [, type, value = ''] = /value=Variant\(type=(\w+), value=([^)]*)\)\)$/.exec(words) ?? [];
  if (type === undefined || type === 'BINARY' || type === 'UUID') return undefined;
  // Nanoseconds are cut towards 1970, as those of any column.
  if (type.endsWith('NANOS') && value < '1970') return undefined;
  if (type.startsWith('TIMESTAMP')) return `"${value.replace('T', ' ').slice(0, 26).padEnd(26, '0')}"`;
  if (type === 'TIME') return `"${value}"`;
  return type === 'STRING' || type === 'DATE' ? `"${value}"` : value;
}

describe.skipIf(!shredded.present)('shredded VARIANT (skipped where the shared data is absent)', () => {
  test.each(valid.map((entry) => [entry.parquet_file ?? '', entry] as const))(
    '%s is put together',
    async (file, entry) => {
      const parts = entry.variant_files ?? [entry.variant_file ?? null];
      const expected = parts.map((part) => (part === null ? null : unshredded(join(shredded.path, part))));
      const texts = await variantsOf(file);
      expect(texts).toEqual(expected);
      const words = entry.variant === undefined ? undefined : scalarWords(entry.variant);
      if (words !== undefined) expect(texts).toEqual([words]);
    },
  );
});

describe.skipIf(!single.present)('binary VARIANT (skipped where the shared data is absent)', () => {
  test.each([
    ['primitive_null', 'null'],
    ['primitive_boolean_true', 'true'],
    ['primitive_int8', '42'],
    ['primitive_int64', '1234567890123456789'],
    ['primitive_double', '1234567890.1234'],
    ['primitive_float', '1234568000.0'],
    ['primitive_decimal4', '12.34'],
    ['primitive_decimal16', '12345678912345678.90'],
    ['primitive_date', '"2025-04-16"'],
    ['primitive_time', '"12:33:54.123456"'],
    ['primitive_binary', '"031337DEADBEEFCAFE"'],
    ['array_primitive', '[2,1,5,9]'],
    [
      'array_nested',
      '[{"id":1,"thing":{"names":["Contrarian","Spider"]}},null,{"id":2,"names":["Apple","Ray",null],"type":"if"}]',
    ],
    ['object_empty', '{}'],
    ['short_string', '"Less than 64 bytes (❤️ with utf8)"'],
  ])('%s', (name, text) => {
    expect(singleValue(name)).toBe(text);
  });
});

test('bytes that end too early, or a member without a name, are an error', () => {
  expect(() => variantText(Uint8Array.of(0x14, 1), [])).toThrow(
    'a VARIANT cannot be read: it refers to bytes that it has not',
  );
  expect(() => variantText(Uint8Array.of(0x02, 1, 5, 0, 1, 0), [])).toThrow('a member has no name');
  expect(() => variantNames(Uint8Array.of(2, 0, 0))).toThrow('it is of version 2');
});
