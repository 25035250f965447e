import type { BitQueue } from './bzip2-bits.ts';
import { corrupt } from './codec.ts';

/** Reads one block up to its Burrows-Wheeler transform and undoes that; what comes out still has runs of bytes. */

const GROUP_SYMBOLS = 50;
const MAX_CODE_LENGTH = 20;

export interface Block {
  /** By position: the position that follows in the upper bits, the byte in the lowest eight. */
  readonly chain: Uint32Array;
  readonly length: number;
  readonly start: number;
}

export function readBlock(bits: BitQueue, capacity: number): Block {
  if (bits.bit() === 1) throw corrupt('randomised bzip2 blocks are not supported');
  const origin = bits.bits(24);
  const symbols = readSymbols(bits);
  const groups = bits.bits(3);
  if (groups < 2 || groups > 6) throw corrupt('bad bzip2 block');
  const selectors = readSelectors(bits, groups);
  const codes = Array.from({ length: groups }, () => readCode(bits, symbols.length + 2));
  const chain = new Uint32Array(capacity);
  const length = readBytes(bits, { symbols, selectors, codes }, chain);
  if (origin >= length) throw corrupt('bad bzip2 block');
  link(chain, length);
  return { chain, length, start: (chain[origin] ?? 0) >>> 8 };
}

/** The bytes that occur in the block. */
function readSymbols(bits: BitQueue): Uint8Array {
  const ranges = bits.bits(16);
  const symbols: number[] = [];
  for (let range = 0; range < 16; range++) {
    if ((ranges & (0x8000 >> range)) === 0) continue;
    const used = bits.bits(16);
    for (let i = 0; i < 16; i++) if (used & (0x8000 >> i)) symbols.push(range * 16 + i);
  }
  if (symbols.length === 0) throw corrupt('bad bzip2 block');
  return Uint8Array.from(symbols);
}

/** Which code each group of symbols is written in. */
function readSelectors(bits: BitQueue, groups: number): Uint8Array {
  const count = bits.bits(15);
  if (count === 0) throw corrupt('bad bzip2 block');
  const order = Array.from({ length: groups }, (_, index) => index);
  const selectors = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    let place = 0;
    while (bits.bit() === 1) if (++place >= groups) throw corrupt('bad bzip2 block');
    const [selected = 0] = order.splice(place, 1);
    order.unshift(selected);
    selectors[i] = selected;
  }
  return selectors;
}

interface Code {
  /** By the next bits: a symbol and the length of its code word; 0 where that is longer. */
  readonly quick: Uint16Array;
  /** By length: the greatest code word, -1 where there is none. */
  readonly limits: Int32Array;
  /** By length: what to take from a code word to get the place of its symbol. */
  readonly bases: Int32Array;
  readonly symbols: Uint16Array;
}

const QUICK_BITS = 10;
/** Room for the length in an entry of the quick table. */
const LENGTH_BITS = 5;

function readCode(bits: BitQueue, size: number): Code {
  const lengths = new Uint8Array(size);
  let length = bits.bits(5);
  for (let symbol = 0; symbol < size; symbol++) {
    while (bits.bit() === 1) length += bits.bit() === 1 ? -1 : 1;
    if (length < 1 || length > MAX_CODE_LENGTH) throw corrupt('bad bzip2 block');
    lengths[symbol] = length;
  }
  return canonicalCode(lengths);
}

function canonicalCode(lengths: Uint8Array): Code {
  const limits = new Int32Array(MAX_CODE_LENGTH + 2).fill(-1);
  const bases = new Int32Array(MAX_CODE_LENGTH + 2);
  const symbols: number[] = [];
  let word = 0;
  for (let length = 1; length <= MAX_CODE_LENGTH; length++) {
    bases[length] = word - symbols.length;
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] !== length) continue;
      symbols.push(symbol);
      limits[length] = word++;
    }
    word <<= 1;
  }
  return { quick: quickTable(lengths, bases, symbols), limits, bases, symbols: Uint16Array.from(symbols) };
}

function quickTable(lengths: Uint8Array, bases: Int32Array, symbols: readonly number[]): Uint16Array {
  const quick = new Uint16Array(1 << QUICK_BITS);
  for (let length = 1, place = 0; length <= QUICK_BITS; length++) {
    const spare = QUICK_BITS - length;
    for (; place < symbols.length && lengths[symbols[place] ?? 0] === length; place++) {
      const word = place + (bases[length] ?? 0);
      const entry = ((symbols[place] ?? 0) << LENGTH_BITS) | length;
      quick.fill(entry, word << spare, (word + 1) << spare);
    }
  }
  return quick;
}

function readSymbol(bits: BitQueue, { quick, limits, bases, symbols }: Code): number {
  const entry = quick[bits.peek(QUICK_BITS)] ?? 0;
  if (entry > 0) {
    bits.skip(entry & ((1 << LENGTH_BITS) - 1));
    return entry >> LENGTH_BITS;
  }
  for (let length = QUICK_BITS + 1; length <= MAX_CODE_LENGTH; length++) {
    const word = bits.peek(length);
    if (word > (limits[length] ?? -1)) continue;
    bits.skip(length);
    return symbols[word - (bases[length] ?? 0)] ?? 0;
  }
  throw corrupt('bad bzip2 block');
}

interface BlockCodes {
  readonly symbols: Uint8Array;
  readonly selectors: Uint8Array;
  readonly codes: readonly Code[];
}

/** Undoes the Huffman codes, the runs of the most recent byte and move-to-front; gives the number of bytes. */
function readBytes(bits: BitQueue, { symbols, selectors, codes }: BlockCodes, into: Uint32Array): number {
  const recent = symbols.slice();
  const end = symbols.length + 1;
  let length = 0;
  let runStep = 1;
  for (let read = 0; ; read++) {
    const code = codes[selectors[Math.floor(read / GROUP_SYMBOLS)] ?? -1];
    if (!code) throw corrupt('bad bzip2 block');
    const symbol = readSymbol(bits, code);
    if (symbol === end) return length;
    // A run's length is written in digits of 1 and 2, the lowest first.
    const count = symbol <= 1 ? runStep << symbol : 1;
    runStep = symbol <= 1 ? runStep << 1 : 1;
    if (count > into.length - length) throw corrupt('bad bzip2 block');
    if (symbol > 1) toFront(recent, symbol - 1);
    into.fill(recent[0] ?? 0, length, length + count);
    length += count;
  }
}

function toFront(recent: Uint8Array, place: number): void {
  const byte = recent[place] ?? 0;
  recent.copyWithin(1, 0, place);
  recent[0] = byte;
}

/** Adds to each byte the position of the one that follows it in the text. */
function link(chain: Uint32Array, length: number): void {
  const next = new Uint32Array(257);
  for (let i = 0; i < length; i++) next[(chain[i] ?? 0) + 1] = (next[(chain[i] ?? 0) + 1] ?? 0) + 1;
  for (let byte = 1; byte < 257; byte++) next[byte] = (next[byte] ?? 0) + (next[byte - 1] ?? 0);
  for (let i = 0; i < length; i++) {
    const byte = (chain[i] ?? 0) & 0xff;
    const to = next[byte] ?? 0;
    next[byte] = to + 1;
    chain[to] = ((chain[to] ?? 0) | (i << 8)) >>> 0;
  }
}
