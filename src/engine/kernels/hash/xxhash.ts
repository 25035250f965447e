import {
  add,
  addParts,
  addWord,
  type Halves,
  integers,
  multiply,
  rotate,
  type Word,
  xor,
  xorShifted,
} from './halves.ts';
import { Words } from './words.ts';

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

/** The primes by their halves. */
const A: Word = { low: 0x85ebca87, high: 0x9e3779b1 };
const B: Word = { low: 0x27d4eb4f, high: 0xc2b2ae3d };
const C: Word = { low: 0x9e3779f9, high: 0x165667b1 };
const D: Word = { low: 0xc2b2ae63, high: 0x85ebca77 };
const E: Word = { low: 0x165667c5, high: 0x27d4eb2f };

/** Four lanes, the hash, and the word that is taken in. */
const [HASH, WORD] = [8, 10] as const;
const LANES = [0, 2, 4, 6] as const;
const LANE_TURNS = [1, 7, 12, 18] as const;

/** A + B, B, 0 and -A. */
const START = Int32Array.of(0xadc0b5d6, 0x60ea27ee, B.low, B.high, 0, 0, 0x7a143579, 0x61c8864e, 0, 0, 0, 0);

const state: Halves = new Int32Array(START.length);
const results = integers(state);

export function xxhash64(bytes: Uint8Array): bigint {
  const words = new Words(bytes);
  state.set(START);
  const read = words.length >= 32 ? readBlocks(words) : 0;
  if (read === 0) addWord(state, HASH, E);
  addParts(state, HASH, words.length, 0);
  readTail(words, read);
  xorShifted(state, HASH, 33);
  multiply(state, HASH, B);
  xorShifted(state, HASH, 29);
  multiply(state, HASH, C);
  xorShifted(state, HASH, 32);
  return results[HASH / 2] ?? 0n;
}

function take(words: Words, at: number): void {
  state[WORD] = words.u32(at);
  state[WORD + 1] = words.u32(at + 4);
}

/** What a lane makes of the word taken in. */
function round(lane: number): void {
  multiply(state, WORD, B);
  add(state, lane, WORD);
  rotate(state, lane, 31);
  multiply(state, lane, A);
}

/** Blocks of 32 bytes; gives how many bytes they are. */
function readBlocks(words: Words): number {
  let at = 0;
  for (; at + 32 <= words.length; at += 32) {
    for (const lane of LANES) {
      take(words, at + lane * 4);
      round(lane);
    }
  }
  for (const [index, lane] of LANES.entries()) {
    copy(WORD, lane);
    rotate(state, WORD, LANE_TURNS[index] ?? 0);
    add(state, HASH, WORD);
  }
  for (const lane of LANES) {
    copy(WORD, lane);
    mergeWord();
    multiply(state, HASH, A);
    addWord(state, HASH, D);
  }
  return at;
}

function copy(to: number, from: number): void {
  state[to] = state[from] ?? 0;
  state[to + 1] = state[from + 1] ?? 0;
}

/** Turns the hash against a round of the word. */
function mergeWord(): void {
  multiply(state, WORD, B);
  rotate(state, WORD, 31);
  multiply(state, WORD, A);
  xor(state, HASH, WORD);
}

function readTail(words: Words, from: number): void {
  let at = from;
  for (; at + 8 <= words.length; at += 8) {
    take(words, at);
    mergeWord();
    rotate(state, HASH, 27);
    multiply(state, HASH, A);
    addWord(state, HASH, D);
  }
  if (at + 4 <= words.length) {
    takeNumber(words.u32(at), A);
    rotate(state, HASH, 23);
    multiply(state, HASH, B);
    addWord(state, HASH, C);
    at += 4;
  }
  for (; at < words.length; at++) {
    takeNumber(words.u8(at), E);
    rotate(state, HASH, 11);
    multiply(state, HASH, A);
  }
}

function takeNumber(value: number, factor: Word): void {
  state[WORD] = value;
  state[WORD + 1] = 0;
  multiply(state, WORD, factor);
  xor(state, HASH, WORD);
}
