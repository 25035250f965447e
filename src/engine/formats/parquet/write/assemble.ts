import { FilePieces, thriftBytes } from '../file-pieces.ts';
import { changed, type ThriftStruct } from '../thrift-tree.ts';
import { i32, i64, list, struct, type ThriftValue } from '../write-thrift.ts';
import type { EncodedChunk } from './chunk.ts';

export interface RowGroup {
  readonly rows: number;
  /** By leaf column of the schema. */
  readonly chunks: readonly EncodedChunk[];
}

const FILE = { rows: 3, rowGroups: 4 } as const;

/** A file of these row groups. All else that it says of itself is what `footer` says, that of a file of its schema. */
export function assembleParquet(footer: ThriftStruct, groups: readonly RowGroup[]): Uint8Array<ArrayBuffer> {
  const file = new FilePieces();
  const placed = groups.map(({ rows, chunks }) => ({
    rows,
    chunks: chunks.map((chunk) => ({ chunk, offset: file.append(chunk.bytes) })),
  }));
  const written = placed.map(({ rows, chunks }) => rowGroup(rows, chunks, file));
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  return file.close(changed(footer, { [FILE.rows]: i64(rows), [FILE.rowGroups]: list(written) }));
}

interface PlacedChunk {
  readonly chunk: EncodedChunk;
  readonly offset: number;
}

function rowGroup(rows: number, chunks: readonly PlacedChunk[], file: FilePieces): ThriftValue {
  const sum = (size: (chunk: EncodedChunk) => number) => chunks.reduce((all, { chunk }) => all + size(chunk), 0);
  return struct({
    1: list(chunks.map((placed) => columnChunk(placed, file))),
    2: i64(sum(({ uncompressedSize }) => uncompressedSize)),
    3: i64(rows),
    5: i64(chunks[0]?.offset ?? 0),
    6: i64(sum(({ bytes }) => bytes.length)),
  });
}

function columnChunk({ chunk, offset }: PlacedChunk, file: FilePieces): ThriftValue {
  const written = chunk.offsetIndex(offset);
  const index = written && thriftBytes(written);
  return struct({
    2: i64(0),
    3: chunk.metadata(offset),
    4: index && i64(file.append(index)),
    5: index && i32(index.length),
  });
}
