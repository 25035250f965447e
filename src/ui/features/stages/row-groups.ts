import type { Chunk } from '../../data/staged-file.ts';

export interface RowGroup {
  readonly index: number;
  readonly rows: number;
  readonly compressed: number;
  readonly uncompressed: number;
  readonly chunks: readonly Chunk[];
}

/** The column chunks of a Parquet file by row group, both in the order of the file. */
export function rowGroups(chunks: readonly Chunk[]): readonly RowGroup[] {
  const groups = new Map<number, Chunk[]>();
  for (const chunk of chunks) groups.set(chunk.group, [...(groups.get(chunk.group) ?? []), chunk]);
  return [...groups].map(([index, own]) => ({
    ...{ index, rows: own[0]?.groupRows ?? 0, chunks: own },
    compressed: own.reduce((sum, { compressed }) => sum + compressed, 0),
    uncompressed: own.reduce((sum, { uncompressed }) => sum + uncompressed, 0),
  }));
}

export function ratioOf({ compressed, uncompressed }: Pick<Chunk, 'compressed' | 'uncompressed'>): number {
  return compressed > 0 ? uncompressed / compressed : 1;
}
