import type { FileSource, ReadProgress } from '../format.ts';

/** The first read is small, so that a preview need not wait for megabytes. */
const FIRST_READ_BYTES = 256 << 10;
const READ_BYTES = 4 << 20;

type OnProgress = ((progress: ReadProgress) => void) | undefined;

/**
 * The bytes of a file in order. The next range is on its way while one is being worked on: a chunk holds until the next
 * one is asked for, when its memory may be read into again. New memory for each would cost a seventh of a COPY.
 */
export async function* fileChunks(
  file: FileSource,
  signal: AbortSignal,
  onProgress?: OnProgress,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const stop = new AbortController();
  const untilStop = AbortSignal.any([signal, stop.signal]);
  const fetchFrom = (start: number, length: number, into?: Uint8Array<ArrayBuffer>) => {
    if (start >= file.size) return undefined;
    const bytes = file.read({ start, end: Math.min(start + length, file.size) }, untilStop, into);
    // It may fail while the part before it is still being worked on: its failure must not count as unhandled.
    bytes.catch(() => {});
    return bytes;
  };
  try {
    let spare: Uint8Array<ArrayBuffer> | undefined;
    let next = fetchFrom(0, FIRST_READ_BYTES);
    for (let end = FIRST_READ_BYTES; next; end += READ_BYTES) {
      const bytes = await next;
      next = fetchFrom(end, READ_BYTES, spare);
      onProgress?.({ bytes: bytes.length });
      yield bytes;
      spare = bytes;
    }
  } finally {
    stop.abort();
  }
}
