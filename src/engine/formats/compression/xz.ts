import { asCorrupt, corrupt, type Decompress } from './codec.ts';
import { readableOf } from './readable.ts';

/** So many empty pieces in a row after the end of the input mean that data is missing. */
const MAX_STALLS = 4;

type Library = typeof import('xz-decompress');

/** A CommonJS package: Node gives what it exports as the default alone, bundlers also by name. */
async function library(): Promise<Library> {
  const loaded: Library & { readonly default?: Library } = await import('xz-decompress');
  return loaded.default ?? loaded;
}

/** xz-decompress works on one file at a time: another waits until the first is read or given up. */
export const unxz: Decompress = async function* (chunks) {
  const { XzReadableStream } = await library();
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
