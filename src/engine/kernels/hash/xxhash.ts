import { rotateLeft, times, Words, wrap } from './words.ts';

/** XXH32 and XXH64 with seed 0. */

const [A32, B32, C32, D32, E32] = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f, 0x165667b1] as const;

const turn = (value: number, bits: number) => (value << bits) | (value >>> (32 - bits));
const round32 = (lane: number, word: number) => Math.imul(turn((lane + Math.imul(word, B32)) | 0, 13), A32);

export function xxhash32(bytes: Uint8Array): number {
  const words = new Words(bytes);
  let at = 0;
  let hash: number = E32;
  if (words.length >= 16) {
    const lanes = [(A32 + B32) | 0, B32 | 0, 0, -A32 | 0] as [number, number, number, number];
    for (; at + 16 <= words.length; at += 16) {
      for (const lane of [0, 1, 2, 3] as const) lanes[lane] = round32(lanes[lane], words.u32(at + lane * 4));
    }
    hash = (turn(lanes[0], 1) + turn(lanes[1], 7) + turn(lanes[2], 12) + turn(lanes[3], 18)) | 0;
  }
  hash = (hash + words.length) | 0;
  for (; at + 4 <= words.length; at += 4) {
    hash = Math.imul(turn((hash + Math.imul(words.u32(at), C32)) | 0, 17), D32);
  }
  for (; at < words.length; at++) hash = Math.imul(turn((hash + Math.imul(words.u8(at), E32)) | 0, 11), A32);
  hash = Math.imul(hash ^ (hash >>> 15), B32);
  hash = Math.imul(hash ^ (hash >>> 13), C32);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const A = 0x9e3779b185ebca87n;
const B = 0xc2b2ae3d27d4eb4fn;
const C = 0x165667b19e3779f9n;
const D = 0x85ebca77c2b2ae63n;
const E = 0x27d4eb2f165667c5n;

const round = (lane: bigint, word: bigint) => times(rotateLeft(wrap(lane + times(word, B)), 31n), A);

export function xxhash64(bytes: Uint8Array): bigint {
  const words = new Words(bytes);
  const [start, read] = words.length >= 32 ? blocks(words) : [E, 0];
  const hash = tail(wrap(start + BigInt(words.length)), words, read);
  const mixed = times(hash ^ (hash >> 33n), B);
  const again = times(mixed ^ (mixed >> 29n), C);
  return again ^ (again >> 32n);
}

/** Blocks of 32 bytes: what they hash to, and how many bytes they are. */
function blocks(words: Words): readonly [hash: bigint, read: number] {
  const lanes = [wrap(A + B), B, 0n, wrap(-A)] as [bigint, bigint, bigint, bigint];
  let at = 0;
  for (; at + 32 <= words.length; at += 32) {
    for (const lane of [0, 1, 2, 3] as const) lanes[lane] = round(lanes[lane], words.u64(at + lane * 8));
  }
  const [a, b, c, d] = lanes;
  let hash = wrap(rotateLeft(a, 1n) + rotateLeft(b, 7n) + rotateLeft(c, 12n) + rotateLeft(d, 18n));
  for (const lane of lanes) hash = wrap(times(hash ^ round(0n, lane), A) + D);
  return [hash, at];
}

function tail(start: bigint, words: Words, from: number): bigint {
  let hash = start;
  let at = from;
  for (; at + 8 <= words.length; at += 8) {
    hash = wrap(times(rotateLeft(hash ^ round(0n, words.u64(at)), 27n), A) + D);
  }
  if (at + 4 <= words.length) {
    hash = wrap(times(rotateLeft(hash ^ times(BigInt(words.u32(at)), A), 23n), B) + C);
    at += 4;
  }
  for (; at < words.length; at++) hash = times(rotateLeft(hash ^ times(BigInt(words.u8(at)), E), 11n), A);
  return hash;
}
