import { ByteSink } from '../../../types/json/sink.ts';
import type { ColumnEncoding } from '../encoding.ts';
import type { ColumnStatistics } from '../prune.ts';
import { i32, i64, list, struct, type ThriftValue, text } from '../write-thrift.ts';
import { boundsOf } from './bounds.ts';
import { chunkStatistics } from './chunk-statistics.ts';
import type { FlatColumn, FlatValues } from './column.ts';
import { columnStatistics } from './column-statistics.ts';
import { dictionaryOf } from './dictionary.ts';
import { type ValueWriter, valueWriter, writeLevels, writePlain } from './pages.ts';
import { MOST_KEPT } from './scratch.ts';
import { compressSnappy } from './snappy.ts';

export interface ChunkForm extends Omit<ColumnEncoding, 'index'> {
  readonly name: string;
  /** Whether the file's schema allows NULL, so that pages say which rows are. */
  readonly nullable: boolean;
  readonly codec: ChunkCodec;
}

export type ChunkCodec = 'SNAPPY' | 'NONE';

/** A column of a row group: its pages, and what is said of them once it is known where they stand. */
export interface EncodedChunk {
  readonly bytes: Uint8Array;
  readonly uncompressedSize: number;
  /** The chunk's ColumnMetaData, when its bytes stand at `offset`. */
  metadata(offset: number): ThriftValue;
  /** Its OffsetIndex, if it has one. */
  offsetIndex(offset: number): ThriftValue | undefined;
}

export interface FlatChunk extends EncodedChunk {
  /** In terms of the column's cells. */
  readonly statistics: ColumnStatistics;
}

const TYPES: { readonly [K in FlatValues['kind']]: number } = { Int32: 1, Int64: 2, Float: 4, Double: 5, Bytes: 6 };
const ENCODINGS: { readonly [K in ValueWriter['encoding'] | 'RLE']: number } = {
  PLAIN: 0,
  RLE: 3,
  DELTA_BINARY_PACKED: 5,
  DELTA_LENGTH_BYTE_ARRAY: 6,
  DELTA_BYTE_ARRAY: 7,
  RLE_DICTIONARY: 8,
};
const CODECS: { readonly [K in ChunkCodec]: number } = { NONE: 0, SNAPPY: 1 };
const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;

/** Pages are for readers that want a few rows; each costs a header. */
const PAGE_ROWS = 32_768;
const PAGE_BYTES = 1 << 20;

export function encodeChunk(column: FlatColumn, form: ChunkForm): FlatChunk {
  const { values, count, rows } = column;
  const dictionary = form.dictionary ? dictionaryOf(values, count) : undefined;
  const writer = valueWriter(values, form.encoding, dictionary);
  const pages = new Pages(form.codec);
  if (dictionary) {
    writePlain(dictionary.values, dictionary.count, pages.body);
    pages.closeDictionary(dictionary.count);
  }
  const step = pageRows(column);
  let value = 0;
  for (let row = 0; row < rows; row += step) {
    const end = Math.min(rows, row + step);
    const next = value + valuesIn(column, row, end);
    if (form.nullable) writeLevels(column, [row, end], pages.body);
    writer.write([value, next], pages.body);
    pages.closeData(row, end - row, writer.encoding);
    value = next;
  }
  const bounds = dictionary ? boundsOf(dictionary.values, dictionary.count) : boundsOf(values, count);
  const statistics = chunkStatistics(dictionary?.values ?? values, bounds, rows - count);
  const chunk = pages.chunk(column, form, { encoding: writer.encoding, statistics });
  return { ...chunk, statistics: columnStatistics(column, bounds, dictionary) };
}

/** Always a multiple of eight, so that the validity of a page starts with a byte. */
function pageRows({ values, rows }: FlatColumn): number {
  if (values.kind !== 'Bytes' || values.bytes.length === 0) return PAGE_ROWS;
  const fitting = Math.floor((PAGE_BYTES * rows) / values.bytes.length);
  return Math.max(8, Math.min(PAGE_ROWS, fitting & ~7));
}

