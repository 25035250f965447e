import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { SqlError } from '../../base/errors.ts';
import { initParquetInNode, sharedData, sharedSource } from '../../test/parquet.ts';
import { type Cell, cellReader } from '../../types/cell.ts';
import { parseDecimal } from '../../types/decimal.ts';
import type { SqlType } from '../../types/type.ts';
import type { FileSource } from '../format.ts';
import { parquetFormat } from './format.ts';

beforeAll(initParquetInNode);

const signal = new AbortController().signal;
const format = { type: 'PARQUET', options: {} } as const;
const corpus = sharedData('parquet-testing');

interface Expected {
  readonly rows: number;
  readonly schema: readonly (readonly [name: string, arrowType: string])[];
  readonly first: readonly (readonly unknown[])[];
}

/** Readable by pyarrow, which shows VARIANT as it is stored, but not by us, and why. */
const BROKEN: ReadonlyMap<string, string> = new Map([
  ['shredded_variant/case-040.parquet', 'a value stands in it twice'],
  ['shredded_variant/case-042.parquet', 'a value stands in it twice'],
  ['shredded_variant/case-087.parquet', 'it is no object but has members'],
  ['shredded_variant/case-127.parquet', 'UInt32, which VARIANT has not'],
  ['shredded_variant/case-128.parquet', 'it is no object but has members'],
  ['shredded_variant/case-137.parquet', 'bytes of a fixed width, which VARIANT has not'],
  ['nation.dict-malformed.parquet', 'EOF'],
  ['large_string_map.brotli.parquet', 'more than 512 MB'],
]);

const index: Readonly<Record<string, string>> = corpus.present
  ? JSON.parse(readFileSync(join(corpus.path, 'expected/index.json'), 'utf8'))
  : {};
const files = Object.keys(index);
const unreadable = (file: string) => index[file]?.startsWith('unreadable') === true || BROKEN.has(file);

async function readAll(file: FileSource): Promise<{ names: string[]; types: SqlType[]; rows: Cell[][] }> {
  const schema = await parquetFormat.readSchema(file, format, signal);
  const request = { format, columns: schema.map(({ name }) => name), predicates: [], limit: undefined };
  const rows: Cell[][] = [];
  for await (const { batch, firstRow } of parquetFormat.read(file, request, signal)) {
    expect(firstRow).toBe(rows.length);
    const readers = schema.map(({ type }, column) => {
      const data = batch.data.children[column];
      if (!data) throw new Error('a column is missing');
      return cellReader(data, type);
    });
    for (let row = 0; row < batch.numRows; row++) rows.push(readers.map((read) => read(row)));
  }
  return { names: schema.map(({ name }) => name), types: schema.map(({ type }) => type), rows };
}

/** A value of the expectations, in the form of a cell. */
function expectedCell(json: unknown, type: SqlType): unknown {
  if (json === null) return null;
  switch (type.kind) {
    case 'Variant':
      // Expected is the storage; `variant.test.ts` tells what it means.
      return expect.any(String);
    case 'Array':
      return (json as unknown[]).map((item) => expectedCell(item, type.element));
    case 'Map':
      return (json as [unknown, unknown][]).map(([key, value]) => [
        expectedCell(key, type.key),
        expectedCell(value, type.value),
      ]);
    case 'Tuple':
      return type.fields.map((field) => expectedCell((json as Record<string, unknown>)[field.name], field.type));
    default:
      return typeof json === 'object' ? taggedCell(json as Record<string, string>, type) : plainCell(json, type);
  }
}

function plainCell(json: unknown, { kind }: SqlType): unknown {
  if (kind === 'Int64' || kind === 'UInt64') return BigInt(json as number);
  return json;
}

const EPOCH_DAY = 86_400_000;

function taggedCell(json: Record<string, string>, type: SqlType): unknown {
  const [tag, text] = Object.entries(json)[0] ?? ['', ''];
  switch (tag) {
    case '$int':
      return type.kind === 'Int64' || type.kind === 'UInt64' ? BigInt(text) : Number(text);
    case '$float':
      return Number(text.replace(/^nan$/i, 'NaN').replace(/inf$/, 'Infinity'));
    case '$hex':
      return Uint8Array.from(Buffer.from(text, 'hex'));
    case '$decimal':
      return parseDecimal(text, type.kind === 'Decimal' ? type.scale : 0);
    case '$time':
      return type.kind === 'Int64' ? microsOfDay(text) : Date.parse(`${text}Z`) / EPOCH_DAY;
    case '$ms':
      return BigInt(text) * 1000n;
    case '$us':
      return BigInt(text) === OVERFLOWN.theirs ? OVERFLOWN.right : BigInt(text);
    case '$ns':
      return BigInt(text) / 1000n;
    default:
      throw new Error(`unknown tag ${tag}`);
  }
}

/** TIME shows its storage, which is microseconds in these files. */
function microsOfDay(text: string): bigint {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return BigInt(Math.round(((hours * 60 + minutes) * 60 + seconds) * 1e6));
}

/** A timestamp of int96_from_spark.parquet that overflows in pyarrow: it is 290000-12-30 23:00:00. */
const OVERFLOWN = { theirs: -7188624036226874385n, right: 9089380393200000000n };

/** Views into the batch become arrays of their own, as toEqual wants them. */
function plainBytes(cell: Cell): unknown {
  if (cell instanceof Uint8Array) return Uint8Array.from(cell);
  return Array.isArray(cell) ? cell.map(plainBytes) : cell;
}

describe.skipIf(!corpus.present)('parquet-testing (skipped where the shared data is absent)', () => {
  test.each(files.filter((file) => !unreadable(file)))('%s gives its rows', async (file) => {
    const name = `${file.replaceAll('/', '__')}.json`;
    const expected: Expected = JSON.parse(readFileSync(join(corpus.path, 'expected', name), 'utf8'));
    const { names, types, rows } = await readAll(sharedSource('parquet-testing', file));
    expect(names).toEqual(expected.schema.map(([column]) => column));
    expect(rows.length).toBe(expected.rows);
    const first = expected.first.map((row) =>
      row.map((value, column) => expectedCell(value, types[column] ?? { kind: 'Null' })),
    );
    expect(rows.slice(0, expected.first.length).map((row) => row.map(plainBytes))).toEqual(first);
  });

  test.each(files.filter((file) => unreadable(file) && file !== 'incorrect_map_schema.parquet'))(
    '%s ends in a clear error, and the next file is read',
    async (file) => {
      const error = await readAll(sharedSource('parquet-testing', file)).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(SqlError);
      expect(error).toMatchObject({ kind: 'ParquetFileInvalid' });
      expect((error as SqlError).message).toMatch(`Invalid Parquet file '${file}': `);
      expect((error as SqlError).message).toContain(BROKEN.get(file) ?? '');
      const { rows } = await readAll(sharedSource('parquet-testing', 'alltypes_plain.parquet'));
      expect(rows.length).toBe(8);
    },
  );

  test('a map whose keys may be null, which the specification forbids, is read', async () => {
    const { rows } = await readAll(sharedSource('parquet-testing', 'incorrect_map_schema.parquet'));
    expect(rows).toEqual([
      [
        [
          ['parent', 'another'],
          ['name', 'report'],
        ],
      ],
    ]);
  });
});
