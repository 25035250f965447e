import { expect, test } from 'vitest';
import type { Predicate } from '../formats/format.ts';
import type { ColumnStatistics } from '../formats/parquet/prune.ts';
import { decimal, plain, type SqlType } from '../types/type.ts';
import { type AddFile, actionOf } from './action.ts';
import { deltaField, parseSchema, printSchema, type TableField } from './delta-schema.ts';
import { scanSet } from './scan-set.ts';
import { advance } from './snapshot.ts';
import { parseStatistics, printStatistics } from './statistics.ts';
import { stageCommit, stageCreate, stageWrite } from './write.ts';

function fieldsOf(types: Readonly<Record<string, SqlType>>): TableField[] {
  const fields = Object.entries(types).map(([name, type]) => deltaField({ name, type, nullable: true }, undefined));
  return parseSchema(printSchema(fields));
}

function between(min: bigint | number | string, max: bigint | number | string, nulls = 0): ColumnStatistics {
  return {
    rows: 10,
    nullCount: nulls,
    nanCount: 0,
    min: { value: min, exact: true },
    max: { value: max, exact: true },
  };
}

function fileOf(stats: string): AddFile {
  const action = actionOf({ add: { path: 'a.parquet', partitionValues: {}, size: 1, stats } });
  if (action?.kind !== 'Add') throw new Error('no add');
  return action;
}

test('statistics are written as Delta spells them', () => {
  const fields = fieldsOf({
    i: plain('Int64'),
    u: plain('UInt64'),
    d: decimal(10, 2),
    day: plain('Date'),
    t: plain('Timestamp'),
    s: plain('String'),
    v: plain('Variant'),
    a: { kind: 'Array', element: plain('Int32') },
    tz: plain('TimestampTz'),
    f: plain('Float64'),
  });
  const text = printStatistics(fields, 10, [
    between(-(2n ** 63n), 2n ** 63n - 1n, 1),
    between(0n, 2n ** 64n - 1n),
    between(-5n, 12345n),
    between(0, 19000),
    between(0n, 1600000000123456n),
    between('a', 'b'),
    between('{}', '{}'),
    { rows: 10, nullCount: 3, nanCount: 0, min: undefined, max: undefined },
    { rows: 10, nullCount: 4, nanCount: 0, min: undefined, max: undefined },
    { ...between(0.5, 1e21), nanCount: 2 },
  ]);
  expect(text).toBe(
    '{"numRecords":10,' +
      '"minValues":{"i":-9223372036854775808,"u":0,"d":-0.05,"day":"1970-01-01","t":"1970-01-01T00:00:00.000000Z","s":"a","f":0.5},' +
      '"maxValues":{"i":9223372036854775807,"u":18446744073709551615,"d":123.45,"day":"2022-01-08","t":"2020-09-13T12:26:40.123456Z","s":"b","f":1e+21},' +
      '"nullCount":{"i":1,"u":0,"d":0,"day":0,"t":0,"s":0,"v":0,"a":3,"f":0},' +
      '"nanCount":{"f":2}}',
  );
});

test('numbers that no double holds are read back exactly', () => {
  const fields = fieldsOf({ i: plain('Int64'), u: plain('UInt64'), d: decimal(38, 10) });
  const given = [between(-(2n ** 63n), 2n ** 63n - 1n), between(1n, 2n ** 64n - 1n), between(1n, 10n ** 38n - 1n)];
  const read = parseStatistics(fileOf(printStatistics(fields, 10, given)), fields);
  for (const [index, name] of ['i', 'u', 'd'].entries()) {
    expect(read.get(name)?.min?.value).toBe(given[index]?.min?.value);
    expect(read.get(name)?.max?.value).toBe(given[index]?.max?.value);
  }
});

