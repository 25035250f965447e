import { type Geometry, leaves, pointCount, stride } from '../../types/geometry/model.ts';
import { locator, type Place } from './locate.ts';
import { orientation } from './orientation.ts';

/** The edges of a geometry, four numbers each; a point is an edge without length. */
function edgesOf(value: Geometry): Float64Array {
  const { coords, dims, rings } = value;
  const width = stride(dims);
  const edges: number[] = [];
  const add = (from: number, to: number) =>
    edges.push(coords[from] ?? 0, coords[from + 1] ?? 0, coords[to] ?? 0, coords[to + 1] ?? 0);
  if (rings.length === 0) for (let i = 0; i < pointCount(value); i++) add(i * width, i * width);
  let start = 0;
  for (const end of rings) {
    if (end - start === 1) add(start * width, start * width);
    for (let i = start + 1; i < end; i++) add((i - 1) * width, i * width);
    start = end;
  }
  return Float64Array.from(edges);
}

/** A geometry made ready for distances: its edges and, for areas, what lies within. */
interface Shape {
  readonly edges: Float64Array;
  readonly locate: ((x: number, y: number) => Place) | undefined;
}

const shapes = new WeakMap<Geometry, readonly Shape[]>();

/** A constant argument is one object for all rows, so its shape is made once. */
function shapesOf(value: Geometry): readonly Shape[] {
  const known = shapes.get(value);
  if (known) return known;
  const made = leaves(value)
    .filter(({ coords }) => coords.length > 0)
    .map((leaf) => ({ edges: edgesOf(leaf), locate: leaf.polygons.length > 0 ? locator(leaf) : undefined }));
  shapes.set(value, made);
  return made;
}

/** The least planar distance between two geometries; null if one is empty. */
export function planarDistance(left: Geometry, right: Geometry): number | null {
  let best = Infinity;
  for (const a of shapesOf(left)) {
    for (const b of shapesOf(right)) {
      best = Math.min(best, shapeDistance(a, b, best));
      if (best === 0) return 0;
    }
  }
  return best === Infinity ? null : best;
}

function shapeDistance(a: Shape, b: Shape, atMost: number): number {
  if (holdsStart(a, b) || holdsStart(b, a)) return 0;
  let best = atMost * atMost;
  for (let i = 0; i < a.edges.length; i += 4) {
    for (let j = 0; j < b.edges.length; j += 4) {
      if (boxDistance(a.edges, i, b.edges, j) > best) continue;
      const distance = edgeDistance(a.edges, i, b.edges, j);
      if (distance < best) best = distance;
      if (best === 0) return 0;
    }
  }
  return Math.sqrt(best);
}

/**
 * Whether an edge of `b` begins in the area `a`. If the boundaries do not meet, each part of `b` lies in it wholly or
 * not at all; that all edges are looked at serves the parts without listing them.
 */
function holdsStart({ locate }: Shape, { edges }: Shape): boolean {
  if (!locate) return false;
  for (let i = 0; i < edges.length; i += 4) if (locate(edges[i] ?? 0, edges[i + 1] ?? 0) >= 0) return true;
  return false;
}

/** Squared, between the rectangles around two edges: cheap, and never more than between the edges. */
function boxDistance(a: Float64Array, i: number, b: Float64Array, j: number): number {
  const dx = gap(a[i] ?? 0, a[i + 2] ?? 0, b[j] ?? 0, b[j + 2] ?? 0);
  const dy = gap(a[i + 1] ?? 0, a[i + 3] ?? 0, b[j + 1] ?? 0, b[j + 3] ?? 0);
  return dx * dx + dy * dy;
}

/** Between the intervals from a to b and from c to d, in either direction. */
function gap(a: number, b: number, c: number, d: number): number {
  return Math.max(0, Math.min(c, d) - Math.max(a, b), Math.min(a, b) - Math.max(c, d));
}

/** Squared. */
function edgeDistance(a: Float64Array, i: number, b: Float64Array, j: number): number {
  if (edgesCross(a, i, b, j)) return 0;
  return Math.min(
    pointEdgeDistance(a, i, b, j),
    pointEdgeDistance(a, i + 2, b, j),
    pointEdgeDistance(b, j, a, i),
    pointEdgeDistance(b, j + 2, a, i),
  );
}

function edgesCross(a: Float64Array, i: number, b: Float64Array, j: number): boolean {
  if (sidesOf(a, i, b, j) >= 0) return false;
  return sidesOf(b, j, a, i) < 0;
}

/** Below 0 if the ends of the second edge lie strictly on different sides of the first one's line. */
function sidesOf(a: Float64Array, i: number, b: Float64Array, j: number): number {
  const [ax = 0, ay = 0, bx = 0, by = 0] = a.subarray(i, i + 4);
  const start = orientation(ax, ay, bx, by, b[j] ?? 0, b[j + 1] ?? 0);
  const end = orientation(ax, ay, bx, by, b[j + 2] ?? 0, b[j + 3] ?? 0);
  return Math.sign(start) * Math.sign(end);
}

/** Squared, from the point at `at` in `points`. */
function pointEdgeDistance(points: Float64Array, at: number, edges: Float64Array, edge: number): number {
  const x = points[at] ?? 0;
  const y = points[at + 1] ?? 0;
  const ax = edges[edge] ?? 0;
  const ay = edges[edge + 1] ?? 0;
  const dx = (edges[edge + 2] ?? 0) - ax;
  const dy = (edges[edge + 3] ?? 0) - ay;
  const size = dx * dx + dy * dy;
  const along = size === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / size));
  const ex = x - ax - along * dx;
  const ey = y - ay - along * dy;
  return ex * ex + ey * ey;
}

/** The greatest distance from a point of either geometry to the nearest point of the other; null if one is empty. */
export function hausdorffDistance(left: Geometry, right: Geometry): number | null {
  const a = pointsOf(left);
  const b = pointsOf(right);
  if (a.length === 0 || b.length === 0) return null;
  return Math.max(directedHausdorff(a, b), directedHausdorff(b, a));
}

function directedHausdorff(from: readonly Point[], to: readonly Point[]): number {
  let greatest = 0;
  for (const [x, y] of from) {
    let least = Infinity;
    for (const [otherX, otherY] of to) least = Math.min(least, Math.hypot(otherX - x, otherY - y));
    greatest = Math.max(greatest, least);
  }
  return greatest;
}

type Point = readonly [x: number, y: number];

/** All points of a geometry. */
export function pointsOf(value: Geometry): Point[] {
  return leaves(value).flatMap(({ coords, dims }) => {
    const width = stride(dims);
    return Array.from(
      { length: coords.length / width },
      (_, i): Point => [coords[i * width] ?? 0, coords[i * width + 1] ?? 0],
    );
  });
}
