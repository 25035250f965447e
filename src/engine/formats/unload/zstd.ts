import { Field, Int32, makeData } from 'apache-arrow';
import { SqlError } from '../../base/errors.ts';
import { arrowBatch } from '../../types/build/batch.ts';
import { ipcStream } from '../../types/ipc.ts';
import type { Chunks } from '../compression/codec.ts';
import { numberAt, readStruct } from '../parquet/read-thrift.ts';
import { type ParquetGlue, withParquet } from '../parquet/wasm.ts';

const BLOCK_BYTES = 1 << 20;
const WORD_BYTES = 4;
const FIELD = new Field('words', new Int32(), false);

/**
 * A file as zstd frames, one behind the other. The encoder is the one that writes Parquet: a page of plain INT32 values
 * that may not be NULL has no other bytes than theirs, so that its compressed body is a frame of them.
 */
export async function* zstdFrames(chunks: Chunks): Chunks {
  const block = new Uint8Array(BLOCK_BYTES);
  let filled = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + BLOCK_BYTES - filled);
      block.set(part, filled);
      at += part.length;
      filled += part.length;
      if (filled < BLOCK_BYTES) continue;
      yield* framesOf(block);
      filled = 0;
    }
  }
  const words = filled - (filled % WORD_BYTES);
  if (words > 0) yield* framesOf(block.slice(0, words));
  yield storedFrame(block.subarray(words, filled));
}

/** The bodies of the pages that the words make. */
async function* framesOf(bytes: Uint8Array<ArrayBuffer>): Chunks {
  const length = bytes.length / WORD_BYTES;
  const words = makeData({ type: new Int32(), length, nullCount: 0, data: new Int32Array(bytes.buffer, 0, length) });
  const stream = ipcStream([arrowBatch([FIELD], [words], length)], [FIELD]);
  const file = await withParquet(
    (glue) => glue.writeParquet(glue.Table.fromIPCStream(stream), properties(glue, length)),
    (reason, cause) => new SqlError('Internal', `zstd could not compress: ${reason}`, { cause }),
  );
  let missing = bytes.length;
  for (let at = 4; missing > 0; ) {
    const { struct, end } = readStruct(file, at);
    at = end + (numberAt(struct, 3) ?? 0);
    missing -= numberAt(struct, 2) ?? missing;
    yield file.slice(end, at) as Uint8Array<ArrayBuffer>;
  }
}

function properties(glue: ParquetGlue, rows: number) {
  return new glue.WriterPropertiesBuilder()
    .setCompression(glue.Compression.ZSTD)
    .setDictionaryEnabled(false)
    .setEncoding(glue.Encoding.PLAIN)
    .setStatisticsEnabled(glue.EnabledStatistics.None)
    .setDataPageSizeLimit(BLOCK_BYTES)
    .setWriteBatchSize(rows)
    .build();
}

/** A frame of one block that is stored as it is: fewer bytes than a word has, or none. */
function storedFrame(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const singleSegment = 0x20;
  const lastRawBlock = (bytes.length << 3) | 1;
  return Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, singleSegment, bytes.length, lastRawBlock, 0, 0, ...bytes);
}