test('long texts are cut to bounds', () => {
  const fields = fieldsOf({ s: plain('String') });
  const text = printStatistics(fields, 10, [between(`${'a'.repeat(31)}😀zz`, 'b'.repeat(40))]);
  const bounds = parseStatistics(fileOf(text), fields).get('s');
  expect(bounds?.min?.value).toBe(`${'a'.repeat(31)}😀`);
  expect(bounds?.max?.value).toBe(`${'b'.repeat(32)}\u{10FFFF}`);
});

test('columns beyond the 32nd have no statistics', () => {
  const fields = fieldsOf(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`c${i}`, plain('Int32')])));
  const read = parseStatistics(
    fileOf(
      printStatistics(
        fields,
        10,
        fields.map(() => between(1, 2)),
      ),
    ),
    fields,
  );
  expect(read.get('c31')?.max?.value).toBe(2n);
  expect(read.get('c32')?.max).toBeUndefined();
});

test('timestamps that were cut to milliseconds may be up to 999 microseconds later', () => {
  const fields = fieldsOf({ t: plain('Timestamp') });
  const stats =
    '{"numRecords":1,"minValues":{"t":"2020-01-01T00:00:00.001Z"},"maxValues":{"t":"2020-01-01T00:00:00.001Z"}}';
  const bounds = parseStatistics(fileOf(stats), fields).get('t');
  expect([bounds?.min?.value, bounds?.max?.value]).toEqual([1577836800001000n, 1577836800001999n]);
});

test('broken statistics rule nothing out', () => {
  const fields = fieldsOf({ i: plain('Int64') });
  expect(parseStatistics(fileOf('{"numRecords":1,"minValues":{'), fields).get('i')?.min).toBeUndefined();
});

function tableOf(columns: Readonly<Record<string, SqlType>>, files: Readonly<Record<string, ColumnStatistics[]>>) {
  const names = Object.entries(columns).map(([name, type]) => ({ name, type, nullable: true }));
  const created = stageCreate({ name: 't', comment: '', columns: names }, '0'.repeat(32), 0);
  const empty = advance(undefined, [stageCommit(undefined, created, { transaction: 'x', now: 0 })]);
  const added = Object.entries(files).map(([path, statistics]) => {
    const stats = printStatistics(empty.fields, 10, statistics);
    return { path, size: 1, rows: 10, modificationTime: 0, stats };
  });
  const change = stageWrite(created, { added, removed: [], operation: 'WRITE' });
  return advance(undefined, [stageCommit(undefined, change, { transaction: 'x', now: 0 })]);
}

test('only files that may hold a matching row are scanned', () => {
  const allNull = { rows: 10, nullCount: 10, nanCount: 0, min: undefined, max: undefined };
  const table = tableOf(
    { i: plain('Int64'), s: plain('String'), 'odd name': plain('Int32') },
    {
      one: [between(1n, 9n), between('a', 'm'), between(1, 1)],
      two: [between(10n, 2n ** 60n), between('n', 'z', 1), between(2, 2)],
      nulls: [allNull, allNull, allNull],
    },
  );
  const scanned = (column: string, operator: Predicate['operator'], value?: Predicate['value']) =>
    scanSet(table, [{ column, operator, value }]).map((file) => file.path);
  expect(scanned('i', '=', 9n)).toEqual(['one']);
  expect(scanned('i', '>', 2n ** 60n - 1n)).toEqual(['two']);
  expect(scanned('i', '>', 2n ** 60n)).toEqual([]);
  expect(scanned('i', '<=', 10)).toEqual(['one', 'two']);
  expect(scanned('s', 'IS NULL')).toEqual(['two', 'nulls']);
  expect(scanned('s', 'IS NOT NULL')).toEqual(['one', 'two']);
  expect(scanned('odd name', '=', 2)).toEqual(['two']);
  expect(scanned('missing', '=', 2)).toEqual(['one', 'two', 'nulls']);
  expect(scanSet(table, []).length).toBe(3);
  const both: Predicate[] = [
    { column: 'i', operator: '>=', value: 5n },
    { column: 's', operator: '<', value: 'b' },
  ];
  expect(scanSet(table, both).map((file) => file.path)).toEqual(['one']);
});
