import type { ByteSink } from '../../../types/json/sink.ts';
import { bitWidth, packBits, writeVarintInto } from './bits.ts';

const BLOCK = 128;
const MINIBLOCKS = 4;
const MINIBLOCK = BLOCK / MINIBLOCKS;

/** Differences of the block that is being written, then what they have above the least one. */
const narrow = new Int32Array(BLOCK);
const wide = new Float64Array(BLOCK);

/**
 * DELTA_BINARY_PACKED: of `Int32Array`, whose differences wrap around as the format wants it, or of integers in doubles
 * that lie within `EXACT`.
 */
export function writeDeltas(
  values: Int32Array | Float64Array,
  [from, to]: readonly [number, number],
  out: ByteSink,
): void {
  writeVarintInto(out, BLOCK);
  writeVarintInto(out, MINIBLOCKS);
  writeVarintInto(out, to - from);
  writeZigZag(out, from < to ? (values[from] ?? 0) : 0);
  for (let at = from + 1; at < to; at += BLOCK) {
    const count = Math.min(BLOCK, to - at);
    if (values instanceof Int32Array) writeNarrowBlock(values, at, count, out);
    else writeWideBlock(values, at, count, out);
  }
}

/** Integers up to here have differences, and differences of those, that a double holds. */
export const EXACT = 2 ** 51;

function writeNarrowBlock(values: Int32Array, from: number, count: number, out: ByteSink): void {
  let least = 0x7fff_ffff;
  let last = values[from - 1] ?? 0;
  for (let at = 0; at < count; at++) {
    const value = values[from + at] as number;
    const delta = (value - last) | 0;
    narrow[at] = delta;
    if (delta < least) least = delta;
    last = value;
  }
  for (let at = 0; at < count; at++) narrow[at] = (narrow[at] as number) - least;
  narrow.fill(0, count);
  writeZigZag(out, least);
  // Signed words hold them; widths beyond 24 bits are rare enough to be widened.
  if (mostBits(narrow, count) <= 24) writeMiniblocks(narrow, count, out);
  else {
    for (let at = 0; at < BLOCK; at++) wide[at] = (narrow[at] as number) >>> 0;
    writeMiniblocks(wide, count, out);
  }
}

function mostBits(words: Int32Array, count: number): number {
  let all = 0;
  for (let at = 0; at < count; at++) all |= words[at] as number;
  return 32 - Math.clz32(all);
}

function writeWideBlock(values: Float64Array, from: number, count: number, out: ByteSink): void {
  let least = Number.POSITIVE_INFINITY;
  let last = values[from - 1] ?? 0;
  for (let at = 0; at < count; at++) {
    const value = values[from + at] as number;
    const delta = value - last;
    wide[at] = delta;
    if (delta < least) least = delta;
    last = value;
  }
  let most = 0;
  for (let at = 0; at < count; at++) {
    const above = (wide[at] as number) - least;
    wide[at] = above;
    if (above > most) most = above;
  }
  wide.fill(0, count);
  writeZigZag(out, least);
  if (most < 2 ** 24) {
    for (let at = 0; at < BLOCK; at++) narrow[at] = wide[at] as number;
    writeMiniblocks(narrow, count, out);
  } else writeMiniblocks(wide, count, out);
}

/** The widths of all miniblocks, then those that have values. */
function writeMiniblocks(above: Int32Array | Float64Array, count: number, out: ByteSink): void {
  out.reserve(MINIBLOCKS);
  const widthsAt = out.length;
  out.length += MINIBLOCKS;
  for (let index = 0; index < MINIBLOCKS; index++) {
    const from = index * MINIBLOCK;
    let most = 0;
    for (let at = from; at < from + MINIBLOCK; at++) if ((above[at] as number) > most) most = above[at] as number;
    const width = from < count ? bitWidth(most) : 0;
    out.bytes[widthsAt + index] = width;
    if (width > 0) packBits(above, [from, from + MINIBLOCK], width, out);
  }
}

function writeZigZag(out: ByteSink, value: number): void {
  writeVarintInto(out, value < 0 ? -value * 2 - 1 : value * 2);
}
