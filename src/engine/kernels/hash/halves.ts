/**
 * 64-bit words as pairs of 32-bit halves in an array, the lower first; words are named by the index of their lower half.
 * Several times as fast as BigInt, which allocates for each step.
 */
export type Halves = Int32Array;

/** A constant word. */
export interface Word {
  readonly low: number;
  readonly high: number;
}

/** `to += from` */
export function add(words: Halves, to: number, from: number): void {
  addParts(words, to, words[from] ?? 0, words[from + 1] ?? 0);
}

export function addWord(words: Halves, to: number, { low, high }: Word): void {
  addParts(words, to, low, high);
}

/** Adds a word given by its halves. */
export function addParts(words: Halves, to: number, low: number, high: number): void {
  const sum = ((words[to] ?? 0) >>> 0) + (low >>> 0);
  words[to] = sum;
  words[to + 1] = (words[to + 1] ?? 0) + high + (sum > 0xffffffff ? 1 : 0);
}

/** `to ^= from` */
export function xor(words: Halves, to: number, from: number): void {
  words[to] = (words[to] ?? 0) ^ (words[from] ?? 0);
  words[to + 1] = (words[to + 1] ?? 0) ^ (words[from + 1] ?? 0);
}

/** Rotates to the left by 1 to 63 bits. */
export function rotate(words: Halves, at: number, bits: number): void {
  const swap = bits >= 32;
  const low = words[swap ? at + 1 : at] ?? 0;
  const high = words[swap ? at : at + 1] ?? 0;
  const rest = bits & 31;
  words[at] = rest === 0 ? low : (low << rest) | (high >>> (32 - rest));
  words[at + 1] = rest === 0 ? high : (high << rest) | (low >>> (32 - rest));
}

export function multiply(words: Halves, at: number, { low, high }: Word): void {
  const ownLow = words[at] ?? 0;
  const ownHigh = words[at + 1] ?? 0;
  const [a, b] = [ownLow & 0xffff, ownLow >>> 16];
  const [c, d] = [low & 0xffff, low >>> 16];
  const middle = b * c + ((a * c) >>> 16);
  const carried = (middle & 0xffff) + a * d;
  const upper = Math.floor(middle / 0x10000) + Math.floor(carried / 0x10000) + b * d;
  words[at] = Math.imul(ownLow, low);
  words[at + 1] = upper + Math.imul(ownLow, high) + Math.imul(ownHigh, low);
}

/** `at ^= at >> bits`, for 1 to 63 bits. */
export function xorShifted(words: Halves, at: number, bits: number): void {
  const low = words[at] ?? 0;
  const high = words[at + 1] ?? 0;
  if (bits >= 32) {
    words[at] = low ^ (high >>> (bits - 32));
    return;
  }
  words[at] = low ^ ((low >>> bits) | (high << (32 - bits)));
  words[at + 1] = high ^ (high >>> bits);
}

/** Reads words of halves as integers. */
export function integers(words: Halves): BigUint64Array {
  return new BigUint64Array(words.buffer, words.byteOffset, words.length / 2);
}
