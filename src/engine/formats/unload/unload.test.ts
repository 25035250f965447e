import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { collect } from '../../base/async.ts';
import { tries } from '../../test/long.ts';
import { initParquetInNode } from '../../test/parquet.ts';
import { columnOf, columns, readRows } from '../../test/read-rows.ts';
import { batchOf } from '../../types/build/batch.ts';
import type { Cell } from '../../types/cell.ts';
import { arrayOf, decimal, plain, type Schema } from '../../types/type.ts';
import { decompressed } from '../compression/decompress.ts';
import { unzstd } from '../compression/zstd.ts';
import type { FileFormat, FormatName, OptionValue } from '../format.ts';
import { formatOf } from '../index.ts';
import { defaultFormat } from '../options.ts';
import { unloadCompressor } from './compress.ts';
import { rowWriter } from './row-writer.ts';
import { zstdFrames } from './zstd.ts';

beforeAll(initParquetInNode);

type Rows = readonly (readonly Cell[])[];

function formatWith(type: FormatName, options: Readonly<Record<string, OptionValue>> = {}): FileFormat {
  return { type, options: { ...defaultFormat(type).options, ...options } };
}

function bytesOf(format: FileFormat, schema: Schema, rows: Rows): Uint8Array<ArrayBuffer> {
  const writer = rowWriter(format, schema, 'UTC');
  const body = writer.write(batchOf(schema, rows), 0, rows.length);
  return new Uint8Array(Buffer.concat([writer.header, body]));
}

const textOf = (...args: Parameters<typeof bytesOf>) => new TextDecoder().decode(bytesOf(...args));

const SCHEMA: Schema = [
  columnOf('s', plain('String')),
  columnOf('n', plain('Int32')),
  columnOf('f', plain('Float64')),
  columnOf('d', decimal(10, 4)),
  columnOf('b', plain('Boolean')),
  columnOf('t', plain('Timestamp')),
  columnOf('x', plain('Binary')),
  columnOf('v', plain('Variant')),
  columnOf('m', { kind: 'Map', key: plain('String'), value: arrayOf(plain('Int32')) }),
];
const ROWS: Rows = [
  ['a"b\t\\', 1, 1, 12300n, true, 1500000n, new Uint8Array([255]), '{"k":"\\""}', [['k', [1, null]]]],
  [null, null, Number.NaN, 20000n, false, null, null, null, null],
];

describe('records', () => {
  test('CSV has texts in quotes and NULL without', () => {
    expect(textOf(formatWith('CSV', { OUTPUT_HEADER: true }), SCHEMA, ROWS)).toBe(
      [
        '"s","n","f","d","b","t","x","v","m"',
        String.raw`"a""b${'\t'}\",1,1.0,1.23,true,"1970-01-01 00:00:01.500000",FF,"{""k"":""\""""}","{""k"":[1,null]}"`,
        String.raw`\N,\N,NaN,2,false,\N,\N,\N,\N`,
        '',
      ].join('\n'),
    );
  });

  test('TEXT has backslashes', () => {
    expect(textOf(formatWith('TEXT'), SCHEMA.slice(0, 5), ROWS)).toBe(
      ['a"b\\t\\\\\t1\t1.0\t1.23\t1', '\\N\t\\N\tNaN\t2\t0', ''].join('\n'),
    );
  });

  test('NDJSON has one object a row', () => {
    expect(textOf(formatWith('NDJSON'), SCHEMA, ROWS)).toBe(
      [
        String.raw`{"s":"a\"b\t\\","n":1,"f":1.0,"d":1.23,"b":true,"t":"1970-01-01 00:00:01.500000","x":"FF","v":{"k":"\""},"m":{"k":[1,null]}}`,
        '{"s":null,"n":null,"f":null,"d":2,"b":false,"t":null,"x":null,"v":null,"m":null}',
        '',
      ].join('\n'),
    );
  });

  test('QUOTE_MINIMAL quotes what needs it', () => {
    const schema = [columnOf('a', plain('String'))];
    const rows = [['x'], [''], ['a,b'], ['"'], ['\n'], [null]];
    expect(textOf(formatWith('CSV', { QUOTE_STYLE: 'QUOTE_MINIMAL' }), schema, rows)).toBe(
      'x\n\n"a,b"\n""""\n"\n"\n\\N\n',
    );
  });

  test('delimiters that cannot be written are refused', () => {
    expect(() => textOf(formatWith('CSV', { FIELD_DELIMITER: '||' }), SCHEMA, [])).toThrow(
      'It is not supported to unload CSV file with multi-bytes FIELD_DELIMITER',
    );
    expect(() => textOf(formatWith('TEXT', { FIELD_DELIMITER: '' }), SCHEMA, [])).toThrow(
      "It is not supported to unload TEXT file when FIELD_DELIMITER is ''",
    );
  });
});

