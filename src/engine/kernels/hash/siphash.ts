import { rotateLeft, Words, wrap } from './words.ts';

type State = [bigint, bigint, bigint, bigint];

function sipRound(state: State): void {
  let [a, b, c, d] = state;
  a = wrap(a + b);
  b = rotateLeft(b, 13n) ^ a;
  a = rotateLeft(a, 32n);
  c = wrap(c + d);
  d = rotateLeft(d, 16n) ^ c;
  a = wrap(a + d);
  d = rotateLeft(d, 21n) ^ a;
  c = wrap(c + b);
  b = rotateLeft(b, 17n) ^ c;
  c = rotateLeft(c, 32n);
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}

/** SipHash-1-3 with a key of zeros. */
export function siphash64(bytes: Uint8Array): bigint {
  const words = new Words(bytes);
  const state: State = [0x736f6d6570736575n, 0x646f72616e646f6dn, 0x6c7967656e657261n, 0x7465646279746573n];
  let at = 0;
  for (; at + 8 <= words.length; at += 8) absorb(state, words.u64(at));
  let last = BigInt(words.length & 0xff) << 56n;
  for (let shift = 0n; at < words.length; at++, shift += 8n) last |= BigInt(words.u8(at)) << shift;
  absorb(state, last);
  state[2] ^= 0xffn;
  for (let i = 0; i < 3; i++) sipRound(state);
  return state[0] ^ state[1] ^ state[2] ^ state[3];
}

function absorb(state: State, word: bigint): void {
  state[3] ^= word;
  sipRound(state);
  state[0] ^= word;
}
