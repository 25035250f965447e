/** What a chunk is made with until it is encoded, each use with a place of its own. */
type Use = 'Bytes' | 'Offsets' | 'Values' | 'Doubles' | 'Indices' | 'Shared' | 'Rests';

const buffers = new Map<Use, ArrayBuffer>();
/** Larger ones are not kept. */
export const MOST_KEPT = 1 << 25;

/**
 * Memory for one use, whatever stood there before: of chunks that follow one another each takes the place of the last.
 * New memory for each would cost a quarter of the time.
 */
export function scratchBuffer(use: Use, size: number): ArrayBuffer {
  const known = buffers.get(use);
  if (known && known.byteLength >= size) return known;
  const made = new ArrayBuffer(Math.max(1 << 16, Math.ceil(size / 6) * 8));
  if (made.byteLength <= MOST_KEPT) buffers.set(use, made);
  return made;
}
