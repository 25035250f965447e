import { type RecordBatch, Table, tableFromIPC, tableToIPC } from 'apache-arrow';
import * as parquet from 'parquet-wasm/node';
import type { StatisticValue } from '../formats/format.ts';
import type { Bound, ColumnStatistics } from '../formats/parquet/prune.ts';
import type { EncodeParquet, FileEncoder } from '../table/data-file.ts';
import type { TableField } from '../table/delta-schema.ts';
import { type Cell, cellReader } from '../types/cell.ts';

/** A Parquet file straight from parquet-wasm. */
export const encodeSimply: EncodeParquet = async (batches) => {
  const ipc = tableToIPC(new Table([...batches]), 'stream');
  return new Uint8Array(parquet.writeParquet(parquet.Table.fromIPCStream(ipc)));
};

/** Such files, and statistics cell by cell: slow, and as simple as can be. */
export const tableEncoder: FileEncoder = {
  encode: async (batches) => ({ bytes: await encodeSimply(batches), statistics: [] }),
  statistics: (batches, schema) => schema.map((field, index) => statisticsOf(batches, field, index)),
};

export function decodeParquet(bytes: Uint8Array): RecordBatch[] {
  return tableFromIPC(parquet.readParquet(bytes).intoIPCStream()).batches;
}

function statisticsOf(batches: readonly RecordBatch[], { type }: TableField, index: number): ColumnStatistics {
  const cells = batches.flatMap((batch) => cellsOf(batch, index, type));
  const values = cells.filter(isStatistic);
  const rank = (value: StatisticValue) => (typeof value === 'string' ? Buffer.from(value).toString('hex') : value);
  const sorted = values.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return {
    rows: cells.length,
    nullCount: cells.filter((cell) => cell === null).length,
    nanCount: cells.filter(Number.isNaN).length,
    min: boundOf(sorted[0]),
    max: boundOf(sorted.at(-1)),
  };
}

function boundOf(value: StatisticValue | undefined): Bound | undefined {
  return value === undefined ? undefined : { value, exact: true };
}

function cellsOf(batch: RecordBatch, index: number, type: TableField['type']): Cell[] {
  const data = batch.data.children[index];
  if (!data) return [];
  const read = cellReader(data, type);
  return Array.from({ length: batch.numRows }, (_, row) => read(row));
}

function isStatistic(cell: Cell): cell is StatisticValue {
  return ['number', 'bigint', 'string', 'boolean'].includes(typeof cell) && !Number.isNaN(cell);
}
