import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tries } from '../../test/long.ts';
import { columnOf, columns, formatWith, readRows } from '../../test/read-rows.ts';
import { decimal, plain, type SqlType } from '../../types/type.ts';
import type { FileSource, OptionValue, RowRequest } from '../format.ts';
import { CSV_OPTIONS } from './options.ts';
import { readCsv } from './read.ts';

type Options = Readonly<Record<string, OptionValue>>;

function select(text: string | Uint8Array, count: number, options: Options = {}) {
  return readRows(readCsv, text, {
    format: formatWith('CSV', CSV_OPTIONS, options),
    target: { kind: 'Positions', count },
  });
}

async function positions(text: string | Uint8Array, count: number, options: Options = {}) {
  return (await select(text, count, options)).rows;
}

function copy(text: string | Uint8Array, target: RowRequest['target'], options: Options = {}) {
  return readRows(readCsv, text, { format: formatWith('CSV', CSV_OPTIONS, options), target });
}

const INT = plain('Int32');
const TEXT = plain('String');
const ABC = columns(columnOf('a', INT), columnOf('b', TEXT), columnOf('c', INT));

describe('records and fields', () => {
  test('any newline ends a record, and the last one needs none', async () => {
    expect(await positions('a,1\nb,2\r\nc,3\rd,4', 2)).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
      ['d', '4'],
    ]);
  });

  test('empty lines are no records', async () => {
    const { rows, rowNumbers } = await select('\n\na\n\r\n\nb\n\n', 1);
    expect(rows).toEqual([['a'], ['b']]);
    expect(rowNumbers).toEqual([0, 1]);
  });

  test('quotes hold delimiters, newlines and doubled quotes', async () => {
    expect(await positions('"a,b","c\nd","say ""hi"""\n', 3)).toEqual([['a,b', 'c\nd', 'say "hi"']]);
  });

  test('a quote counts at the start of a field only, and text may follow its end', async () => {
    expect(await positions('a"b, "c","ab"c,"d""e"f"g\n', 4)).toEqual([['a"b', ' "c"', 'abc', 'd"ef"g']]);
  });

  test('an escape takes the next byte literally, inside quotes only', async () => {
    const options = { ESCAPE: '\\' };
    expect(await positions('"{\\"a\\":1}","x\\\\","n\\t",b\\"c\n', 4, options)).toEqual([
      ['{"a":1}', 'x\\', 'nt', 'b\\"c'],
    ]);
    expect(await positions('"a\\",b\n', 2)).toEqual([['a\\', 'b']]);
  });

  test('the file may end inside quotes', async () => {
    expect(await positions('a,"b\nc', 2)).toEqual([['a', 'b\nc']]);
    expect(await positions('a,"b""', 2)).toEqual([['a', 'b"']]);
    expect(await positions('a,"', 2)).toEqual([['a', '']]);
  });

  test('delimiters may be other bytes, and several', async () => {
    expect(await positions('a|+|b+|c|+|d\n', 3, { FIELD_DELIMITER: '|+|' })).toEqual([['a', 'b+|c', 'd']]);
    expect(await positions('"a"马b马é\n', 3, { FIELD_DELIMITER: '马' })).toEqual([['a', 'b', 'é']]);
    expect(
      await positions("a\x01'b\x02'\x02c\nd\x01e", 2, {
        FIELD_DELIMITER: '\x01',
        RECORD_DELIMITER: '\x02',
        QUOTE: "'",
      }),
    ).toEqual([
      ['a', 'b\x02'],
      ['c\nd', 'e'],
    ]);
  });

  test('headers are records, and row numbers count them', async () => {
    const { rows, rowNumbers } = await select('"x\ny",z\nskip\na,b\nc,d\n', 2, { SKIP_HEADER: 2 });
    expect(rows).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(rowNumbers).toEqual([2, 3]);
  });

  test('a file is the same however it is cut into windows', async () => {
    const record = `"${'x'.repeat(70_000)}""${'y\n'.repeat(40_000)}",é\r\n`;
    const rows = await positions(record.repeat(40), 2);
    expect(rows).toHaveLength(40);
    for (const row of rows) expect(row).toEqual([`${'x'.repeat(70_000)}"${'y\n'.repeat(40_000)}`, 'é']);
  });

  test('who stops early reads no more of the file', async () => {
    const line = new TextEncoder().encode('a,b\n');
    const asked: { readonly end: number; readonly signal: AbortSignal }[] = [];
    const file: FileSource = {
      path: 'endless',
      size: 2 ** 40,
      read: async ({ start, end }, signal) => {
        asked.push({ end, signal });
        return new Uint8Array(end - start).map((_, at) => line[(start + at) % line.length] ?? 0);
      },
    };
    const request: RowRequest = {
      format: formatWith('CSV', CSV_OPTIONS),
      target: { kind: 'Positions', count: 2 },
      session: { timezone: 'UTC', numericCast: 'rounding' },
      disableVariantCheck: false,
      onRowError: () => {},
    };
    for await (const { batch } of readCsv(file, request, new AbortController().signal)) {
      expect(batch.numRows).toBe(65_536);
      break;
    }
    expect(asked.map(({ end, signal }) => [end, signal.aborted])).toEqual([
      [256 << 10, true],
      [(4 << 20) + (256 << 10), true],
    ]);
  });

  test('a record of far too many fields ends the read', async () => {
    await expect(positions(`${','.repeat(2000)}\n`, 1)).rejects.toMatchObject({ kind: 'BadBytes' });
  });
});

