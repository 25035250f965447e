import { describe, expect, test } from 'vitest';
import { bytesSource } from '../test/parquet.ts';
import { typeName } from '../types/type.ts';
import type { FormatName, OptionValue } from './format.ts';
import { formatOf } from './index.ts';
import { defaultFormat } from './options.ts';

async function infer(
  type: FormatName,
  text: string,
  options: Readonly<Record<string, OptionValue>> = {},
  maxRecords?: number,
) {
  const format = { type, options: { ...defaultFormat(type).options, ...options } };
  const reader = formatOf(format);
  if (reader.kind !== 'row') throw new Error(`${type} holds no rows`);
  const file = bytesSource('data', new TextEncoder().encode(text));
  const schema = await reader.inferSchema(file, { format, maxRecords }, new AbortController().signal);
  return schema.map((column) => `${column.name} ${typeName(column.type)}`);
}

describe('CSV and TEXT', () => {
  test('types follow the shapes of all values', async () => {
    const rows = [
      'true,1,1,2024-01-01,2024-01-01,x,,1,9223372036854775808',
      'FALSE,-2,1.5e3,2024-01-02,2024-01-01 12:00:00.5+08:00,2024-01-01,,abc,1',
      ',,inf,,,1,,,',
    ];
    expect(await infer('CSV', rows.join('\n'))).toEqual([
      'column_1 BOOLEAN',
      'column_2 BIGINT',
      'column_3 DOUBLE',
      'column_4 DATE',
      'column_5 TIMESTAMP',
      'column_6 VARCHAR',
      'column_7 NULL',
      'column_8 VARCHAR',
      'column_9 VARCHAR',
    ]);
  });

  test('a header names the columns', async () => {
    expect(await infer('CSV', '"id",name\n1,x\n', { SKIP_HEADER: 1 })).toEqual(['id BIGINT', 'name VARCHAR']);
    expect(await infer('TEXT', 'id\tname\n1\t"x"\n', { SKIP_HEADER: 1 })).toEqual(['id BIGINT', 'name VARCHAR']);
  });

  test('no more records are looked at than asked for', async () => {
    expect(await infer('CSV', '1\nx\n1,2\n', {}, 1)).toEqual(['column_1 BIGINT']);
    expect(await infer('CSV', 'h\n1\nx\n', { SKIP_HEADER: 1 }, 1)).toEqual(['h BIGINT']);
  });

  test('ragged records and long delimiters are refused', async () => {
    await expect(infer('CSV', '1,2\n1\n')).rejects.toMatchObject({ kind: 'BadBytes' });
    await expect(infer('CSV', '1', { FIELD_DELIMITER: '||' })).rejects.toMatchObject({ kind: 'BadArguments' });
  });

  test('an empty file has no columns', async () => {
    expect(await infer('CSV', '')).toEqual([]);
    expect(await infer('NDJSON', '\n')).toEqual([]);
  });
});

describe('NDJSON', () => {
  test('columns come as their keys first appear, with the types of all values', async () => {
    const lines = [
      '{"b":1,"a":"2024-01-01","o":{"x":1,"y":[]},"l":[1,2.5],"n":null,"m":1,"v":[1],"big":9223372036854775808}',
      '{"b":2.5,"a":null,"o":{"x":null,"z":{}},"l":[],"m":"x","v":{"k":1},"t":true}',
    ];
    expect(await infer('NDJSON', lines.join('\n'))).toEqual([
      'b DOUBLE',
      'a VARCHAR',
      'o TUPLE(X INT64, Y ARRAY(VARIANT), Z VARIANT)',
      'l ARRAY(FLOAT64)',
      'n NULL',
      'm VARCHAR',
      'v VARIANT',
      'big DOUBLE',
      't BOOLEAN',
    ]);
  });

  test('a record that is no object is refused, unless it comes too late', async () => {
    await expect(infer('NDJSON', '{"a":1}\n[1]\n')).rejects.toMatchObject({ kind: 'BadBytes' });
    expect(await infer('NDJSON', '{"a":1}\n[1]\n', {}, 1)).toEqual(['a BIGINT']);
  });
});
