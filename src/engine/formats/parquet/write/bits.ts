import type { ByteSink } from '../../../types/json/sink.ts';

export function writeVarintInto(out: ByteSink, value: number): void {
  let rest = value;
  while (rest > 127) {
    out.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
}

/** How many bits a number from 0 to 2^53 takes. */
export function bitWidth(value: number): number {
  if (value < 2 ** 32) return 32 - Math.clz32(value);
  return 64 - Math.clz32(Math.floor(value / 2 ** 32));
}

/** Up to this width the bits of a value and those left over from the one before fit 31 bits together. */
const NARROW = 24;

/** Values from 0 to 2^53, each in `width` bits, the lowest bit first; the last byte is filled up with zeros. */
export function packBits(
  values: ArrayLike<number>,
  [from, to]: readonly [number, number],
  width: number,
  out: ByteSink,
): void {
  out.reserve(Math.ceil(((to - from) * width) / 8) + 8);
  if (width > NARROW) {
    packWide(values, [from, to], width, out);
    return;
  }
  const { bytes } = out;
  let at = out.length;
  let held = 0;
  let bits = 0;
  for (let index = from; index < to; index++) {
    held |= (values[index] as number) << bits;
    bits += width;
    while (bits >= 8) {
      bytes[at++] = held;
      held >>>= 8;
      bits -= 8;
    }
  }
  if (bits > 0) bytes[at++] = held;
  out.length = at;
}

function packWide(
  values: ArrayLike<number>,
  [from, to]: readonly [number, number],
  width: number,
  out: ByteSink,
): void {
  const { bytes } = out;
  let at = out.length;
  let held = 0;
  let bits = 0;
  for (let index = from; index < to; index++) {
    let rest = values[index] as number;
    for (let left = width; left > 0; left -= 16) {
      const taken = Math.min(left, 16);
      const part = rest % 0x1_0000;
      rest = (rest - part) / 0x1_0000;
      held |= part << bits;
      bits += taken;
      while (bits >= 8) {
        bytes[at++] = held;
        held >>>= 8;
        bits -= 8;
      }
    }
  }
  if (bits > 0) bytes[at++] = held;
  out.length = at;
}

/** A run of this many equal values is written once. */
const RUN = 8;

/** Parquet's hybrid of runs and packed values, which ends with zeros that nobody reads. */
export function writeHybrid(
  values: Int32Array,
  [from, to]: readonly [number, number],
  width: number,
  out: ByteSink,
): void {
  let pending = from;
  let at = from;
  while (at < to) {
    const value = values[at];
    let end = at + 1;
    while (end < to && values[end] === value) end++;
    // Packed values come in groups of eight; a run may have to fill up the last one.
    const filled = pending + Math.ceil((at - pending) / RUN) * RUN;
    if (end - filled >= RUN) {
      writePacked(values, [pending, filled], width, out);
      writeRun(end - filled, value ?? 0, width, out);
      pending = end;
    }
    at = end;
  }
  writePacked(values, [pending, to], width, out);
}

function writePacked(values: Int32Array, [from, to]: readonly [number, number], width: number, out: ByteSink): void {
  if (to === from) return;
  const groups = Math.ceil((to - from) / RUN);
  writeVarintInto(out, groups * 2 + 1);
  const end = out.length + groups * width;
  packBits(values, [from, to], width, out);
  while (out.length < end) out.push(0);
}

export function writeRun(length: number, value: number, width: number, out: ByteSink): void {
  writeVarintInto(out, length * 2);
  for (let bits = 0; bits < width; bits += 8) out.push((value >>> bits) & 255);
}