test('what is written by the rules of CSV is read back, however it is quoted', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '\\', 'é', '马'), maxLength: 6 });
  const field = fc.record({ text, quoted: fc.boolean() });
  const rows = fc.array(fc.array(field, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 });
  const needsQuotes = /^$|^"|[,\r\n]/;
  await fc.assert(
    fc.asyncProperty(rows, async (table) => {
      const file = table.map((row) =>
        row.map((item) =>
          item.quoted || needsQuotes.test(item.text) ? `"${item.text.replaceAll('"', '""')}"` : item.text,
        ),
      );
      const written = file.map((row) => `${row.join(',')}\n`).join('');
      expect(await positions(written, 3)).toEqual(table.map((row) => row.map((item) => item.text)));
    }),
    { numRuns: tries(200) },
  );
});

test('records are cut alike whether their delimiter is one byte or more', async () => {
  const piece = fc.constantFrom('a', 'a,b,c\n', 'a,\\N,é\n', ',b,\n', '\\N', 'é', '"', ',', '\n', '"x,y"', ' ');
  const target = columns(columnOf('a', TEXT), columnOf('b', TEXT), columnOf('c', TEXT));
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), fc.nat({ max: 2 }), async (pieces, SKIP_HEADER) => {
      const text = pieces.join('');
      const long = { SKIP_HEADER, FIELD_DELIMITER: '||' };
      const found = await copy(text.replaceAll(',', '||'), target, long);
      const same = JSON.parse(JSON.stringify(found).replaceAll('||', ','));
      expect(await copy(text, target, { SKIP_HEADER })).toEqual(same);
    }),
    { numRuns: tries(300) },
  );
});

describe('the number of fields', () => {
  test('a SELECT pads with NULL and drops what it does not ask for', async () => {
    expect(await positions('a\nb,c,d\n', 2)).toEqual([
      ['a', null],
      ['b', 'c'],
    ]);
    expect((await select('a\nb\n', 0)).rows).toEqual([[], []]);
  });

  test('a COPY refuses other counts, in numbers that leave them out', async () => {
    const text = "1,'A',100\n2,'B',80,100\n3,'C',b0\n4,'D',b1\n5,'E',70\n6,'F'\n7,'G',99\n";
    const { rows, errors } = await copy(text, ABC);
    expect(rows).toEqual([
      [1, "'A'", 100],
      [5, "'E'", 70],
      [7, "'G'", 99],
    ]);
    expect(errors).toEqual([
      '1: Number of columns in file (4) does not match that of the corresponding table (3)',
      '4: Number of columns in file (2) does not match that of the corresponding table (3)',
      "1: Invalid value 'b0' for column 2 (c Int32 NULL): invalid text for number",
      "2: Invalid value 'b1' for column 2 (c Int32 NULL): invalid text for number",
    ]);
  });

  test('one empty field too many is a trailing delimiter', async () => {
    const { rows, errors } = await copy('1,x,2,\n3,y,4,""\n', ABC);
    expect(rows).toEqual([[1, 'x', 2]]);
    expect(errors).toHaveLength(1);
  });

  test('without the check short records are padded with empty fields and long ones cut', async () => {
    const { rows } = await copy('1\n2,x,3,4\n', ABC, { ERROR_ON_COLUMN_COUNT_MISMATCH: false });
    expect(rows).toEqual([
      [1, null, null],
      [2, 'x', 3],
    ]);
  });

  test('a header of another width is an error and leaves the next record to be skipped', async () => {
    const { rows, errors } = await copy('title\n1,x,2\n3,y,4\n', ABC, { SKIP_HEADER: 1 });
    expect(rows).toEqual([[3, 'y', 4]]);
    expect(errors).toEqual(['0: Number of columns in file (1) does not match that of the corresponding table (3)']);
  });
});

