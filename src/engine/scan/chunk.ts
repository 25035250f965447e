import { type Data, Field, type RecordBatch } from 'apache-arrow';
import type { ProgressSink } from '../base/progress.ts';
import type { Predicate, ReadProgress, RowSession } from '../formats/format.ts';
import { arrowBatch, columnBuilder } from '../types/build/batch.ts';
import type { Cell } from '../types/cell.ts';
import type { SqlType } from '../types/type.ts';

/** Some rows of a relation: its fields are called `c<index>` by the indexes of the relation's columns. */
export interface Chunk {
  readonly batch: RecordBatch;
  /** As they stand in the file, parallel to the batch's fields. */
  readonly types: readonly SqlType[];
}

export interface ScanRequest {
  /** Indexes of the relation's columns, ascending and at least one. */
  readonly columns: readonly number[];
  /** Files and row groups that cannot hold a matching row are skipped; rows that do not match may still come. */
  readonly predicates: readonly Predicate[];
  /** Stop once so many rows have come. */
  readonly limit: number | undefined;
  readonly session: RowSession;
  readonly progress: ProgressSink;
  /** Of a table's data file, for the places of its rows; 0 without. */
  readonly fileNumber?: number;
}

export interface ChunkColumn {
  readonly index: number;
  readonly type: SqlType;
  readonly data: Data;
}

export function chunkOf(columns: readonly ChunkColumn[], rows: number): Chunk {
  const fields = columns.map(({ index, data }) => new Field(`c${index}`, data.type, true));
  const data = columns.map((column) => column.data);
  return { batch: arrowBatch(fields, data, rows), types: columns.map(({ type }) => type) };
}

/** The chunk with no more than these columns, and at least one. */
export function onlyColumns({ batch, types }: Chunk, columns: readonly number[]): Chunk {
  const all = batch.schema.fields.flatMap(({ name }, position): ChunkColumn[] => {
    const [type, data] = [types[position], batch.data.children[position]];
    return type && data ? [{ index: Number(name.slice(1)), type, data }] : [];
  });
  const wanted = all.filter(({ index }) => columns.includes(index));
  return chunkOf(wanted.length > 0 ? wanted : all.slice(0, 1), batch.numRows);
}

/** A column whose cells a function gives. */
export function computedColumn(type: SqlType, rows: number, cell: (row: number) => Cell): Data {
  const builder = columnBuilder(type);
  for (let row = 0; row < rows; row++) builder.append(cell(row));
  return builder.finish();
}

/** Tells what was read of a columnar file. */
export function tellRead({ bytes, rowGroups = 0, rowGroupsTotal }: ReadProgress, progress: ProgressSink): void {
  progress.add({ bytes, rowGroups });
  if (rowGroupsTotal !== undefined) progress.expect({ rowGroups: rowGroupsTotal });
}

/** What files are about to give; how far a limit lets them be read is not known before. */
export function expectedBytes(files: readonly { readonly size: number }[], { limit }: Pick<ScanRequest, 'limit'>) {
  return limit === undefined ? { bytes: files.reduce((sum, { size }) => sum + size, 0) } : {};
}
