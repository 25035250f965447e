import { type Geometry, stride } from '../../types/geometry/model.ts';
import { KernelError } from '../kernel.ts';

/** A closed ring keeps four points, a line two. */
const [LEAST_OF_RING, LEAST_OF_LINE] = [4, 2];

/** Leaves out points that lie no farther than a distance from the line without them (Douglas and Peucker). */
export function simplify(value: Geometry, tolerance: number): Geometry {
  if (value.kind === 'GeometryCollection') {
    throw new KernelError('Type GeometryCollection is not supported as argument to ST_SIMPLIFY', 'GeometryError');
  }
  if (value.rings.length === 0 || !(tolerance > 0)) return value;
  const width = stride(value.dims);
  const least = value.polygons.length > 0 ? LEAST_OF_RING : LEAST_OF_LINE;
  const coords: number[] = [];
  const rings: number[] = [];
  let start = 0;
  for (const end of value.rings) {
    for (const index of keptPoints({ value, start, end, least }, tolerance)) {
      coords.push(...value.coords.subarray(index * width, (index + 1) * width));
    }
    rings.push(coords.length / width);
    start = end;
  }
  return { ...value, coords: Float64Array.from(coords), rings };
}

interface Line {
  readonly value: Geometry;
  readonly start: number;
  readonly end: number;
  readonly least: number;
}

/** The points to keep, by their index. Stretches are taken from left to right, since what is left decides when to stop. */
function keptPoints({ value, start, end, least }: Line, tolerance: number): readonly number[] {
  const kept: number[] = end > start ? [start] : [];
  const stretches: [from: number, to: number][] = end - start > 1 ? [[start, end - 1]] : [];
  let left = end - start;
  for (let stretch = stretches.pop(); stretch; stretch = stretches.pop()) {
    const [from, to] = stretch;
    const { index, distance } = farthest(value, from, to);
    const between = to - from - 1;
    if (distance > tolerance) {
      stretches.push([index, to], [from, index]);
    } else if (left - between < least) {
      for (let i = from + 1; i <= to; i++) kept.push(i);
    } else {
      left -= between;
      kept.push(to);
    }
  }
  return kept;
}

function farthest(value: Geometry, from: number, to: number): { readonly index: number; readonly distance: number } {
  let index = from;
  let distance = 0;
  for (let i = from + 1; i < to; i++) {
    const next = distanceToLine(value, i, from, to);
    if (next > distance) {
      distance = next;
      index = i;
    }
  }
  return { index, distance };
}

function distanceToLine({ coords, dims }: Geometry, point: number, from: number, to: number): number {
  const at = (index: number, axis: 0 | 1) => coords[index * stride(dims) + axis] ?? 0;
  const [dx, dy] = [at(to, 0) - at(from, 0), at(to, 1) - at(from, 1)];
  const [px, py] = [at(point, 0) - at(from, 0), at(point, 1) - at(from, 1)];
  const size = dx * dx + dy * dy;
  const along = size === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / size));
  return Math.hypot(px - along * dx, py - along * dy);
}