describe('empty and NULL', () => {
  const RECORDS = '\\N\n"\\N"\n,\n""\nnull\n"null"\n';
  const one = columns(columnOf('a', TEXT));
  const matrix: readonly (readonly [Options, readonly (string | null)[]])[] = [
    [{}, [null, '\\N', null, '', 'null', 'null']],
    [{ NULL_DISPLAY: 'null' }, ['\\N', '\\N', null, '', null, 'null']],
    [{ NULL_DISPLAY: 'null', ALLOW_QUOTED_NULLS: true }, ['\\N', '\\N', null, '', null, null]],
    [{ NULL_DISPLAY: '' }, ['\\N', '\\N', null, '', 'null', 'null']],
  ];

  test('the documented matrix holds', async () => {
    for (const [options, values] of matrix) {
      expect((await copy(RECORDS, one, options)).rows).toEqual(values.map((value) => [value]));
      expect(await positions(RECORDS, 1, options)).toEqual(values.map((value) => [value]));
    }
  });

  const cases: readonly (readonly [string, SqlType, boolean, unknown])[] = [
    ['NULL', TEXT, false, 'EMPTY_FIELD_AS=NULL'],
    ['NULL', TEXT, true, null],
    ['NULL', INT, true, null],
    ['NULL', INT, false, 'EMPTY_FIELD_AS=NULL'],
    ['STRING', TEXT, false, ''],
    ['STRING', TEXT, true, ''],
    ['STRING', INT, true, null],
    ['STRING', INT, false, 'EMPTY_FIELD_AS=STRING'],
    ['FIELD_DEFAULT', TEXT, false, 'DEFAULT'],
    ['FIELD_DEFAULT', INT, true, 'DEFAULT'],
  ];

  test.each(cases)('EMPTY_FIELD_AS = %s makes %o, nullable: %s, %s', async (emptyAs, type, nullable, expected) => {
    const target = columns(columnOf('a', type, nullable), columnOf('b', TEXT));
    const { rows, errors } = await copy(',x\n', target, { EMPTY_FIELD_AS: emptyAs });
    if (errors.length > 0) expect(errors[0]).toContain(`\`${expected}\``);
    else expect(rows).toEqual([[expected, 'x']]);
  });

  test('NULL_DISPLAY in a column that is not nullable is text', async () => {
    expect((await copy('\\N\n', columns(columnOf('a', TEXT, false)))).rows).toEqual([['\\N']]);
  });

  test('TRIM_SPACE strips quoted fields too, and comes before everything else', async () => {
    expect(await positions(' a\t," b ",  ," \\N"\n', 4, { TRIM_SPACE: true })).toEqual([['a', 'b', null, '\\N']]);
  });
});

describe('values', () => {
  test('fields become values of their columns', async () => {
    const target = columns(
      columnOf('b', plain('Boolean')),
      columnOf('i', plain('Int64')),
      columnOf('f', plain('Float64')),
      columnOf('d', decimal(10, 2)),
      columnOf('day', plain('Date')),
      columnOf('at', plain('Timestamp')),
      columnOf('v', plain('Variant')),
      columnOf('bin', plain('Binary')),
    );
    const { rows, errors } = await copy(
      'true,-9007199254740993,1.5e3,-12.345,2024-02-29,2024-02-29 12:00:00.5,"{""b"":1, ""a"":[]}",00ff\n',
      target,
    );
    expect(errors).toEqual([]);
    expect(rows).toEqual([
      [true, -9007199254740993n, 1500, -1235n, 19782, 1709208000500000n, '{"a":[],"b":1}', new Uint8Array([0, 255])],
    ]);
  });

  test('BASE64 is the other spelling of BINARY', async () => {
    const { rows } = await copy('AP8=\n', columns(columnOf('a', plain('Binary'))), { BINARY_FORMAT: 'BASE64' });
    expect(rows).toEqual([[new Uint8Array([0, 255])]]);
  });

  test('text that is no JSON is a bad row, or null without the check', async () => {
    const target = columns(columnOf('v', plain('Variant')));
    expect((await copy('{"a":\n', target)).errors).toHaveLength(1);
    const format = formatWith('CSV', CSV_OPTIONS);
    expect((await readRows(readCsv, '{x\n', { format, target, disableVariantCheck: true })).rows).toEqual([['null']]);
  });

  test('bytes that are not UTF-8 are a bad row', async () => {
    const { rows, errors } = await copy(
      new Uint8Array([0x61, 0x0a, 0xff, 0x0a, 0x62, 0x0a]),
      columns(columnOf('a', TEXT)),
    );
    expect(rows).toEqual([['a'], ['b']]);
    expect(errors).toEqual(["1: Invalid value '\ufffd' for column 0 (a String NULL): invalid utf-8 sequence"]);
    const bytes = new TextEncoder().encode('1,é,3\n4,?,6\n').map((byte) => (byte === 0x3f ? 0xff : byte));
    expect(await copy(bytes, ABC)).toMatchObject({ rows: [[1, 'é', 3]], errors: [expect.stringContaining('utf-8')] });
  });

  test('other encodings are decoded, strictly or not', async () => {
    const gbk = new Uint8Array([0xc4, 0xe3, 0x2c, 0x61, 0x0a]);
    expect(await positions(gbk, 2, { ENCODING: 'gbk' })).toEqual([['你', 'a']]);
    const broken = new Uint8Array([0xff, 0x2c, 0x61, 0x0a]);
    await expect(positions(broken, 2, { ENCODING: 'euc-jp' })).rejects.toMatchObject({ kind: 'BadBytes' });
    expect(await positions(broken, 2, { ENCODING: 'UTF-8', ENCODING_ERROR_MODE: 'replace' })).toEqual([
      ['\ufffd', 'a'],
    ]);
  });
});
