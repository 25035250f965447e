import { Words } from './words.ts';

const [FIRST, SECOND] = [0xcc9e2d51, 0x1b873593] as const;

const turn = (value: number, bits: number) => (value << bits) | (value >>> (32 - bits));
const scramble = (word: number) => Math.imul(turn(Math.imul(word, FIRST), 15), SECOND);

/** MurmurHash3 in 32 bits with seed 0, by which Iceberg deals values into buckets. */
export function murmur3(bytes: Uint8Array): number {
  const words = new Words(bytes);
  let hash = 0;
  let at = 0;
  for (; at + 4 <= words.length; at += 4) {
    hash = (Math.imul(turn(hash ^ scramble(words.u32(at)), 13), 5) + 0xe6546b64) | 0;
  }
  let last = 0;
  for (let shift = 0; at < words.length; at++, shift += 8) last |= words.u8(at) << shift;
  hash ^= scramble(last) ^ words.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
