import { type Data, DataType, type RecordBatch } from 'apache-arrow';
import { assert } from '../../base/errors.ts';
import { cellReader } from '../../types/cell.ts';
import type { Schema, SqlType } from '../../types/type.ts';
import type { StatisticValue } from '../format.ts';
import { bitExtremes, byteExtremes, type Extremes, numberExtremes, wordExtremes } from './extremes.ts';
import { type Bound, type ColumnStatistics, compareValues } from './prune.ts';

/** Statistics of rows as they come by, for columns that are not kept. */
export interface StatisticsGatherer {
  add(batch: RecordBatch): void;
  /** By index of column. */
  columns(): readonly ColumnStatistics[];
}

/**
 * Of batches in the engine's Arrow form, in one pass over their buffers. Bounds are exact; types whose stored order means
 * nothing (nested ones, VARIANT, bytes) have none.
 */
export function gatherStatistics(schema: Schema): StatisticsGatherer {
  const columns: ColumnStatistics[] = schema.map(() => NO_ROWS);
  return {
    add(batch) {
      for (const [index, { type }] of schema.entries())
        columns[index] = joinStatistics(columns[index] ?? NO_ROWS, partStatistics(partOf(batch, index), type));
    },
    columns: () => [...columns],
  };
}

/** What `gatherStatistics` says of all batches. */
export function columnStatistics(batches: readonly RecordBatch[], schema: Schema): readonly ColumnStatistics[] {
  const statistics = gatherStatistics(schema);
  for (const batch of batches) statistics.add(batch);
  return statistics.columns();
}

const NO_ROWS = { rows: 0, nullCount: 0, nanCount: 0, min: undefined, max: undefined };

function partOf(batch: RecordBatch, index: number): Data {
  const part = batch.data.children[index];
  assert(part !== undefined, `a batch has a column ${index}`);
  return part;
}

/** Of the rows of two parts together; a part without bounds has no values in them. */
export function joinStatistics(a: ColumnStatistics, b: ColumnStatistics): ColumnStatistics {
  return {
    rows: a.rows + b.rows,
    nullCount: sum(a.nullCount, b.nullCount),
    nanCount: sum(a.nanCount, b.nanCount),
    min: outer(a.min, b.min, -1),
    max: outer(a.max, b.max, 1),
  };
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

function outer(a: Bound | undefined, b: Bound | undefined, sign: -1 | 1): Bound | undefined {
  if (!a || !b) return a ?? b;
  return compareValues(b.value, a.value) * sign > 0 ? b : a;
}

function partStatistics(part: Data, type: SqlType): ColumnStatistics {
  const { length } = part;
  if (DataType.isNull(part.type)) return { ...NO_ROWS, rows: length, nullCount: length };
  if (!DataType.isDictionary(part.type)) {
    return { ...boundsOf(part, type, validRows(part)), rows: length, nullCount: part.nullCount };
  }
  const values = part.dictionary?.data[0];
  assert(values !== undefined && part.dictionary?.data.length === 1, 'a dictionary column has its dictionary');
  const { used, nullCount } = usedValues(part, values);
  return { ...boundsOf(values, type, used), rows: length, nullCount };
}

/** The rows that are not NULL; undefined where all are. */
function validRows(part: Data): Int32Array | undefined {
  if (part.nullCount === 0) return undefined;
  const rows = new Int32Array(part.length - part.nullCount);
  let count = 0;
  for (let row = 0; row < part.length; row++) if (part.getValid(row)) rows[count++] = row;
  return rows;
}

/** Which values of the dictionary the rows have. */
function usedValues(part: Data, values: Data): { readonly used: Int32Array; readonly nullCount: number } {
  const counts = new Uint32Array(values.length);
  for (let row = 0; row < part.length; row++) {
    if (!part.getValid(row)) continue;
    const key = Number(part.values[row]);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  let nullCount = part.nullCount;
  const used: number[] = [];
  for (const [key, count] of counts.entries()) {
    if (count === 0) continue;
    if (values.getValid(key)) used.push(key);
    else nullCount += count;
  }
  return { used: Int32Array.from(used), nullCount };
}

function boundsOf(
  part: Data,
  type: SqlType,
  rows: Int32Array | undefined,
): Pick<ColumnStatistics, 'nanCount' | 'min' | 'max'> {
  const found = extremesOf(part, type, rows);
  const { nanCount = 0, min = -1, max = -1 } = found ?? {};
  if (min < 0) return { nanCount, min: undefined, max: undefined };
  const read = cellReader(part, type);
  // The types that have extremes are those whose cells are statistic values.
  const bound = (row: number): Bound => ({ value: read(row) as StatisticValue, exact: true });
  return { nanCount, min: bound(min), max: bound(max) };
}

function extremesOf(part: Data, type: SqlType, rows: Int32Array | undefined): Extremes | undefined {
  switch (type.kind) {
    case 'Boolean':
      return bitExtremes(part, rows);
    case 'Int64':
    case 'Timestamp':
      return wordExtremes(part, rows, { width: 2, signed: true });
    case 'UInt64':
      return wordExtremes(part, rows, { width: 2, signed: false });
    case 'Decimal':
      return DataType.isDecimal(part.type) ? wordExtremes(part, rows, { width: 4, signed: true }) : undefined;
    case 'String':
      return byteExtremes(part, rows);
    case 'UInt8':
    case 'UInt16':
    case 'UInt32':
    case 'Int8':
    case 'Int16':
    case 'Int32':
    case 'Float32':
    case 'Float64':
    case 'Date':
      return numberExtremes(part, rows);
    default:
      return undefined;
  }
}
