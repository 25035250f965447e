import { type Geometry, leaves, ringGeometry, stride } from '../../types/geometry/model.ts';
import { boundsOf } from './bounds.ts';

/** Visits each line or ring of a geometry that has them: its points are `from` up to `to` in `coords`. */
export function forEachRing(value: Geometry, visit: (from: number, to: number) => void): void {
  const width = stride(value.dims);
  let from = 0;
  for (const end of value.rings) {
    visit(from, end * width);
    from = end * width;
  }
}

/** Twice the area within a ring, positive if it runs counter-clockwise. Relative to its first point, for the digits' sake. */
export function doubleRingArea({ coords, dims }: Geometry, from: number, to: number): number {
  const width = stride(dims);
  const originX = coords[from] ?? 0;
  const originY = coords[from + 1] ?? 0;
  let sum = 0;
  for (let at = from + width; at + width < to; at += width) {
    const ax = (coords[at] ?? 0) - originX;
    const ay = (coords[at + 1] ?? 0) - originY;
    const bx = (coords[at + width] ?? 0) - originX;
    const by = (coords[at + width + 1] ?? 0) - originY;
    sum += ax * by - ay * bx;
  }
  return sum;
}

/** The area of all polygons in it, without their holes. */
export function planarArea(value: Geometry): number {
  if (value.kind === 'GeometryCollection') return value.members.reduce((sum, member) => sum + planarArea(member), 0);
  const areas: number[] = [];
  forEachRing(value, (from, to) => areas.push(Math.abs(doubleRingArea(value, from, to)) / 2));
  let total = 0;
  let first = 0;
  for (const last of value.polygons) {
    for (let ring = first; ring < last; ring++) total += (areas[ring] ?? 0) * (ring === first ? 1 : -1);
    first = last;
  }
  return total;
}

function ringLengths(value: Geometry): number {
  const { coords, dims } = value;
  const width = stride(dims);
  let total = 0;
  forEachRing(value, (from, to) => {
    for (let at = from + width; at < to; at += width) {
      const dx = (coords[at] ?? 0) - (coords[at - width] ?? 0);
      const dy = (coords[at + 1] ?? 0) - (coords[at - width + 1] ?? 0);
      total += Math.hypot(dx, dy);
    }
  });
  return total;
}

/** The length of lines; in a collection that of its LINESTRINGs alone. */
export function planarLength(value: Geometry): number {
  switch (value.kind) {
    case 'LineString':
    case 'MultiLineString':
      return ringLengths(value);
    case 'GeometryCollection':
      return value.members.reduce((sum, member) => sum + (member.kind === 'LineString' ? ringLengths(member) : 0), 0);
    default:
      return 0;
  }
}

/** The length of the rings of polygons, holes and all; collections have none. */
export function planarPerimeter(value: Geometry): number {
  return value.kind === 'Polygon' || value.kind === 'MultiPolygon' ? ringLengths(value) : 0;
}

/** 0 for points, 1 for lines, 2 for areas; what has collapsed counts for what it looks like. Null for what is empty. */
export function dimension(value: Geometry): number | null {
  const dimensions = leaves(value).flatMap((leaf) => leafDimension(leaf) ?? []);
  return dimensions.length === 0 ? null : Math.max(...dimensions);
}

function leafDimension(value: Geometry): number | undefined {
  if (value.coords.length === 0) return undefined;
  if (value.kind === 'Point' || value.kind === 'MultiPoint') return 0;
  const greatest = value.polygons.length > 0 ? 2 : 1;
  let best = 0;
  forEachRing(value, (from, to) => {
    best = Math.max(best, Math.min(greatest, distinctPoints(value, from, to) - 1));
  });
  return best;
}

/** How many different points begin a ring, up to three. */
function distinctPoints({ coords, dims }: Geometry, from: number, to: number): number {
  const width = stride(dims);
  const seen: number[] = [];
  for (let at = from; at < to && seen.length < 3; at += width) {
    const isNew = seen.every((other) => coords[at] !== coords[other] || coords[at + 1] !== coords[other + 1]);
    if (isNew) seen.push(at);
  }
  return seen.length;
}

/** The rectangle around a geometry as a POLYGON, counter-clockwise from its lower left corner. */
export function envelope(value: Geometry): Geometry | null {
  const bounds = boundsOf(value);
  if (!bounds) return null;
  const { minX, minY, maxX, maxY } = bounds;
  return ringGeometry(Float64Array.of(minX, minY, maxX, minY, maxX, maxY, minX, maxY, minX, minY), value.srid);
}
