import { siphash64 } from './siphash.ts';

const ROUNDS = 4n;

const low = (value: bigint, bits: bigint) => BigInt.asUintN(Number(bits), value);

/** The hash of the right half, the seed and the round, each as 64 bits. */
function mix(right: bigint, seed: bigint, round: bigint): bigint {
  const view = new DataView(new ArrayBuffer(24));
  for (const [index, word] of [right, seed, round].entries()) view.setBigUint64(index * 8, word, true);
  return siphash64(new Uint8Array(view.buffer));
}

/** A Feistel network over all bits but the highest: one to one among numbers of the same length. */
function permute(value: bigint, seed: bigint): bigint {
  const bits = BigInt(value.toString(2).length - 1);
  const left = bits / 2n;
  const right = bits - left;
  let state = low(value, bits);
  for (let round = 0n; round < ROUNDS; round++) {
    const half = low(state, right);
    state = (half << left) ^ low(state >> right, left) ^ low(mix(half, seed, round), left);
  }
  return ((value >> bits) << bits) | state;
}

/** Another integer of the same sign and length for each, by the seed. */
export function feistelObfuscate(digits: string, seed: string): string {
  const value = BigInt(digits);
  const key = BigInt.asUintN(64, BigInt(seed));
  return String(value < 0n ? -permute(-value, key) : permute(value, key));
}
