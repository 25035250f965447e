import { SqlError } from '../../base/errors.ts';
import { hint } from '../../base/hints.ts';
import type { FileFormat } from '../format.ts';
import { textOption } from '../option-values.ts';

type Chunks = AsyncIterable<Uint8Array<ArrayBuffer>>;

/**
 * The bytes of a text file as UTF-8. Plain UTF-8 passes untouched, its byte order mark too; what is not valid in it is
 * found field by field.
 */
export function utf8Chunks(chunks: Chunks, format: FileFormat): Chunks {
  const encoding = textOption(format, 'ENCODING') || 'UTF-8';
  const replaces = textOption(format, 'ENCODING_ERROR_MODE').toLowerCase() === 'replace';
  if (/^utf-?8$/i.test(encoding) && !replaces) return chunks;
  return transcode(chunks, encoding, replaces);
}

async function* transcode(chunks: Chunks, encoding: string, replaces: boolean): Chunks {
  const decoder = new TextDecoder(encoding, { fatal: !replaces });
  const encoder = new TextEncoder();
  for await (const chunk of chunks) {
    yield encoder.encode(decodeStrictly(() => decoder.decode(chunk, { stream: true }), encoding));
  }
  yield encoder.encode(decodeStrictly(() => decoder.decode(), encoding));
}

function decodeStrictly(decode: () => string, encoding: string): string {
  try {
    return decode();
  } catch (cause) {
    throw new SqlError('BadBytes', `invalid byte sequence for encoding '${encoding}'`, {
      hint: hint('nameEncoding'),
      cause,
    });
  }
}