describe('what is written is read back', () => {
  const schema: Schema = [
    columnOf('s', plain('String')),
    columnOf('n', plain('Int64')),
    columnOf('f', plain('Float64')),
    columnOf('b', plain('Boolean')),
  ];
  const text = fc.string({
    unit: fc.constantFrom('a', '"', ',', '\n', '\r', '\t', '\\', '|', 'é', '马', '\0'),
    maxLength: 6,
  });
  const row = fc.tuple(
    fc.option(text.filter((value) => value !== '')),
    fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
    fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
    fc.option(fc.boolean()),
  );
  const formats: readonly FileFormat[] = [
    formatWith('CSV'),
    formatWith('CSV', { ESCAPE: '\\', FIELD_DELIMITER: '|', QUOTE: "'", OUTPUT_HEADER: true, SKIP_HEADER: 1 }),
    formatWith('CSV', { QUOTE_STYLE: 'QUOTE_MINIMAL', NULL_DISPLAY: '<null>', RECORD_DELIMITER: '\r\n' }),
    formatWith('CSV', { ENCODING: 'gbk' }),
    formatWith('TEXT'),
    formatWith('TEXT', { FIELD_DELIMITER: '|', RECORD_DELIMITER: '\r\n', OUTPUT_HEADER: true, SKIP_HEADER: 1 }),
    formatWith('NDJSON'),
  ];

  test.each(formats.map((format) => [format.type, format] as const))('%s', async (_, format) => {
    const reader = formatOf(format);
    if (reader.kind !== 'row') throw new Error('not a row format');
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 5 }), async (rows) => {
        const bytes = bytesOf(format, schema, rows);
        const { rows: found, errors } = await readRows(reader.read, bytes, { format, target: columns(...schema) });
        expect(errors).toEqual([]);
        expect(found).toEqual(rows.map((cells) => [...cells]));
      }),
      { numRuns: tries(60) },
    );
  });
});

test('a character that an encoding does not have ends the statement', () => {
  const schema = [columnOf('a', plain('String'))];
  expect(() => bytesOf(formatWith('CSV', { ENCODING: 'gbk' }), schema, [['😀']])).toThrow(
    "failed to encode unload data with encoding 'gbk': character '😀' is not representable",
  );
  expect([...bytesOf(formatWith('CSV', { ENCODING: 'gbk' }), schema, [['你']])]).toEqual([
    0x22, 0xc4, 0xe3, 0x22, 0x0a,
  ]);
  expect([...bytesOf(formatWith('CSV', { ENCODING: 'utf-16le' }), schema, [['a']])].slice(2, 4)).toEqual([0x61, 0]);
});

async function* chunksOf(parts: readonly Uint8Array<ArrayBuffer>[]) {
  yield* parts;
}

describe('compression', () => {
  test.each(['GZIP', 'ZSTD', 'DEFLATE', 'RAW_DEFLATE', 'ZIP', 'NONE', 'AUTO', ''])(
    '%s is read back, though all chunks lie in one place',
    async (option) => {
      const { extension, compress } = unloadCompressor(formatWith('CSV', { COMPRESSION: option }));
      const content = Uint8Array.from({ length: 100_000 }, (_, index) => (index * index) % 251);
      const place = new Uint8Array(10_000);
      async function* chunks() {
        for (let start = 0; start < content.length; start += place.length) {
          place.set(content.subarray(start, start + place.length));
          yield place;
        }
      }
      async function* written() {
        for await (const piece of compress(chunks())) yield piece.slice();
      }
      const read = await collect(decompressed(written(), 'AUTO', `x.csv${extension}`));
      expect(Buffer.concat(read).equals(content)).toBe(true);
    },
  );

  test.each([0, 1, 3, 4, 1_048_575, 1_048_576, 2_500_002])(
    '%i bytes become zstd frames and come back',
    async (size) => {
      const content = Uint8Array.from({ length: size }, (_, index) => (index * index) % 251);
      async function* chunks() {
        yield content.slice(0, 1000);
        yield content.slice(1000);
      }
      const written = await collect(zstdFrames(chunks()));
      const read = await collect(unzstd(chunksOf(written)));
      expect(Buffer.concat(read).equals(content)).toBe(true);
      if (size > 1_000_000) expect(Buffer.concat(written).length).toBeLessThan(size / 100);
    },
  );

  test('what cannot be written is refused', () => {
    expect(() => unloadCompressor(formatWith('CSV', { COMPRESSION: 'XZ' }))).toThrow(
      'compress type xz is unimplemented',
    );
  });
});
