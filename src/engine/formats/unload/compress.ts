import { Zip, ZipDeflate } from 'fflate';
import { SqlError } from '../../base/errors.ts';
import { hint } from '../../base/hints.ts';
import type { FileFormat } from '../format.ts';
import { textOption } from '../option-values.ts';
import { UNSET_COMPRESSION } from '../text-options.ts';
import { zstdFrames } from './zstd.ts';

type Chunks = AsyncIterable<Uint8Array<ArrayBuffer>>;

export interface Compressor {
  /** What the name of a compressed file ends with, a dot first; empty for none. */
  readonly extension: string;
  /** The chunks of a file as those of the compressed one. */
  compress(chunks: Chunks): Chunks;
}

const PLATFORM: Readonly<Record<string, { readonly format: CompressionFormat; readonly extension: string }>> = {
  GZIP: { format: 'gzip', extension: '.gz' },
  DEFLATE: { format: 'deflate', extension: '.zl' },
  RAW_DEFLATE: { format: 'deflate-raw', extension: '.deflate' },
};

/** How unloaded text files are compressed; AUTO does not compress. */
export function unloadCompressor(format: FileFormat): Compressor {
  const option = textOption(format, 'COMPRESSION');
  if ([UNSET_COMPRESSION, 'AUTO', 'NONE'].includes(option)) return { extension: '', compress: (chunks) => chunks };
  if (option === 'ZIP') return { extension: '.zip', compress: zipped };
  if (option === 'ZSTD') return { extension: '.zstd', compress: zstdFrames };
  const known = PLATFORM[option];
  if (!known) {
    throw new SqlError('Unimplemented', `compress type ${option.toLowerCase()} is unimplemented for unloading`, {
      hint: hint('writable'),
    });
  }
  return { extension: known.extension, compress: (chunks) => compressed(chunks, known.format) };
}

async function* compressed(chunks: Chunks, format: CompressionFormat): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { readable, writable } = new CompressionStream(format);
  const reader = readable.getReader();
  const feeding = feed(chunks, writable.getWriter());
  // A failure of the rows reaches the reader as that of the stream.
  feeding.catch(() => {});
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  } finally {
    await reader.cancel();
  }
  await feeding;
}

async function feed(chunks: Chunks, writer: WritableStreamDefaultWriter<BufferSource>): Promise<void> {
  try {
    // Node's stream reads a chunk after it was written, when others may lie in its place.
    for await (const chunk of chunks) await writer.write(chunk.slice());
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => {}); // The stream may have ended by itself; the first error is the one to tell.
    throw error;
  }
}

/** An archive of one file. */
async function* zipped(chunks: Chunks): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const archive = new Zip((error, piece) => {
    if (error) throw error;
    pieces.push(new Uint8Array(piece));
  });
  const file = new ZipDeflate('data');
  archive.add(file);
  for await (const chunk of chunks) {
    file.push(chunk);
    yield* pieces.splice(0);
  }
  file.push(new Uint8Array(0), true);
  archive.end();
  yield* pieces.splice(0);
}
