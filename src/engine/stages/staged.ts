import type { FileFormat, FileSource } from '../formats/format.ts';
import { type Column, type Schema, sameType } from '../types/type.ts';

/** Files of a stage or URL that a query reads, chosen and with their columns known. */
export interface StagedSource {
  readonly kind: 'Staged';
  readonly files: readonly FileSource[];
  readonly format: FileFormat;
  /** How the files are seen: `columns` by name (Parquet), `$1 … $n` (CSV, TEXT), `$1` a VARIANT (NDJSON). */
  readonly access: 'columns' | 'positions' | 'variant';
  /** How many positions the statement may name; at most `MAX_POSITIONS`. */
  readonly positions: number;
  /** Columns by name, of the first file; empty for the other kinds. */
  readonly columns: Schema;
  /** The files' own columns where they differ from the first's; the same order as `files`. */
  readonly fileColumns: readonly Schema[];
  /** The location as written, for messages. */
  readonly name: string;
}

/** Pseudo-columns of every staged source, in the order in which they follow its columns. */
export const METADATA_COLUMNS: Schema = [
  { name: 'metadata$filename', type: { kind: 'String' }, nullable: false },
  { name: 'metadata$file_path', type: { kind: 'String' }, nullable: false },
  { name: 'metadata$file_basename', type: { kind: 'String' }, nullable: false },
  { name: 'metadata$file_row_number', type: { kind: 'UInt64' }, nullable: false },
  { name: 'metadata$file_content_key', type: { kind: 'String' }, nullable: true },
  { name: 'metadata$file_last_modified', type: { kind: 'Timestamp' }, nullable: true },
];

/**
 * The columns of all files where not all have the same ones: each name and type once. They follow the metadata, and
 * whole rows are made of them.
 */
export function rowColumns({ access, fileColumns }: StagedSource): Schema {
  const [first = []] = fileColumns;
  if (access !== 'columns' || fileColumns.every((schema) => sameSchema(first, schema))) return [];
  const columns: Column[] = [];
  for (const column of fileColumns.flat()) {
    if (!columns.some((known) => sameColumn(known, column))) columns.push({ ...column, nullable: true });
  }
  return columns;
}

export function sameSchema(a: Schema, b: Schema): boolean {
  return a.length === b.length && a.every((column, index) => sameColumn(column, b[index]));
}

export function sameColumn({ name, type }: Column, other: Column | undefined): boolean {
  return other !== undefined && other.name === name && sameType(type, other.type);
}

/** The most fields that a SELECT may name by position. */
export const MAX_POSITIONS = 1000;
