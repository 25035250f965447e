import type { FileSource, ReadProgress } from '../format.ts';

/** The first read is small, so that a preview need not wait for megabytes. */
const FIRST_READ_BYTES = 256 << 10;
const READ_BYTES = 4 << 20;

type OnProgress = ((progress: ReadProgress) => void) | undefined;

/** The bytes of a file in order. The next range is on its way while one is being worked on. */
export async function* fileChunks(
  file: FileSource,
  signal: AbortSignal,
  onProgress?: OnProgress,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const stop = new AbortController();
  const untilStop = AbortSignal.any([signal, stop.signal]);
  const fetchFrom = (start: number, length: number) => {
    if (start >= file.size) return undefined;
    const bytes = file.read({ start, end: Math.min(start + length, file.size) }, untilStop);
    // It may fail while the part before it is still being worked on: its failure must not count as unhandled.
    bytes.catch(() => {});
    return bytes;
  };
  try {
    let next = fetchFrom(0, FIRST_READ_BYTES);
    for (let end = FIRST_READ_BYTES; next; end += READ_BYTES) {
      const bytes = await next;
      next = fetchFrom(end, READ_BYTES);
      onProgress?.({ bytes: bytes.length });
      yield bytes;
    }
  } finally {
    stop.abort();
  }
}