function valuesIn({ validity }: FlatColumn, from: number, to: number): number {
  if (!validity) return to - from;
  let count = 0;
  for (let row = from; row < to; row++) count += ((validity[row >> 3] as number) >> (row & 7)) & 1;
  return count;
}

interface PagePlace {
  readonly offset: number;
  readonly size: number;
  readonly firstRow: number;
}

interface ChunkFacts {
  readonly encoding: ValueWriter['encoding'];
  readonly statistics: ThriftValue;
}

// One chunk is written at a time, each in the place of the last.
const [body, compressed, out] = [new ByteSink(1 << 20), new ByteSink(1 << 20), new ByteSink(1 << 21)];

/** What a sink holds. Memory that one large chunk has grown it to goes with the chunk. */
function taken(sink: ByteSink): Uint8Array {
  const { bytes, length } = sink;
  if (bytes.length <= MOST_KEPT) return bytes.slice(0, length);
  sink.bytes = new Uint8Array(1 << 21);
  return bytes.subarray(0, length);
}

/** The pages of a chunk, one behind the other. */
class Pages {
  /** The page that is being written, not yet compressed. */
  readonly body = body;
  readonly #codec: ChunkCodec;
  readonly #places: PagePlace[] = [];
  #uncompressedSize = 0;
  #hasDictionary = false;

  constructor(codec: ChunkCodec) {
    this.#codec = codec;
    for (const sink of [body, compressed, out]) sink.length = 0;
  }

  closeDictionary(count: number): void {
    this.#hasDictionary = true;
    this.#close(DICTIONARY_PAGE, { 7: struct({ 1: i32(count), 2: i32(ENCODINGS.PLAIN) }) });
  }

  closeData(firstRow: number, rows: number, encoding: ValueWriter['encoding']): void {
    const offset = out.length;
    const levels = i32(ENCODINGS.RLE);
    this.#close(DATA_PAGE, { 5: struct({ 1: i32(rows), 2: i32(ENCODINGS[encoding]), 3: levels, 4: levels }) });
    this.#places.push({ offset, size: out.length - offset, firstRow });
  }

  #close(type: number, header: { readonly [id: number]: ThriftValue }): void {
    const body = this.#stored();
    const head: number[] = [];
    struct({ 1: i32(type), 2: i32(this.body.length), 3: i32(body.length), ...header }).write(head);
    this.#uncompressedSize += head.length + this.body.length;
    for (const byte of head) out.push(byte);
    out.append(body.bytes, 0, body.length);
    this.body.length = 0;
  }

  #stored(): ByteSink {
    if (this.#codec === 'NONE') return this.body;
    compressed.length = 0;
    compressSnappy(this.body.bytes.subarray(0, this.body.length), compressed);
    return compressed;
  }

  chunk({ values, rows }: FlatColumn, { name, codec }: ChunkForm, { encoding, statistics }: ChunkFacts): EncodedChunk {
    const places = this.#places;
    const bytes = taken(out);
    const encodings: (keyof typeof ENCODINGS)[] = this.#hasDictionary ? ['PLAIN', 'RLE', encoding] : ['RLE', encoding];
    const uncompressedSize = this.#uncompressedSize;
    const hasDictionary = this.#hasDictionary;
    return {
      bytes,
      uncompressedSize,
      metadata: (offset) =>
        struct({
          1: i32(TYPES[values.kind]),
          2: list(encodings.map((used) => i32(ENCODINGS[used]))),
          3: list([text(name)]),
          4: i32(CODECS[codec]),
          5: i64(rows),
          6: i64(uncompressedSize),
          7: i64(bytes.length),
          9: i64(offset + (places[0]?.offset ?? 0)),
          11: hasDictionary ? i64(offset) : undefined,
          12: statistics,
        }),
      offsetIndex: (offset) =>
        struct({
          1: list(
            places.map((place) =>
              struct({ 1: i64(offset + place.offset), 2: i32(place.size), 3: i64(place.firstRow) }),
            ),
          ),
        }),
    };
  }
}
