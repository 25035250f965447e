import { SqlError } from '../../base/errors.ts';
import { hint } from '../../base/hints.ts';
import { decompressed } from '../compression/decompress.ts';
import type { FileSource } from '../format.ts';
import { fileChunks } from '../rows/source.ts';
import { type DetectedDialect, detectDialect } from './dialect.ts';
import { detectEncoding } from './encoding.ts';

export interface DetectedText extends DetectedDialect {
  /** As the option ENCODING names it. */
  readonly encoding: string;
}

/** What is no UTF-8 is one of these, be it what it may; their texts have no zero bytes. */
const OF_BYTES: readonly string[] = ['gb18030', 'windows-1252'];

const SAMPLE_BYTES = 64 * 1024;

/** How a file of fields seems to be written, by its first bytes. Throws BadBytes for what is no text in any encoding. */
export async function detectText(file: FileSource, signal: AbortSignal): Promise<DetectedText> {
  const bytes = await firstBytes(decompressed(fileChunks(file, signal), 'AUTO', file.path));
  const encoding = detectEncoding(bytes);
  if (OF_BYTES.includes(encoding) && bytes.includes(0))
    throw new SqlError('BadBytes', `file '${file.path}' holds no text`, { hint: hint('otherKind') });
  return { encoding, ...detectDialect(new TextDecoder(encoding).decode(bytes)) };
}

async function firstBytes(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    parts.push(chunk.slice(0, SAMPLE_BYTES - size));
    size += Math.min(chunk.length, SAMPLE_BYTES - size);
    if (size >= SAMPLE_BYTES) break;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
