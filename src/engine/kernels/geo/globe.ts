import type geographiclib from 'geographiclib-geodesic';
import { assert } from '../../base/errors.ts';
import { type Geometry, isEmpty, leaves, stride } from '../../types/geometry/model.ts';
import type { VectorKernel } from '../kernel.ts';
import { planarDistance, pointsOf } from './distance.ts';
import { geoKernel, geometryReader, nineDecimals, PointReader, vectorKernel } from './geo-kernel.ts';

/** Metres: the mean radius by which Databend measures on the sphere. */
const EARTH_RADIUS = 6_371_008.8;
const RADIANS = Math.PI / 180;

type Ellipsoid = typeof geographiclib.Geodesic.WGS84;

let loaded: Ellipsoid | undefined;

async function loadGeodesics(): Promise<void> {
  const { default: library } = await import('geographiclib-geodesic');
  loaded = library.Geodesic.WGS84;
}

function wgs84(): Ellipsoid {
  assert(loaded !== undefined, 'the library of geodesics is loaded before a kernel runs');
  return loaded;
}

/** Metres along the great circle between two places in degrees. */
function haversine(x1: number, y1: number, x2: number, y2: number): number {
  const halfLatitude = Math.sin(((y2 - y1) * RADIANS) / 2);
  const halfLongitude = Math.sin(((x2 - x1) * RADIANS) / 2);
  const square = halfLatitude ** 2 + Math.cos(y1 * RADIANS) * Math.cos(y2 * RADIANS) * halfLongitude ** 2;
  return EARTH_RADIUS * 2 * Math.asin(Math.min(1, Math.sqrt(square)));
}

type Place = readonly [x: number, y: number];
type Direction = readonly [x: number, y: number, z: number];

function direction([x, y]: Place): Direction {
  const flat = Math.cos(y * RADIANS);
  return [flat * Math.cos(x * RADIANS), flat * Math.sin(x * RADIANS), Math.sin(y * RADIANS)];
}

function dot(a: Direction, b: Direction): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Direction, b: Direction): Direction {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** Metres from a place to the nearest of the great circle's arc from `a` to `b`. */
function arcDistance(place: Place, a: Place, b: Place): number {
  const ends = Math.min(haversine(...place, ...a), haversine(...place, ...b));
  const [p, from, to] = [direction(place), direction(a), direction(b)];
  const normal = cross(from, to);
  const length = Math.sqrt(dot(normal, normal));
  const isBeside = length > 0 && dot(p, cross(normal, from)) > 0 && dot(p, cross(to, normal)) > 0;
  if (!isBeside) return ends;
  return Math.min(ends, EARTH_RADIUS * Math.asin(Math.min(1, Math.abs(dot(p, normal)) / length)));
}

/** The edges of lines and areas, points as edges without length. */
function edgesOf(value: Geometry): readonly (readonly [Place, Place])[] {
  return leaves(value).flatMap((leaf) => {
    const points = pointsOf(leaf);
    if (leaf.rings.length === 0) return points.map((point) => [point, point] as const);
    return points.flatMap((point, index) => {
      const next = points[index + 1];
      return next && !leaf.rings.includes(index + 1) ? [[point, next] as const] : [];
    });
  });
}

/** Metres between two geographies on the sphere: 0 where they meet, null if one is empty. */
function globeDistance(left: Geometry, right: Geometry): number | null {
  if (isEmpty(left) || isEmpty(right)) return null;
  if (planarDistance(left, right) === 0) return 0;
  return Math.min(nearest(pointsOf(left), edgesOf(right)), nearest(pointsOf(right), edgesOf(left)));
}

function nearest(points: readonly Place[], edges: readonly (readonly [Place, Place])[]): number {
  let least = Infinity;
  for (const point of points) {
    for (const [from, to] of edges) least = Math.min(least, arcDistance(point, from, to));
  }
  return least;
}

/** Two points are measured where they lie. */
const distanceKernel = vectorKernel(
  { name: 'geog_distance', args: ['geometry', 'geometry'], returns: 'double' },
  ([left, right]) => {
    const a = new PointReader(left);
    const b = new PointReader(right);
    const leftAt = geometryReader(left);
    const rightAt = geometryReader(right);
    return (row, out) => {
      const arePoints = a.read(row) && b.read(row);
      const value = arePoints ? haversine(a.x, a.y, b.x, b.y) : globeDistance(leftAt(row), rightAt(row));
      if (value === null) out.null(row);
      else out.number(row, nineDecimals(value));
    };
  },
);

/** Metres along the ellipsoid of WGS84. */
function geodesicLength(value: Geometry): number {
  if (value.kind === 'GeometryCollection') {
    const lines = value.members.filter(({ kind }) => kind === 'LineString');
    return lines.reduce((sum, line) => sum + geodesicLength(line), 0);
  }
  if (value.kind !== 'LineString' && value.kind !== 'MultiLineString') return 0;
  const ellipsoid = wgs84();
  return edgesOf(value).reduce((sum, [[x1, y1], [x2, y2]]) => sum + (ellipsoid.Inverse(y1, x1, y2, x2).s12 ?? 0), 0);
}

/** Square metres on the ellipsoid. Shells run counter-clockwise, holes clockwise: the other way round, it is the rest of the globe. */
function geodesicArea(value: Geometry): number {
  if (value.kind === 'GeometryCollection') return value.members.reduce((sum, part) => sum + geodesicArea(part), 0);
  let total = 0;
  let first = 0;
  for (const last of value.polygons) {
    for (let ring = first; ring < last; ring++) total += ringArea(value, ring, ring > first) * (ring > first ? -1 : 1);
    first = last;
  }
  return total;
}

function ringArea({ coords, dims, rings }: Geometry, ring: number, isHole: boolean): number {
  const width = stride(dims);
  const area = wgs84().Polygon(false);
  const end = (rings[ring] ?? 0) - 1;
  for (let i = rings[ring - 1] ?? 0; i < end; i++) area.AddPoint(coords[i * width + 1] ?? 0, coords[i * width] ?? 0);
  return area.Compute(isHole, false).area ?? 0;
}

export const globeKernels: readonly VectorKernel[] = [
  distanceKernel,
  geoKernel({
    name: 'geog_length',
    args: ['geometry'],
    returns: 'double',
    load: loadGeodesics,
    evaluate: (value) => nineDecimals(geodesicLength(value)),
  }),
  geoKernel({
    name: 'geog_area',
    args: ['geometry'],
    returns: 'double',
    load: loadGeodesics,
    evaluate: (value) => nineDecimals(geodesicArea(value)),
  }),
];
