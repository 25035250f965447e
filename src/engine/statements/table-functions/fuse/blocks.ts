import type { ParquetDescription } from '../../../formats/parquet/describe.ts';
import { physicalName } from '../../../table/delta-schema.ts';
import type { TableSnapshot } from '../../../table/snapshot.ts';
import { parseStatistics } from '../../../table/statistics.ts';
import type { Cell } from '../../../types/cell.ts';
import { engineTypeName, plain } from '../../../types/type.ts';
import type { TableFunctionSpec } from '../table-function.ts';
import {
  blockLocation,
  counts,
  describeFiles,
  fuseSnapshot,
  fuseTable,
  maybe,
  micros,
  moments,
  sum,
  texts,
  uncompressedSize,
} from './table.ts';

/** The data files of a version. */
export const fuseBlocks: TableFunctionSpec = {
  name: 'fuse_block',
  columns: [
    ...texts('snapshot_id'),
    ...moments('timestamp'),
    ...texts('block_location'),
    ...counts('block_size', 'file_size', 'row_count'),
    { name: 'bloom_filter_location', type: plain('String'), nullable: true },
    ...counts('bloom_filter_size'),
    ...maybe('inverted_index_size', 'ngram_index_size', 'vector_index_size', 'virtual_column_size'),
  ],
  rows: async (call, ctx) => {
    const { table } = fuseTable(call, ctx);
    const snapshot = await fuseSnapshot(call, ctx);
    const described = await describeFiles(snapshot, snapshot.files, ctx);
    const { snapshotId, timestamp } = snapshot.moment;
    return snapshot.files.map((file, index) => {
      const description = described[index];
      const block = description ? uncompressedSize(description) : 0;
      const sizes = [block, file.size, file.rows ?? description?.rows ?? 0].map(BigInt);
      return [snapshotId, micros(timestamp), blockLocation(table, file), ...sizes, null, 0n, null, null, null, null];
    });
  },
};

/** The columns of each data file. */
export const fuseColumns: TableFunctionSpec = {
  name: 'fuse_column',
  columns: [
    ...texts('snapshot_id'),
    ...moments('timestamp'),
    ...texts('block_location'),
    ...counts('block_size', 'file_size', 'row_count'),
    ...texts('column_name', 'column_type'),
    { name: 'column_id', type: plain('UInt32'), nullable: false },
    ...counts('block_offset', 'bytes_compressed'),
  ],
  rows: async (call, ctx) => {
    const { table } = fuseTable(call, ctx);
    const snapshot = await fuseSnapshot(call, ctx);
    const described = await describeFiles(snapshot, snapshot.files, ctx);
    const { snapshotId, timestamp } = snapshot.moment;
    return snapshot.files.flatMap((file, index) => {
      const description = described[index];
      if (!description) return [];
      const sizes = [uncompressedSize(description), file.size, description.rows].map(BigInt);
      const block = [snapshotId, micros(timestamp), blockLocation(table, file), ...sizes];
      return columnRows(snapshot.snapshot, description).map((column) => [...block, ...column]);
    });
  },
};

function columnRows({ fields }: TableSnapshot, { columns, leaves, rowGroups }: ParquetDescription): Cell[][] {
  return fields.flatMap((field, id) => {
    const stored = columns.findIndex(({ name }) => name === physicalName(field.delta));
    if (stored < 0) return [];
    const first = leaves.findIndex(({ column }) => column === stored);
    const offset = rowGroups[0]?.chunks[first]?.offset ?? 0;
    const size = columns[stored]?.compressedSize ?? 0;
    return [[field.name, engineTypeName(field.type), id, BigInt(offset), BigInt(size)]];
  });
}

/** What is known of a table's columns. Distinct values are not counted, histograms not kept. */
export const fuseStatistics: TableFunctionSpec = {
  name: 'fuse_statistic',
  columns: [
    ...texts('column_name'),
    ...maybe('distinct_count'),
    { name: 'null_count', type: plain('UInt64'), nullable: true },
    { name: 'avg_size', type: plain('UInt64'), nullable: true },
    ...texts('histogram'),
  ],
  rows: async (call, ctx) => {
    const snapshot = await fuseSnapshot(call, ctx);
    const described = await describeFiles(snapshot, snapshot.files, ctx);
    const { fields } = snapshot.snapshot;
    const statistics = snapshot.files.map((file) => parseStatistics(file, fields));
    const rows = sum(described.map((file) => file.rows));
    return fields.map(({ name, delta }) => {
      const nulls = statistics.map((file) => file.get(name)?.nullCount);
      const known = nulls.flatMap((count) => count ?? []);
      const bytes = sum(described.map((file) => columnSize(file, physicalName(delta))));
      return [
        name,
        null,
        known.length === nulls.length ? BigInt(sum(known)) : null,
        rows === 0 ? null : BigInt(Math.round(bytes / rows)),
        '',
      ];
    });
  },
};

/** Before compression. */
function columnSize({ columns, leaves, rowGroups }: ParquetDescription, name: string): number {
  const index = columns.findIndex((column) => column.name === name);
  const chunks = rowGroups.flatMap((group) => group.chunks.filter((_, leaf) => leaves[leaf]?.column === index));
  return sum(chunks.map(({ uncompressedSize: size }) => size));
}
