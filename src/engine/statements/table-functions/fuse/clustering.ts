import { SqlError } from '../../../base/errors.ts';
import { hint } from '../../../base/hints.ts';
import type { StatisticValue } from '../../../formats/format.ts';
import { parseExpr } from '../../../sql/parser.ts';
import type { AddFile } from '../../../table/action.ts';
import { parseStatistics } from '../../../table/statistics.ts';
import { plain } from '../../../types/type.ts';
import type { TableRecord } from '../../../warehouse/object.ts';
import type { TableFunctionSpec } from '../table-function.ts';
import { type FuseSnapshot, fuseSnapshot, fuseTable, micros, moments, texts } from './table.ts';

/** How far the data files of a clustered table overlap in its key. */
export const clusteringInformation: TableFunctionSpec = {
  name: 'clustering_information',
  columns: [
    ...texts('cluster_key', 'type'),
    ...moments('timestamp'),
    { name: 'info', type: plain('Variant'), nullable: false },
  ],
  rows: async (call, ctx) => {
    const { table } = fuseTable(call, ctx);
    if (table.clusterKey.length === 0) {
      throw new SqlError('UnclusteredTable', `Unclustered table '${table.name}'`, {
        span: call.span,
        hint: hint('clusterBy', table.name),
      });
    }
    const snapshot = await fuseSnapshot(call, ctx);
    const info = JSON.stringify(clusteringOf(snapshot, table));
    return [[`(${table.clusterKey.join(', ')})`, 'linear', micros(snapshot.moment.timestamp), info]];
  },
};

interface Extent {
  readonly min: readonly StatisticValue[];
  readonly max: readonly StatisticValue[];
}

/** Keys in the order in which Databend's own answer has them: that of JSON objects, by name. */
function clusteringOf({ files, snapshot: { fields } }: FuseSnapshot, table: TableRecord) {
  const names = table.clusterKey.map(columnName);
  const extents = files.flatMap((file) => extentOf(file, names, fields) ?? []);
  const depths = extents.map((extent) => depthOf(extent, extents));
  const overlaps = extents.map(
    (extent) => extents.filter((other) => other !== extent && overlap(extent, other)).length,
  );
  const histogram: Record<string, number> = {};
  for (const depth of depths) {
    const key = String(depth).padStart(5, '0');
    histogram[key] = (histogram[key] ?? 0) + 1;
  }
  return {
    average_depth: average(depths),
    average_overlaps: average(overlaps),
    block_depth_histogram: Object.fromEntries(Object.entries(histogram).sort(([a], [b]) => (a < b ? -1 : 1))),
    constant_block_count: extents.filter(({ min, max }) => compare(min, max) === 0).length,
    total_block_count: files.length,
    unclustered_block_count: files.length - extents.length,
  };
}

/** Undefined for an expression, which statistics say nothing of. */
function columnName(text: string): string | undefined {
  const expr = parseExpr(text);
  return expr.kind === 'ColumnRef' ? expr.parts.at(-1)?.name : undefined;
}

function extentOf(
  file: AddFile,
  names: readonly (string | undefined)[],
  fields: FuseSnapshot['snapshot']['fields'],
): Extent | undefined {
  const statistics = parseStatistics(file, fields);
  const bounds = names.map((name) => (name === undefined ? undefined : statistics.get(name)));
  const min = bounds.flatMap((column) => column?.min?.value ?? []);
  const max = bounds.flatMap((column) => column?.max?.value ?? []);
  return min.length === names.length && max.length === names.length ? { min, max } : undefined;
}

/** The most files, itself included, that overlap at one of its ends. */
function depthOf({ min, max }: Extent, all: readonly Extent[]): number {
  const at = (point: readonly StatisticValue[]) =>
    all.filter((other) => compare(other.min, point) <= 0 && compare(point, other.max) <= 0).length;
  return Math.max(at(min), at(max));
}

const overlap = (a: Extent, b: Extent) => compare(a.min, b.max) <= 0 && compare(b.min, a.max) <= 0;

function compare(a: readonly StatisticValue[], b: readonly StatisticValue[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index];
    if (other === undefined || value === other) continue;
    return value < other ? -1 : 1;
  }
  return 0;
}

function average(numbers: readonly number[]): number {
  if (numbers.length === 0) return 0;
  return Math.round((10_000 * numbers.reduce((total, one) => total + one, 0)) / numbers.length) / 10_000;
}
