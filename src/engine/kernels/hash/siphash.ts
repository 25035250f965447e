import { add, type Halves, integers, rotate, xor } from './halves.ts';

/** Four words of state, and the one that is taken in. */
const [A, B, C, D, WORD] = [0, 2, 4, 6, 8] as const;

const START = Int32Array.of(
  ...[0x70736575, 0x736f6d65, 0x6e646f6d, 0x646f7261],
  ...[0x6e657261, 0x6c796765, 0x79746573, 0x74656462],
  ...[0, 0],
);

const state: Halves = new Int32Array(START.length);
const results = integers(state);

/** SipHash-1-3 with a key of zeros. */
export function siphash64(bytes: Uint8Array): bigint {
  state.set(START);
  const { length } = bytes;
  const whole = length - (length % 8);
  for (let at = 0; at < whole; at += 8) absorb(littleEndian(bytes, at, 4), littleEndian(bytes, at + 4, 4));
  const rest = length - whole;
  absorb(
    littleEndian(bytes, whole, Math.min(4, rest)),
    littleEndian(bytes, whole + 4, Math.max(0, rest - 4)) | (length << 24),
  );
  state[C] = (state[C] ?? 0) ^ 0xff;
  for (let i = 0; i < 3; i++) sipRound();
  for (const word of [B, C, D]) xor(state, A, word);
  return results[A / 2] ?? 0n;
}

function littleEndian(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i++) value |= (bytes[at + i] ?? 0) << (i * 8);
  return value;
}

function absorb(low: number, high: number): void {
  state[WORD] = low;
  state[WORD + 1] = high;
  xor(state, D, WORD);
  sipRound();
  xor(state, A, WORD);
}

function sipRound(): void {
  mix(A, B, 13);
  rotate(state, A, 32);
  mix(C, D, 16);
  mix(A, D, 21);
  mix(C, B, 17);
  rotate(state, C, 32);
}

/** Adds one word to another and turns it against the sum. */
function mix(sum: number, word: number, bits: number): void {
  add(state, sum, word);
  rotate(state, word, bits);
  xor(state, word, sum);
}
