import { joinBytes } from '../../base/bytes.ts';
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
  const join = parquetJoin();
  return joinBytes([...files.flatMap((file) => join.add(file)), ...join.end()]);
}

/** The same file by file, at least one: of what was added only the footers are held. */
export interface ParquetJoin {
  /** The next pieces of the joined file. */
  add(file: Uint8Array): readonly Uint8Array[];
  /** Its last pieces. */
  end(): readonly Uint8Array[];
}

export function parquetJoin(): ParquetJoin {
  const joined = new FilePieces();
  const parts: Part[] = [];
  return {
    add(file) {
      const bodyEnd = bodyEndOf(file);
      const shift = joined.append(file.subarray(FIRST_OFFSET, bodyEnd)) - FIRST_OFFSET;
      // A copy, so that the rest can be given up.
      const tail = file.slice(bodyEnd);
      parts.push({ tail, bodyEnd, shift, footer: footerTree(tail).footer });
      return joined.take();
    },
    end() {
      const groups = parts.flatMap((part) => groupsOf(part.footer).map((group) => joinedGroup(group, part, joined)));
      const rows = parts.reduce((sum, { footer }) => sum + integerOf(footer.fields.get(FILE.rows)), 0);
      const first = structIn(parts[0]?.footer);
      joined.end(changed(first, { [FILE.rows]: i64(rows), [FILE.rowGroups]: list(groups) }));
      return joined.take();
    },
  };
}

interface Part {
  /** From its page indexes on. */
  readonly tail: Uint8Array;
  /** Where its row groups end, and its page indexes begin. */
  readonly bodyEnd: number;
  readonly footer: ThriftStruct;
  /** By which its row groups stand further behind in the joined file. */
  readonly shift: number;
}

function bodyEndOf(bytes: Uint8Array): number {
  const { footer, start: footerStart } = footerTree(bytes);
  const indexes = groupsOf(footer)
    .flatMap((group) => itemsOf(group.fields.get(GROUP.columns)))
    .flatMap((chunk) => [structIn(chunk).fields.get(CHUNK.offsetIndex), structIn(chunk).fields.get(CHUNK.columnIndex)])
    .filter((index) => index !== undefined)
    .map(integerOf);
  return Math.min(footerStart, ...indexes);
}

function groupsOf(footer: ThriftStruct): readonly ThriftStruct[] {
  return itemsOf(footer.fields.get(FILE.rowGroups)).map(structIn);
}

function joinedGroup(group: ThriftStruct, part: Part, joined: FilePieces): ThriftValue {
  const columns = itemsOf(group.fields.get(GROUP.columns)).map((chunk) => joinedChunk(structIn(chunk), part, joined));
  return changed(group, {
    [GROUP.columns]: list(columns),
    [GROUP.offset]: shifted(group.fields.get(GROUP.offset), part.shift),
    [GROUP.ordinal]: undefined,
  });
}

function joinedChunk({ fields, ...chunk }: ThriftStruct, part: Part, joined: FilePieces): ThriftValue {
  const { shift } = part;
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
  { tail, bodyEnd }: Part,
  offset: ThriftNode | undefined,
  length: ThriftNode | undefined,
): Uint8Array | undefined {
  if (!offset || !length) return undefined;
  const start = integerOf(offset) - bodyEnd;
  return tail.subarray(start, start + integerOf(length));
}
