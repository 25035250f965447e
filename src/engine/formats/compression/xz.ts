import { asCorrupt, corrupt, type Decompress } from './codec.ts';
import { readableOf } from './readable.ts';

/** So many empty pieces in a row after the end of the input mean that data is missing. */
const MAX_STALLS = 4;

/** xz-decompress works on one file at a time: another waits until the first is read or given up. */
export const unxz: Decompress = async function* (chunks) {
  const { XzReadableStream } = await import('xz-decompress');
  const source = readableOf(chunks);
  const reader = new XzReadableStream(source.stream).getReader();
  try {
    for (let stalls = 0; stalls < MAX_STALLS; ) {
      const { done, value } = await reader.read();
      if (done) return;
      stalls = value.length === 0 && source.isOver() ? stalls + 1 : 0;
      // The package copies its pieces out of the memory of its WebAssembly.
      if (value.length > 0) yield value as Uint8Array<ArrayBuffer>;
    }
    throw corrupt('unexpected end of xz data');
  } catch (error) {
    throw source.failure() ?? asCorrupt(error);
  } finally {
    // After an error of its own the package has cancelled itself, and says so again.
    await reader.cancel().catch(() => {});
  }
};
