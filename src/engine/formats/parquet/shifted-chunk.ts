import { changed, integerOf, itemsOf, structIn, type ThriftNode, type ThriftStruct } from './thrift-tree.ts';
import { i64, list, type ThriftValue } from './write-thrift.ts';

/** What a footer says of a column chunk whose bytes have moved within their file, or to another. */

const METADATA = { dataPage: 9, indexPage: 10, dictionaryPage: 11, bloomFilter: 14, bloomFilterLength: 15 } as const;
const INDEX = { pages: 1 } as const;
const PAGE = { offset: 1 } as const;

export function shifted(offset: ThriftNode | undefined, shift: number): ThriftValue | undefined {
  return offset && i64(integerOf(offset) + shift);
}

/** A ColumnMetaData; a Bloom filter stays behind. */
export function shiftedMetadata(metadata: ThriftStruct, shift: number): ThriftValue {
  const at = (id: number) => shifted(metadata.fields.get(id), shift);
  return changed(metadata, {
    [METADATA.dataPage]: at(METADATA.dataPage),
    [METADATA.indexPage]: at(METADATA.indexPage),
    [METADATA.dictionaryPage]: at(METADATA.dictionaryPage),
    [METADATA.bloomFilter]: undefined,
    [METADATA.bloomFilterLength]: undefined,
  });
}

/** An OffsetIndex. */
export function shiftedPages(index: ThriftStruct, shift: number): ThriftValue {
  const pages = itemsOf(index.fields.get(INDEX.pages)).map((page) => {
    const location = structIn(page);
    return changed(location, { [PAGE.offset]: shifted(location.fields.get(PAGE.offset), shift) });
  });
  return changed(index, { [INDEX.pages]: list(pages) });
}
