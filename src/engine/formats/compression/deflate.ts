import { asCorrupt, type Chunks, type Decompress } from './codec.ts';
import { readableOf } from './readable.ts';

export const unzlib: Decompress = (chunks) => inflated(chunks, 'deflate');
export const inflate: Decompress = (chunks) => inflated(chunks, 'deflate-raw');

async function* inflated(
  chunks: Chunks,
  format: CompressionFormat,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const source = readableOf(chunks);
  const reader = source.stream.pipeThrough(new DecompressionStream(format)).getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  } catch (error) {
    throw source.failure() ?? asCorrupt(error);
  } finally {
    // After an error the stream has cancelled itself, and says so again.
    await reader.cancel().catch(() => {});
  }
}
