import { type Geometry, lineGeometry, ringGeometry } from '../../types/geometry/model.ts';
import { pointsOf } from './distance.ts';
import { orientation } from './orientation.ts';

type Point = readonly [x: number, y: number];

/**
 * The smallest convex area around a geometry, its points counter-clockwise from the one behind the leftmost.
 * What has fewer than three corners gives a degenerate polygon.
 */
export function convexHull(value: Geometry): Geometry {
  const all = pointsOf(value).filter(([x]) => !Number.isNaN(x));
  const points = distinct(all);
  if (points.length === 0) return { ...lineGeometry(new Float64Array(0), value.srid), kind: 'Polygon' };
  const corners = points.length === 1 ? points : [...chain(points), ...chain([...points].reverse())];
  // Databend takes another way for so few points, which begins with the leftmost.
  const [leftmost, ...others] = corners;
  const ring = leftmost && all.length > 3 ? [...others, leftmost] : corners;
  const [first = [0, 0]] = ring;
  return ringGeometry(Float64Array.from([...ring, first].flat()), value.srid);
}

/** Sorted by x, then y. */
function distinct(points: readonly Point[]): readonly Point[] {
  const sorted = [...points].sort(([ax, ay], [bx, by]) => ax - bx || ay - by);
  return sorted.filter(([x, y], index) => x !== sorted[index - 1]?.[0] || y !== sorted[index - 1]?.[1]);
}

/** The corners on the right of the way along sorted points, without the last. */
function chain(points: readonly Point[]): readonly Point[] {
  const corners: Point[] = [];
  for (const point of points) {
    while (corners.length > 1 && !turnsLeft(corners, point)) corners.pop();
    corners.push(point);
  }
  return corners.slice(0, -1);
}

function turnsLeft(corners: readonly Point[], [x, y]: Point): boolean {
  const [ax, ay] = corners.at(-2) ?? [0, 0];
  const [bx, by] = corners.at(-1) ?? [0, 0];
  return orientation(ax, ay, bx, by, x, y) > 0;
}
