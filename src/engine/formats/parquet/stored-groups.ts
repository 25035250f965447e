import type { FileSource, ReadProgress } from '../format.ts';
import type { Excerpt } from './excerpt.ts';
import type { ParquetFooter } from './footer.ts';
import { fetchRowGroup, planRead } from './plan.ts';

/** A column of a file and the name that it gets in another. */
export interface RenamedColumn {
  readonly column: string;
  readonly name: string;
}

/** A row group of which some columns are to be kept as they are. */
export interface StoredRowGroup {
  readonly rows: number;
  /** Of these columns and of all, not compressed. */
  readonly bytes: number;
  readonly groupBytes: number;
  fetch(signal: AbortSignal, onProgress: (progress: ReadProgress) => void): Promise<Excerpt>;
}

/** The row groups of a file, none of them fetched. */
export function storedRowGroups(
  file: FileSource,
  footer: ParquetFooter,
  columns: readonly RenamedColumn[],
): readonly StoredRowGroup[] {
  const request = { columns: columns.map(({ column }) => column), predicates: [], limit: undefined };
  const groups = footer.rowGroups.filter(({ rows }) => rows > 0);
  return planRead(footer, request).map((read, at) => {
    const fields = read.fields.map((field, index) => {
      return { ...field, node: { ...field.node, name: columns[index]?.name ?? field.node.name } };
    });
    return {
      rows: read.rows,
      bytes: read.chunks.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0),
      groupBytes: groups[at]?.byteSize ?? 0,
      fetch: (signal, onProgress) => fetchRowGroup(file, { ...read, fields }, signal, onProgress),
    };
  });
}
