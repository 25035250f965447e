import {
  changed,
  integerOf,
  itemsOf,
  parseThrift,
  structIn,
  type ThriftNode,
  type ThriftStruct,
} from './thrift-tree.ts';
import { i32, i64, list, type ThriftValue } from './write-thrift.ts';

const MAGIC = Uint8Array.of(0x50, 0x41, 0x52, 0x31);

/** The ids of the fields that are read or changed, by struct of the Parquet format. */
const FILE = { rows: 3, rowGroups: 4 } as const;
const GROUP = { columns: 1, offset: 5, ordinal: 7 } as const;
const CHUNK = { offset: 2, metadata: 3, offsetIndex: 4, offsetIndexLength: 5, columnIndex: 6, columnIndexLength: 7 };
const METADATA = { dataPage: 9, indexPage: 10, dictionaryPage: 11, bloomFilter: 14, bloomFilterLength: 15 } as const;
const INDEX = { pages: 1 } as const;
const PAGE = { offset: 1 } as const;

/**
 * One Parquet file of the row groups of several, which have the same schema and are this writer's own: row groups are
 * encoded apart, at the same time, and put behind one another. Page indexes come last, as readers expect them.
 */
export function joinParquet(files: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only] = files;
  if (only && files.length === 1) return only;
  const parts = files.map(openPart);
  const joined = new Joined();
  for (const part of parts) joined.addBody(part);
  const groups = parts.flatMap((part, index) =>
    itemsOf(part.footer.fields.get(FILE.rowGroups)).map((group) => ({ group: structIn(group), part, index })),
  );
  const written = groups.map(({ group, part, index }, ordinal) =>
    joinedGroup(group, { part, shift: joined.shift(index), ordinal }, joined),
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
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const footerEnd = bytes.length - 8;
  const footerStart = footerEnd - view.getUint32(footerEnd, true);
  const footer = parseThrift(bytes.subarray(footerStart, footerEnd));
  const indexes = itemsOf(footer.fields.get(FILE.rowGroups))
    .flatMap((group) => itemsOf(structIn(group).fields.get(GROUP.columns)))
    .flatMap((chunk) => [structIn(chunk).fields.get(CHUNK.offsetIndex), structIn(chunk).fields.get(CHUNK.columnIndex)])
    .filter((index) => index !== undefined)
    .map(integerOf);
  return { bytes, footer, bodyEnd: Math.min(footerStart, ...indexes) };
}

/** The pieces of the new file in their order. */
class Joined {
  readonly #pieces: Uint8Array[] = [MAGIC];
  readonly #shifts: number[] = [];
  #length = MAGIC.length;

  addBody({ bytes, bodyEnd }: Part): void {
    this.#shifts.push(this.#length - MAGIC.length);
    this.append(bytes.subarray(MAGIC.length, bodyEnd));
  }

  /** What is added to an offset of the part with this index. */
  shift(index: number): number {
    return this.#shifts[index] ?? 0;
  }

  /** Gives where the piece begins. */
  append(piece: Uint8Array): number {
    const at = this.#length;
    this.#pieces.push(piece);
    this.#length += piece.length;
    return at;
  }

  close(footer: ThriftValue): Uint8Array<ArrayBuffer> {
    const written = bytesOf(footer);
    this.append(written);
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, written.length, true);
    this.append(length);
    this.append(MAGIC);
    const file = new Uint8Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      file.set(piece, at);
      at += piece.length;
    }
    return file;
  }
}

function bytesOf(value: ThriftValue): Uint8Array {
  const out: number[] = [];
  value.write(out);
  return Uint8Array.from(out);
}

interface Place {
  readonly part: Part;
  readonly shift: number;
  readonly ordinal: number;
}

function joinedGroup(group: ThriftStruct, place: Place, joined: Joined): ThriftValue {
  const columns = itemsOf(group.fields.get(GROUP.columns)).map((chunk) => joinedChunk(structIn(chunk), place, joined));
  return changed(group, {
    [GROUP.columns]: list(columns),
    [GROUP.offset]: shifted(group.fields.get(GROUP.offset), place.shift),
    [GROUP.ordinal]: undefined,
  });
}

function joinedChunk({ fields, ...chunk }: ThriftStruct, { part, shift }: Place, joined: Joined): ThriftValue {
  const metadata = structIn(fields.get(CHUNK.metadata));
  const at = (id: number) => shifted(metadata.fields.get(id), shift);
  const columnIndex = indexBytes(part, fields.get(CHUNK.columnIndex), fields.get(CHUNK.columnIndexLength));
  const offsetIndex = indexBytes(part, fields.get(CHUNK.offsetIndex), fields.get(CHUNK.offsetIndexLength));
  const pages = offsetIndex && bytesOf(shiftedPages(parseThrift(offsetIndex), shift));
  return changed(
    { ...chunk, fields },
    {
      [CHUNK.offset]: shifted(fields.get(CHUNK.offset), integerOf(fields.get(CHUNK.offset)) === 0 ? 0 : shift),
      [CHUNK.metadata]: changed(metadata, {
        [METADATA.dataPage]: at(METADATA.dataPage),
        [METADATA.indexPage]: at(METADATA.indexPage),
        [METADATA.dictionaryPage]: at(METADATA.dictionaryPage),
        [METADATA.bloomFilter]: undefined,
        [METADATA.bloomFilterLength]: undefined,
      }),
      [CHUNK.columnIndex]: columnIndex && i64(joined.append(columnIndex)),
      [CHUNK.offsetIndex]: pages && i64(joined.append(pages)),
      [CHUNK.offsetIndexLength]: pages && i32(pages.length),
    },
  );
}

function shifted(offset: ThriftNode | undefined, shift: number): ThriftValue | undefined {
  return offset && i64(integerOf(offset) + shift);
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

function shiftedPages(index: ThriftStruct, shift: number): ThriftValue {
  const pages = itemsOf(index.fields.get(INDEX.pages)).map((page) => {
    const location = structIn(page);
    return changed(location, { [PAGE.offset]: shifted(location.fields.get(PAGE.offset), shift) });
  });
  return changed(index, { [INDEX.pages]: list(pages) });
}
