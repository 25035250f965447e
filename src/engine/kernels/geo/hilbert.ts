import { KernelError } from '../kernel.ts';
import type { Bounds } from './bounds.ts';

/** The place of a point along a Hilbert curve of 16 bits an axis, by the bit patterns of its float32 coordinates. */
export function hilbertOfPoint(x: number, y: number): number {
  const bitsX = orderedBits(x);
  const bitsY = orderedBits(y);
  return hilbertIndex(bitsX, bitsY);
}

/** The same by where the point lies in a rectangle; points outside count as on its edge. */
export function hilbertInBounds(x: number, y: number, bounds: Bounds): number {
  const numbers = [x, y, bounds.minX, bounds.minY, bounds.maxX, bounds.maxY];
  if (!numbers.every(Number.isFinite)) throw failure('ST_HILBERT bounds must be finite');
  const width = bounds.maxX - bounds.minX;
  const height = bounds.maxY - bounds.minY;
  if (width <= 0 || height <= 0) throw failure('ST_HILBERT bounds must be increasing');
  return hilbertIndex(gridPlace((x - bounds.minX) * (GRID / width)), gridPlace((y - bounds.minY) * (GRID / height)));
}

function failure(message: string): KernelError {
  return new KernelError(message, 'GeometryError');
}

const GRID = 0xffff;

function gridPlace(value: number): number {
  return Math.trunc(Math.min(GRID, Math.max(0, value)));
}

const view = new DataView(new ArrayBuffer(4));

/** The bits of a float32, changed so that they are ordered as the numbers are. */
function orderedBits(value: number): number {
  view.setFloat32(0, value);
  if (!Number.isFinite(view.getFloat32(0))) throw failure('ST_HILBERT coordinates must be finite');
  const bits = view.getUint32(0);
  return (bits & 0x80000000 ? ~bits : bits | 0x80000000) >>> 0;
}

/**
 * The index by a parallel scan over the bits, all levels of the curve at once in log2(16) steps. Databend feeds it
 * 32 bits an axis too, and what the upper ones do to the result is part of its numbers.
 */
function hilbertIndex(x: number, y: number): number {
  const differs = x ^ y;
  let swap = differs;
  let keep = GRID ^ differs;
  let low = GRID ^ (x | y);
  let high = x & (y ^ GRID);
  for (let step = 1; step <= 8; step *= 2) {
    const [a, b, c, d] = [swap, keep, low, high];
    const isFirst = step === 1;
    swap = isFirst ? a | (b >>> 1) : (a & (a >>> step)) ^ (b & (b >>> step));
    keep = isFirst ? (a >>> 1) ^ a : (a & (b >>> step)) ^ (b & ((a ^ b) >>> step));
    low = isFirst ? (c >>> 1) ^ (b & (d >>> 1)) ^ c : c ^ (a & (c >>> step)) ^ (b & (d >>> step));
    high = isFirst ? (a & (c >>> 1)) ^ (d >>> 1) ^ d : d ^ (b & (c >>> step)) ^ ((a ^ b) & (d >>> step));
  }
  const even = differs;
  const odd = (high ^ (high >>> 1)) | (GRID ^ (even | (low ^ (low >>> 1))));
  return ((spread(odd) << 1) | spread(even)) >>> 0;
}

/** Makes room for a bit beside each of the lower sixteen. */
function spread(bits: number): number {
  let wide = bits;
  wide = (wide | (wide << 8)) & 0x00ff00ff;
  wide = (wide | (wide << 4)) & 0x0f0f0f0f;
  wide = (wide | (wide << 2)) & 0x33333333;
  return (wide | (wide << 1)) & 0x55555555;
}
