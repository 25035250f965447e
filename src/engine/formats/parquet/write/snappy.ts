import type { ByteSink } from '../../../types/json/sink.ts';
import { writeVarintInto } from './bits.ts';

/** Matches are sought within blocks of this size, so that each is at most two bytes of distance away. */
const BLOCK = 1 << 16;
const HASH_BITS = 14;
/** A match is looked for by four bytes; behind the last of them a block has this much that is only ever literal. */
const TAIL = 15;

/** Where in its block each hash was last seen. One at a time, as a thread compresses one page after another. */
const seen = new Uint16Array(1 << HASH_BITS);

/** Appends the bytes in Snappy's raw format, greedily as its own implementation does it. */
export function compressSnappy(source: Uint8Array, out: ByteSink): void {
  out.reserve(source.length + Math.ceil(source.length / 6) + 32);
  writeVarintInto(out, source.length);
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  for (let start = 0; start < source.length; start += BLOCK) {
    compressBlock(view, [start, Math.min(start + BLOCK, source.length)], source, out);
  }
}

function compressBlock(
  view: DataView,
  [start, end]: readonly [number, number],
  source: Uint8Array,
  out: ByteSink,
): void {
  let literal = start;
  const last = end - TAIL;
  if (last > start) {
    seen.fill(0);
    let at = start + 1;
    for (;;) {
      const match = nextMatch(view, at, start, last);
      if (match < 0) break;
      const from = matched;
      if (match > literal) appendLiteral(out, source, literal, match);
      const length = 4 + sameBytes(view, from + 4, match + 4, end);
      appendCopy(out, match - from, length);
      at = match + length;
      literal = at;
      if (at >= last) break;
      seen[hashOf(view.getInt32(at - 1, true))] = at - 1 - start;
    }
  }
  if (literal < end) appendLiteral(out, source, literal, end);
}

/** Where the match that `nextMatch` found stands a second time: a result apart, so that none is made for each match. */
let matched = 0;

/** Position of the next four bytes that stood in the block before; -1 if there are none up to `last`. */
function nextMatch(view: DataView, from: number, start: number, last: number): number {
  // The longer nothing matches, the fewer places are looked at.
  let skip = 32;
  for (let at = from; at < last; at += skip++ >> 5) {
    const word = view.getInt32(at, true);
    const hash = hashOf(word);
    const candidate = start + (seen[hash] ?? 0);
    seen[hash] = at - start;
    if (candidate < at && view.getInt32(candidate, true) === word) {
      matched = candidate;
      return at;
    }
  }
  return -1;
}

function hashOf(word: number): number {
  return Math.imul(word, 0x1e35a7bd) >>> (32 - HASH_BITS);
}

/** How many bytes from two places on are the same; the second comes later. */
function sameBytes(view: DataView, first: number, second: number, end: number): number {
  let a = first;
  let b = second;
  while (b + 4 <= end && view.getInt32(a, true) === view.getInt32(b, true)) {
    a += 4;
    b += 4;
  }
  while (b < end && view.getUint8(a) === view.getUint8(b)) {
    a++;
    b++;
  }
  return b - second;
}

function appendLiteral(out: ByteSink, source: Uint8Array, start: number, end: number): void {
  const count = end - start - 1;
  const { bytes } = out;
  let at = out.length;
  if (count < 60) bytes[at++] = count << 2;
  else if (count < 256) {
    bytes[at++] = 60 << 2;
    bytes[at++] = count;
  } else {
    bytes[at++] = 61 << 2;
    bytes[at++] = count & 255;
    bytes[at++] = count >> 8;
  }
  out.length = at;
  out.append(source, start, end);
}

function appendCopy(out: ByteSink, distance: number, length: number): void {
  let rest = length;
  while (rest >= 68) {
    appendCopyElement(out, distance, 64);
    rest -= 64;
  }
  if (rest > 64) {
    appendCopyElement(out, distance, 60);
    rest -= 60;
  }
  appendCopyElement(out, distance, rest);
}

/** A copy of 4 to 64 bytes. */
function appendCopyElement(out: ByteSink, distance: number, length: number): void {
  const { bytes } = out;
  let at = out.length;
  if (length < 12 && distance < 2048) {
    bytes[at++] = ((distance >> 8) << 5) | ((length - 4) << 2) | 1;
    bytes[at++] = distance & 255;
  } else {
    bytes[at++] = ((length - 1) << 2) | 2;
    bytes[at++] = distance & 255;
    bytes[at++] = distance >> 8;
  }
  out.length = at;
}
