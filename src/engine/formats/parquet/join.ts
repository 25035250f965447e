import { FIRST_OFFSET, FilePieces, thriftBytes } from './file-pieces.ts';
import { shifted, shiftedMetadata, shiftedPages } from './shifted-chunk.ts';
import {
  changed,
  footerTree,
  integerOf,
  itemsOf,
  parseThrift,
  structIn,
  type ThriftNode,
  type ThriftStruct,
} from './thrift-tree.ts';
import { i32, i64, list, type ThriftValue } from './write-thrift.ts';

/** The ids of the fields that are read or changed, by struct of the Parquet format. */
const FILE = { rows: 3, rowGroups: 4 } as const;
const GROUP = { columns: 1, offset: 5, ordinal: 7 } as const;
const CHUNK = { offset: 2, metadata: 3, offsetIndex: 4, offsetIndexLength: 5, columnIndex: 6, columnIndexLength: 7 };

/**
 * One Parquet file of the row groups of several, which have the same schema and are this writer's own: row groups are
 * encoded apart, at the same time, and put behind one another. Page indexes come last, as readers expect them.
 */
export function joinParquet(files: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only] = files;
  if (only && files.length === 1) return only;
  const parts = files.map(openPart);
  const joined = new FilePieces();
  const shifts = parts.map(({ bytes, bodyEnd }) => {
    return joined.append(bytes.subarray(FIRST_OFFSET, bodyEnd)) - FIRST_OFFSET;
  });
  const groups = parts.flatMap((part, index) =>
    itemsOf(part.footer.fields.get(FILE.rowGroups)).map((group) => ({ group: structIn(group), part, index })),
  );
  const written = groups.map(({ group, part, index }) =>
    joinedGroup(group, { part, shift: shifts[index] ?? 0 }, joined),
  );
  const rows = parts.reduce((sum, { footer }) => sum + integerOf(footer.fields.get(FILE.rows)), 0);
  const first = structIn(parts[0]?.footer);
  return joined.close(changed(first, { [FILE.rows]: i64(rows), [FILE.rowGroups]: list(written) }));
}

interface Part {
  readonly bytes: Uint8Array;
  readonly footer: ThriftStruct;
  /** Where its row groups end, and its page indexes begin. */
  readonly bodyEnd: number;
}

function openPart(bytes: Uint8Array): Part {
  const { footer, start: footerStart } = footerTree(bytes);
  const indexes = itemsOf(footer.fields.get(FILE.rowGroups))
    .flatMap((group) => itemsOf(structIn(group).fields.get(GROUP.columns)))
    .flatMap((chunk) => [structIn(chunk).fields.get(CHUNK.offsetIndex), structIn(chunk).fields.get(CHUNK.columnIndex)])
    .filter((index) => index !== undefined)
    .map(integerOf);
  return { bytes, footer, bodyEnd: Math.min(footerStart, ...indexes) };
}

interface Place {
  readonly part: Part;
  readonly shift: number;
}

function joinedGroup(group: ThriftStruct, place: Place, joined: FilePieces): ThriftValue {
  const columns = itemsOf(group.fields.get(GROUP.columns)).map((chunk) => joinedChunk(structIn(chunk), place, joined));
  return changed(group, {
    [GROUP.columns]: list(columns),
    [GROUP.offset]: shifted(group.fields.get(GROUP.offset), place.shift),
    [GROUP.ordinal]: undefined,
  });
}

function joinedChunk({ fields, ...chunk }: ThriftStruct, { part, shift }: Place, joined: FilePieces): ThriftValue {
  const metadata = structIn(fields.get(CHUNK.metadata));
  const columnIndex = indexBytes(part, fields.get(CHUNK.columnIndex), fields.get(CHUNK.columnIndexLength));
  const offsetIndex = indexBytes(part, fields.get(CHUNK.offsetIndex), fields.get(CHUNK.offsetIndexLength));
  const pages = offsetIndex && thriftBytes(shiftedPages(parseThrift(offsetIndex), shift));
  return changed(
    { ...chunk, fields },
    {
      [CHUNK.offset]: shifted(fields.get(CHUNK.offset), integerOf(fields.get(CHUNK.offset)) === 0 ? 0 : shift),
      [CHUNK.metadata]: shiftedMetadata(metadata, shift),
      [CHUNK.columnIndex]: columnIndex && i64(joined.append(columnIndex)),
      [CHUNK.offsetIndex]: pages && i64(joined.append(pages)),
      [CHUNK.offsetIndexLength]: pages && i32(pages.length),
    },
  );
}

function indexBytes(
  { bytes }: Part,
  offset: ThriftNode | undefined,
  length: ThriftNode | undefined,
): Uint8Array | undefined {
  if (!offset || !length) return undefined;
  const start = integerOf(offset);
  return bytes.subarray(start, start + integerOf(length));
}
