import { shiftedMetadata, shiftedPages } from '../shifted-chunk.ts';
import { integerOf, itemsOf, parseThrift, structIn, type ThriftStruct } from '../thrift-tree.ts';
import type { EncodedChunk } from './chunk.ts';

const GROUP = { columns: 1, rows: 3 } as const;
const FILE = { rowGroups: 4 } as const;
const CHUNK = { metadata: 3, offsetIndex: 4, offsetIndexLength: 5 } as const;
const METADATA = { uncompressed: 6, compressed: 7, dataPage: 9, dictionaryPage: 11 } as const;

export interface StoredGroup {
  readonly rows: number;
  /** By leaf column. */
  readonly chunks: readonly EncodedChunk[];
}

/** The row groups of a whole file as chunks that may stand in another. */
export function storedGroups(bytes: Uint8Array, footer: ThriftStruct): readonly StoredGroup[] {
  return itemsOf(footer.fields.get(FILE.rowGroups)).map((node) => {
    const { fields } = structIn(node);
    const chunks = itemsOf(fields.get(GROUP.columns)).map((chunk) => storedChunk(bytes, structIn(chunk)));
    return { rows: integerOf(fields.get(GROUP.rows)), chunks };
  });
}

function storedChunk(bytes: Uint8Array, { fields }: ThriftStruct): EncodedChunk {
  const metadata = structIn(fields.get(CHUNK.metadata));
  const field = (id: number) => integerOf(metadata.fields.get(id));
  const dictionary = field(METADATA.dictionaryPage);
  const start = dictionary > 0 ? Math.min(dictionary, field(METADATA.dataPage)) : field(METADATA.dataPage);
  const indexAt = integerOf(fields.get(CHUNK.offsetIndex));
  const index = indexAt > 0 && parseThrift(bytes.subarray(indexAt));
  return {
    bytes: bytes.subarray(start, start + field(METADATA.compressed)),
    uncompressedSize: field(METADATA.uncompressed),
    metadata: (offset) => shiftedMetadata(metadata, offset - start),
    offsetIndex: (offset) => (index ? shiftedPages(index, offset - start) : undefined),
  };
}
