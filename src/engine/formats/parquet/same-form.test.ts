import {
  Decimal,
  Dictionary,
  Field,
  Float32,
  Int32,
  Int64,
  LargeUtf8,
  List,
  TimestampMicrosecond,
  TimestampMillisecond,
  Utf8,
} from 'apache-arrow';
import { beforeAll, describe, expect, test } from 'vitest';
import { bytesSource, initParquetInNode, sharedData, sharedSource } from '../../test/parquet.ts';
import { encodeParquet } from './encode.ts';
import { readFooter } from './footer.ts';
import { hasWrittenForm } from './same-form.ts';

beforeAll(initParquetInNode);

const signal = new AbortController().signal;
const list = (name: string) => new List(new Field(name, new Float32(), true));
const TABLE = [
  new Field('id', new Utf8(), true),
  new Field('at', new TimestampMicrosecond('UTC'), true),
  new Field('price', new Decimal(2, 9, 128), true),
  new Field('embedding', list('element'), true),
];

async function accepts(file: readonly Field[], table: readonly Field[] = TABLE): Promise<boolean> {
  const { bytes } = await encodeParquet([], { fields: file });
  return hasWrittenForm(await readFooter(bytesSource('x.parquet', bytes), signal), table);
}

const withField = (index: number, field: Field) => TABLE.map((own, at) => (at === index ? field : own));

test('a file of the types that we would write is taken, however they stood in memory', async () => {
  expect(await accepts(TABLE)).toBe(true);
  expect(await accepts(withField(0, new Field('id', new LargeUtf8(), true)))).toBe(true);
  expect(await accepts(withField(0, new Field('id', new Dictionary(new Utf8(), new Int32()), true)))).toBe(true);
  expect(await accepts(withField(0, new Field('id', new Utf8(), false)))).toBe(true);
});

test.each([
  ['another name', withField(0, new Field('ID', new Utf8(), true))],
  ['another order', [...TABLE.slice(1), ...TABLE.slice(0, 1)]],
  ['a column more', [...TABLE, new Field('more', new Int32(), true)]],
  ['a column less', TABLE.slice(1)],
  ['local time', withField(1, new Field('at', new TimestampMicrosecond(), true))],
  ['milliseconds', withField(1, new Field('at', new TimestampMillisecond('UTC'), true))],
  ['another width', withField(1, new Field('at', new Int64(), true))],
  ['another precision', withField(2, new Field('price', new Decimal(2, 18, 128), true))],
  ['another scale', withField(2, new Field('price', new Decimal(3, 9, 128), true))],
])('a file with %s is not', async (_, file) => {
  expect(await accepts(file)).toBe(false);
});

test('NULL has no place in a column that is NOT NULL', async () => {
  const required = withField(0, new Field('id', new Utf8(), false));
  expect(await accepts(TABLE, required)).toBe(false);
  expect(await accepts(required, required)).toBe(true);
});

describe.skipIf(!sharedData('citydrive').present)('CityDrive (skipped where the data is absent)', () => {
  test('an export of another writer is taken only if its types are ours', async () => {
    const fields = ['video_id', 'vehicle_id'].map((name) => new Field(name, new Utf8(), true));
    const file = sharedSource('citydrive/raw', 'videos/capture_date=2025-01-01/videos.parquet');
    expect(await hasWrittenForm(await readFooter(file, signal), fields)).toBe(false);
  });
});
