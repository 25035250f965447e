import type { RecordBatch } from 'apache-arrow';
import { yieldToMessages } from '../../base/async.ts';
import { SqlError } from '../../base/errors.ts';
import type { FileFormat } from '../../formats/format.ts';
import { formatOf } from '../../formats/index.ts';
import { textOption } from '../../formats/option-values.ts';
import type { ParquetCompression } from '../../formats/parquet/encode.ts';
import { parquetJoin } from '../../formats/parquet/join.ts';
import { unloadParquet } from '../../formats/parquet/unload.ts';
import { unloadCompressor } from '../../formats/unload/compress.ts';
import { type RowWriter, rowWriter } from '../../formats/unload/row-writer.ts';
import { uniformBatches } from '../../table/uniform-batches.ts';
import { arrowBatch } from '../../types/build/batch.ts';
import type { Schema } from '../../types/type.ts';
import type { Piece, Pieces } from './pieces.ts';

/** How pieces of rows become the bytes of files. */
export interface FileEncoder {
  /** What names end with: `.csv.gz`. */
  readonly suffix: string;
  /** The most rows of a piece. */
  readonly pieceRows: number;
  /** The bytes of one file: takes pieces of the next one's folder until the file is full. */
  encode(pieces: Pieces, counts: FileCounts): AsyncIterable<Uint8Array>;
}

export interface FileCounts {
  rows: number;
  /** Before compression. */
  bytes: number;
}

export interface EncoderRequest {
  readonly format: FileFormat;
  /** Of the files. */
  readonly schema: Schema;
  readonly timezone: string;
  /** Bytes after which a file is full; undefined for the format's own. */
  readonly maxFileSize: number | undefined;
  readonly single: boolean;
}

const MIB = 1024 * 1024;

export function fileEncoder(request: EncoderRequest): FileEncoder {
  return request.format.type === 'PARQUET' ? parquetFiles(request) : textFiles(request);
}

/** As in Databend: a file holds whole chunks of so many rows. */
const TEXT_ROWS = 1024;
const PIECES_BETWEEN_MESSAGES = 32;

function textFiles({ format, schema, timezone, maxFileSize, single }: EncoderRequest): FileEncoder {
  const { extension, compress } = unloadCompressor(format);
  const writer = rowWriter(format, schema, timezone);
  const most = single ? Number.POSITIVE_INFINITY : (maxFileSize ?? (extension === '' ? 16 : 64) * MIB);
  return {
    suffix: `${formatOf(format).suffix}${extension}`,
    pieceRows: TEXT_ROWS,
    encode: (pieces, counts) => compress(textOf(pieces, writer, most, counts)),
  };
}

async function* textOf(
  pieces: Pieces,
  { header, write }: RowWriter,
  most: number,
  counts: FileCounts,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (header.length > 0) yield header;
  counts.bytes = header.length;
  let taken = 0;
  for await (const { batch, start, end } of piecesOfFile(pieces)) {
    const bytes = write(batch, start, end);
    counts.rows += end - start;
    counts.bytes += bytes.length;
    yield bytes;
    if (++taken % PIECES_BETWEEN_MESSAGES === 0) await yieldToMessages();
    if (counts.bytes > most) return;
  }
}

/** The pieces up to the next folder. */
async function* piecesOfFile(pieces: Pieces): AsyncGenerator<Piece> {
  const folder = pieces.next()?.folder;
  for (let piece = pieces.next(); piece && piece.folder === folder; piece = pieces.next()) {
    await pieces.take();
    yield piece;
  }
}

/** In memory: what is encoded at a time, and then written. The encoder's own memory is some times that, and never shrinks. */
const GROUP_BYTES = 16 * MIB;

function parquetFiles({ format, schema, maxFileSize = 64 * MIB, single }: EncoderRequest): FileEncoder {
  const compression = parquetCompression(format);
  const most = single ? Number.POSITIVE_INFINITY : maxFileSize;
  const encoded = async (batches: readonly RecordBatch[]) =>
    (await unloadParquet(uniformBatches(batches, schema), schema, compression)).bytes;
  return {
    suffix: formatOf(format).suffix,
    pieceRows: Number.POSITIVE_INFINITY,
    async *encode(pieces, counts) {
      const file = parquetJoin();
      let batches: RecordBatch[] = [];
      let encodedBytes = 0;
      for await (const piece of piecesOfFile(pieces)) {
        batches.push(batchOfPiece(piece, schema));
        counts.rows += piece.end - piece.start;
        counts.bytes += sizeOf(piece, schema);
        if (counts.bytes > most) break;
        if (counts.bytes - encodedBytes < GROUP_BYTES) continue;
        yield* file.add(await encoded(batches));
        [batches, encodedBytes] = [[], counts.bytes];
      }
      if (batches.length > 0) yield* file.add(await encoded(batches));
      yield* file.end();
    },
  };
}

function parquetCompression(format: FileFormat): ParquetCompression {
  const option = textOption(format, 'COMPRESSION').toUpperCase();
  if (option === 'SNAPPY' || option === 'NONE' || option === 'ZSTD') return option;
  throw new SqlError('Internal', `Parquet is not compressed by ${option}`);
}

/** The rows of a piece, without the columns that are not unloaded. */
function batchOfPiece({ batch, start, end }: Piece, schema: Schema): RecordBatch {
  const fields = batch.schema.fields.slice(0, schema.length);
  const whole = arrowBatch(fields, batch.data.children.slice(0, schema.length), batch.numRows);
  return start === 0 && end === batch.numRows ? whole : whole.slice(start, end);
}

/** What the rows take in memory: their part of the batch. */
function sizeOf({ batch, start, end }: Piece, schema: Schema): number {
  const columns = batch.data.children.slice(0, schema.length);
  const bytes = columns.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return Math.round((bytes * (end - start)) / batch.numRows);
}
