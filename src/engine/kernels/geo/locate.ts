import { type Geometry, stride } from '../../types/geometry/model.ts';
import { type Bounds, boundsOf } from './bounds.ts';
import { orientation } from './orientation.ts';

/** Where a point lies: 1 inside, 0 on the boundary, -1 outside. */
export type Place = 1 | 0 | -1;

/**
 * Where points lie relative to a POLYGON or MULTIPOLYGON. The answer is exact.
 * Rings that are not closed count as if they were.
 */
export function locator(area: Geometry): (x: number, y: number) => Place {
  const bounds = boundsOf(area);
  if (!bounds) return () => -1;
  return (x, y) => (outside(bounds, x, y) ? -1 : locateInPolygons(area, x, y));
}

function outside(bounds: Bounds, x: number, y: number): boolean {
  return !(x >= bounds.minX && x <= bounds.maxX && y >= bounds.minY && y <= bounds.maxY);
}

function locateInPolygons(area: Geometry, x: number, y: number): Place {
  let best: Place = -1;
  let from = 0;
  for (const to of area.polygons) {
    const place = from === to ? -1 : locateInPolygon(area, { from, to }, x, y);
    if (place === 1) return 1;
    if (place === 0) best = 0;
    from = to;
  }
  return best;
}

function locateInPolygon(area: Geometry, rings: { from: number; to: number }, x: number, y: number): Place {
  for (let ring = rings.from; ring < rings.to; ring++) {
    const place = locateInRing(area, ring, x, y);
    if (place === 0) return 0;
    const isHole = ring > rings.from;
    if ((place === 1) === isHole) return -1;
  }
  return 1;
}

/** Counts the edges that cross the ray from the point to the right. */
function locateInRing({ coords, rings, dims }: Geometry, ring: number, x: number, y: number): Place {
  const width = stride(dims);
  const start = (rings[ring - 1] ?? 0) * width;
  const end = (rings[ring] ?? 0) * width;
  const point = { x, y };
  let inside = false;
  let before = end - width;
  for (let at = start; at < end; at += width) {
    const meets = rayMeets(coords, before, at, point);
    if (meets === 0) return 0;
    if (meets === 1) inside = !inside;
    before = at;
  }
  return inside ? 1 : -1;
}

/** For the edge from `a` to `b`: 1 if the ray crosses it, 0 if the point lies on it, else -1. */
function rayMeets(coords: Float64Array, a: number, b: number, { x, y }: { x: number; y: number }): Place {
  const ax = coords[a] ?? 0;
  const ay = coords[a + 1] ?? 0;
  const bx = coords[b] ?? 0;
  const by = coords[b + 1] ?? 0;
  if (by === y && (bx === x || (ay === y && bx > x !== ax > x))) return 0;
  if (by > y === ay > y || (ax < x && bx < x)) return -1;
  const side = orientation(ax, ay, bx, by, x, y);
  if (side === 0) return 0;
  return side > 0 === by > ay ? 1 : -1;
}
