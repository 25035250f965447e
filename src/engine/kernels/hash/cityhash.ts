import { rotateRight, times, Words, wrap } from './words.ts';

/** CityHash64 in its version 1.0. */

const K0 = 0xc3a5c85c97cb3127n;
const K1 = 0xb492b66fbe98f273n;
const K2 = 0x9ae16a3b2f90404fn;
const K3 = 0xc949d7c7509e6557n;
const MERGE = 0x9ddfea08eb382d69n;

type Pair = readonly [first: bigint, second: bigint];

const shiftMix = (value: bigint) => value ^ (value >> 47n);

function merge(a: bigint, b: bigint): bigint {
  const first = shiftMix(times(a ^ b, MERGE));
  return times(shiftMix(times(b ^ first, MERGE)), MERGE);
}

export function cityhash64WithSeed(bytes: Uint8Array, seed: bigint): bigint {
  return merge(wrap(cityhash64(bytes) - K2), seed);
}

export function cityhash64(bytes: Uint8Array): bigint {
  const words = new Words(bytes);
  if (words.length <= 16) return upTo16(words);
  if (words.length <= 32) return upTo32(words);
  return words.length <= 64 ? upTo64(words) : long(words);
}

function upTo16(words: Words): bigint {
  const size = BigInt(words.length);
  if (words.length > 8) {
    const last = words.u64(words.length - 8);
    return merge(words.u64(0), rotateRight(wrap(last + size), size)) ^ last;
  }
  if (words.length >= 4) {
    return merge(wrap(size + (BigInt(words.u32(0)) << 3n)), BigInt(words.u32(words.length - 4)));
  }
  if (words.length === 0) return K2;
  const head = BigInt(words.u8(0) + (words.u8(words.length >> 1) << 8));
  const tail = BigInt(words.length + (words.u8(words.length - 1) << 2));
  return times(shiftMix(times(head, K2) ^ times(tail, K3)), K2);
}

function upTo32(words: Words): bigint {
  const a = times(words.u64(0), K1);
  const b = words.u64(8);
  const c = times(words.u64(words.length - 8), K2);
  const d = times(words.u64(words.length - 16), K0);
  return merge(
    wrap(rotateRight(wrap(a - b), 43n) + rotateRight(c, 30n) + d),
    wrap(a + rotateRight(b ^ K3, 20n) - c + BigInt(words.length)),
  );
}

/** What both halves of `upTo64` make of four words in a row, `third` among them read elsewhere. */
function half(words: readonly [bigint, bigint, bigint], start: bigint, z: bigint): Pair {
  const [first, second, third] = words;
  let a = wrap(start);
  const b = rotateRight(wrap(a + z), 52n);
  let c = rotateRight(a, 37n);
  a = wrap(a + first);
  c = wrap(c + rotateRight(a, 7n));
  a = wrap(a + second);
  return [wrap(a + third), wrap(b + rotateRight(a, 31n) + c)];
}

function upTo64(words: Words): bigint {
  const end = words.length;
  const z = words.u64(24);
  const start = words.u64(0) + times(BigInt(end) + words.u64(end - 16), K0);
  const [vf, vs] = half([words.u64(8), words.u64(16), z], start, z);
  const last = words.u64(end - 8);
  const [wf, ws] = half([words.u64(end - 24), words.u64(end - 16), last], words.u64(16) + words.u64(end - 32), last);
  const mixed = shiftMix(wrap((vf + ws) * K2 + (wf + vs) * K0));
  return times(shiftMix(wrap(mixed * K0 + vs)), K2);
}

/** Hashes the 32 bytes at a place into two words. */
function weak(words: Words, at: number, startA: bigint, startB: bigint): Pair {
  const z = words.u64(at + 24);
  const a = wrap(startA + words.u64(at));
  const sum = wrap(a + words.u64(at + 8) + words.u64(at + 16));
  const b = wrap(rotateRight(wrap(startB + a + z), 21n) + rotateRight(sum, 44n));
  return [wrap(sum + z), wrap(b + a)];
}

function long(words: Words): bigint {
  const end = words.length;
  let y = words.u64(end - 16) ^ K1;
  let z = words.u64(end - 56) ^ K0;
  let v = weak(words, end - 64, BigInt(end), y);
  let w = weak(words, end - 32, times(BigInt(end), K1), K0);
  z = wrap(z + times(shiftMix(v[1]), K1));
  let x = times(rotateRight(wrap(z + words.u64(0)), 39n), K1);
  y = times(rotateRight(y, 33n), K1);
  const blocks = (end - 1) & ~63;
  for (let at = 0; at < blocks; at += 64) {
    x = times(rotateRight(wrap(x + y + v[0] + words.u64(at + 16)), 37n), K1) ^ w[1];
    y = times(rotateRight(wrap(y + v[1] + words.u64(at + 48)), 42n), K1) ^ v[0];
    z = rotateRight(z ^ w[0], 33n);
    v = weak(words, at, times(v[1], K1), wrap(x + w[0]));
    w = weak(words, at + 32, wrap(z + w[1]), y);
    [x, z] = [z, x];
  }
  return merge(wrap(merge(v[0], w[0]) + times(shiftMix(y), K1) + z), wrap(merge(v[1], w[1]) + x));
}
