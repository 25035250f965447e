import type { StatisticValue } from '../../format.ts';
import type { ColumnStatistics } from '../prune.ts';
import type { Bounds } from './bounds.ts';
import type { FlatColumn, FlatValues } from './column.ts';
import type { Dictionary } from './dictionary.ts';

const decoder = new TextDecoder();

/** The statistics of a column whose bounds stand in its dictionary, or among its values where it has none. */
export function columnStatistics(
  { rows, count, values }: FlatColumn,
  { min, max }: Bounds,
  dictionary: Dictionary | undefined,
): ColumnStatistics {
  const source = dictionary?.values ?? values;
  const hasOrder = source.kind !== 'Bytes' || source.isText;
  const bound = (at: number) => (at < 0 || !hasOrder ? undefined : { value: valueAt(source, at), exact: true });
  const nanCount = dictionary ? nansByEntry(dictionary) : nansIn(source, count).length;
  return { rows, nullCount: rows - count, nanCount, min: bound(min), max: bound(max) };
}

/** As a cell of its column reads. */
function valueAt(values: FlatValues, at: number): StatisticValue {
  if (values.kind === 'Bytes') return decoder.decode(values.bytes.subarray(values.offsets[at], values.offsets[at + 1]));
  return values.values[at] as StatisticValue;
}

function nansByEntry({ values, count, indices }: Dictionary): number {
  const nans = new Set(nansIn(values, count));
  if (nans.size === 0) return 0;
  return indices.reduce((sum, index) => sum + Number(nans.has(index)), 0);
}

/** Where NaN stands. */
function nansIn({ kind, ...rest }: FlatValues, count: number): readonly number[] {
  if ((kind !== 'Float' && kind !== 'Double') || !('values' in rest)) return [];
  const nans: number[] = [];
  for (let at = 0; at < count; at++) if (Number.isNaN(rest.values[at])) nans.push(at);
  return nans;
}
