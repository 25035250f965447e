import { type Data, DataType, type Dictionary, type RecordBatch } from 'apache-arrow';
import { assert } from '../base/errors.ts';
import type { StatisticValue } from '../formats/format.ts';
import { type Bound, type ColumnStatistics, compareValues } from '../formats/parquet/prune.ts';
import { type Cell, cellReader } from '../types/cell.ts';
import type { Schema, SqlType } from '../types/type.ts';
import { type Range, textRange, valueRange } from './value-range.ts';

/** What files of a table say of their columns, from rows in the engine's form, by index of column. */
export function collectStatistics(batches: readonly RecordBatch[], schema: Schema): ColumnStatistics[] {
  return schema.map(({ type }, index) => {
    const parts = batches.map((batch) => {
      const data = batch.data.children[index];
      assert(data !== undefined, `a batch has a column ${index}`);
      return partStatistics(data, type);
    });
    return parts.reduce(merge, NOTHING);
  });
}

const NOTHING: ColumnStatistics = { rows: 0, nullCount: 0, nanCount: 0, min: undefined, max: undefined };

function merge(a: ColumnStatistics, b: ColumnStatistics): ColumnStatistics {
  return {
    rows: a.rows + b.rows,
    nullCount: (a.nullCount ?? 0) + (b.nullCount ?? 0),
    nanCount: (a.nanCount ?? 0) + (b.nanCount ?? 0),
    min: extreme(a.min, b.min, -1),
    max: extreme(a.max, b.max, 1),
  };
}

function extreme(a: Bound | undefined, b: Bound | undefined, sign: 1 | -1): Bound | undefined {
  if (!a || !b) return a ?? b;
  return compareValues(a.value, b.value) * sign >= 0 ? a : b;
}

function partStatistics(data: Data, type: SqlType): ColumnStatistics {
  const { length: rows } = data;
  if (DataType.isNull(data.type)) return { ...NOTHING, rows, nullCount: rows };
  if (DataType.isDictionary(data.type)) return dictionaryStatistics(data as Data<Dictionary>, type);
  return statisticsOf(rows, data.nullCount, rangeOf(data, type));
}

function statisticsOf(rows: number, nullCount: number, { min, max, nans }: Range): ColumnStatistics {
  return { rows, nullCount, nanCount: nans, min: boundOf(min), max: boundOf(max) };
}

function boundOf(value: StatisticValue | undefined): Bound | undefined {
  return value === undefined ? undefined : { value, exact: true };
}

/** Empty for types whose stored form has no order that means anything. */
function rangeOf(data: Data, type: SqlType): Range {
  if (isOrdered(type)) return type.kind === 'String' ? textRange(data) : valueRange(data, type);
  return { min: undefined, max: undefined, nans: 0 };
}

function isOrdered(type: SqlType): boolean {
  switch (type.kind) {
    case 'Decimal':
      return type.precision <= 38;
    case 'Int8':
    case 'Int16':
    case 'Int32':
    case 'Int64':
    case 'UInt8':
    case 'UInt16':
    case 'UInt32':
    case 'UInt64':
    case 'Float32':
    case 'Float64':
    case 'Date':
    case 'Timestamp':
    case 'String':
      return true;
    default:
      return false;
  }
}

/** Looks at each value of the dictionary once; those that no row has do not count. */
function dictionaryStatistics(data: Data<Dictionary>, type: SqlType): ColumnStatistics {
  const values = data.dictionary?.data[0];
  assert(values !== undefined && data.dictionary?.data.length === 1, 'a dictionary column has one dictionary');
  const uses = countUses(data, values.length);
  const read = cellReader(values, type);
  let { nullCount } = data;
  let statistics: ColumnStatistics = NOTHING;
  for (const [index, count] of uses.entries()) {
    if (count === 0) continue;
    const cell = read(index);
    if (cell === null) nullCount += count;
    else if (Number.isNaN(cell)) statistics = { ...statistics, nanCount: (statistics.nanCount ?? 0) + count };
    else if (isOrdered(type)) statistics = merge(statistics, { ...NOTHING, ...valueBounds(cell) });
  }
  return { ...statistics, rows: data.length, nullCount };
}

function valueBounds(cell: Cell): Pick<ColumnStatistics, 'min' | 'max'> {
  // Cells of ordered types are numbers, bigints and strings.
  const bound = boundOf(cell as StatisticValue);
  return { min: bound, max: bound };
}

function countUses(data: Data<Dictionary>, size: number): Uint32Array {
  const uses = new Uint32Array(size);
  const keys = data.values as ArrayLike<number | bigint>;
  const hasNulls = data.nullCount > 0;
  for (let row = 0; row < data.length; row++) {
    if (hasNulls && !data.getValid(row)) continue;
    const key = Number(keys[row]);
    uses[key] = (uses[key] ?? 0) + 1;
  }
  return uses;
}
