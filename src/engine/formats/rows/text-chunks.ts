import { decompressed } from '../compression/decompress.ts';
import type { FileFormat, FileSource, ReadProgress } from '../format.ts';
import { textOption } from '../option-values.ts';
import { fileChunks } from './source.ts';
import { utf8Chunks } from './transcode.ts';

/** The text of a file: decompressed, and in UTF-8. Progress counts the bytes as they are stored. */
export function textChunks(
  file: FileSource,
  format: FileFormat,
  signal: AbortSignal,
  onProgress?: (progress: ReadProgress) => void,
): AsyncIterable<Uint8Array<ArrayBuffer>> {
  const stored = fileChunks(file, signal, onProgress);
  return utf8Chunks(decompressed(stored, textOption(format, 'COMPRESSION'), file.path), format);
}

/** The same for INFER_SCHEMA, which always goes by the file for its compression. */
export function inferredChunks(
  file: FileSource,
  format: FileFormat,
  signal: AbortSignal,
): AsyncIterable<Uint8Array<ArrayBuffer>> {
  return utf8Chunks(decompressed(fileChunks(file, signal), 'AUTO', file.path), format);
}
