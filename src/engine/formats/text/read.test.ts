import { describe, expect, test } from 'vitest';
import { columnOf, columns, formatWith, readRows } from '../../test/read-rows.ts';
import { plain } from '../../types/type.ts';
import type { OptionValue, RowRequest } from '../format.ts';
import { TEXT_OPTIONS } from './options.ts';
import { readText } from './read.ts';

type Options = Readonly<Record<string, OptionValue>>;

function read(text: string, target: RowRequest['target'], options: Options = {}) {
  return readRows(readText, text, { format: formatWith('TEXT', TEXT_OPTIONS, options), target });
}

async function positions(text: string, count: number, options: Options = {}) {
  return (await read(text, { kind: 'Positions', count }, options)).rows;
}

const AB = columns(columnOf('a', plain('Int32')), columnOf('b', plain('String')));

describe('records and fields', () => {
  test('tabs part fields and quotes are text', async () => {
    expect(await positions('a\t"b"\n\t"c\n', 2)).toEqual([
      ['a', '"b"'],
      [null, '"c'],
    ]);
  });

  test('escapes are decoded, unknown ones kept, and escaped delimiters are text', async () => {
    expect(await positions('a\\tb\\x41\\\\\tc\\\td\\\ne\\i\\N\t\\N\n', 3)).toEqual([
      ['a\tbA\\', 'c\td\ne\\i\\N', null],
    ]);
    expect(await positions('\\0\\b\\f\\r\\/\\`\\"\\\'', 1)).toEqual([['\0\b\f\r/`"\'']]);
    expect(await positions('\\xe9\\xa9\\xac\\xg1\\', 1)).toEqual([['马\\xg1\\']]);
  });

  test('an escape that makes no UTF-8 spoils its row', async () => {
    const { rows, errors } = await read('1\tx\n2\t\\xff\n', AB);
    expect(rows).toEqual([[1, 'x']]);
    expect(errors).toHaveLength(1);
  });

  test('a carriage return belongs to the delimiter if that is \\r\\n', async () => {
    expect(await positions('a\r\nb\r', 1)).toEqual([['a\r'], ['b\r']]);
    expect(await positions('a\r\n\r\nb\r', 1, { RECORD_DELIMITER: '\r\n' })).toEqual([['a'], ['b\r']]);
  });

  test('without a field delimiter a record is one field', async () => {
    expect(await positions('a\tb,c\n', 1, { FIELD_DELIMITER: '' })).toEqual([['a\tb,c']]);
  });

  test('headers have no row numbers, empty records have', async () => {
    const { rows, rowNumbers } = await read('h\n\na\n\nb\n', { kind: 'Positions', count: 1 }, { SKIP_HEADER: 1 });
    expect(rows).toEqual([['a'], ['b']]);
    expect(rowNumbers).toEqual([1, 3]);
  });
});

describe('columns', () => {
  test('an empty field is the default, and NULL_DISPLAY is NULL', async () => {
    const { rows } = await read('1\t\n\\N\tx\n', AB);
    expect(rows).toEqual([
      [1, 'DEFAULT'],
      [null, 'x'],
    ]);
  });

  test('another number of fields is a bad row', async () => {
    const { rows, errors } = await read('1\n1\tx\n1\tx\ty\tz\n1\tx\t\n', AB);
    expect(rows).toEqual([[1, 'x']]);
    expect(errors).toEqual([
      '0: Number of columns in file (1) does not match that of the corresponding table (2)',
      '2: Number of columns in file (3) does not match that of the corresponding table (2)',
      '3: Number of columns in file (3) does not match that of the corresponding table (2)',
    ]);
  });

  test('without the check missing fields are empty and further ones dropped', async () => {
    const options = { ERROR_ON_COLUMN_COUNT_MISMATCH: false, EMPTY_FIELD_AS: 'NULL', TRIM_SPACE: true };
    expect((await read('1\n 2\t x \ty\n', AB, options)).rows).toEqual([
      [1, null],
      [2, 'x'],
    ]);
  });
});
