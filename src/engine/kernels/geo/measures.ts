import { type Geometry, leaves, pointCount } from '../../types/geometry/model.ts';
import { KernelError, type Vector, type VectorKernel } from '../kernel.ts';
import { boundsOf, centreOfBounds } from './bounds.ts';
import { centroid } from './centroid.ts';
import { hausdorffDistance, planarDistance } from './distance.ts';
import {
  checkSameSrid,
  geoKernel,
  geometryReader,
  nineDecimals,
  numbersOf,
  PointReader,
  pairKernel,
  vectorKernel,
} from './geo-kernel.ts';
import { hilbertInBounds, hilbertOfPoint } from './hilbert.ts';
import { dimension, envelope, planarArea, planarLength, planarPerimeter } from './planar.ts';

const distanceKernel = vectorKernel(
  { name: 'st_distance', args: ['geometry', 'geometry'], returns: 'double' },
  ([left, right]) => {
    const distance = distanceReader(left, right);
    return (row, out) => {
      const value = distance(row);
      if (value === null) out.null(row);
      else out.number(row, nineDecimals(value));
    };
  },
);

const dwithinKernel = vectorKernel(
  { name: 'st_dwithin', args: ['geometry', 'geometry', 'double'], returns: 'boolean' },
  ([left, right, limit]) => {
    const distance = distanceReader(left, right);
    const limits = numbersOf(limit);
    return (row, out) => {
      const value = distance(row);
      out.number(row, value !== null && value <= (limits[row] ?? 0) ? 1 : 0);
    };
  },
);

/** Two points are measured where they lie. */
function distanceReader(left: Vector | undefined, right: Vector | undefined): (row: number) => number | null {
  const a = new PointReader(left);
  const b = new PointReader(right);
  const leftAt = geometryReader(left);
  const rightAt = geometryReader(right);
  return (row) => {
    if (a.read(row) && b.read(row)) {
      checkSameSrid(a.srid, b.srid);
      return Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);
    }
    const first = leftAt(row);
    const second = rightAt(row);
    checkSameSrid(first.srid, second.srid);
    return planarDistance(first, second);
  };
}

function azimuth(from: Geometry, to: Geometry): number | null {
  if (from.kind !== 'Point' || to.kind !== 'Point') {
    throw new KernelError('st_azimuth only accepts Point geometries', 'GeometryError');
  }
  const dx = (to.coords[0] ?? 0) - (from.coords[0] ?? 0);
  const dy = (to.coords[1] ?? 0) - (from.coords[1] ?? 0);
  if (dx === 0 && dy === 0) return null;
  const angle = Math.atan2(dx, dy);
  return nineDecimals(angle < 0 ? angle + 2 * Math.PI : angle);
}

function hilbert(value: Geometry): number | null {
  const centre = centreOfBounds(value);
  return centre ? hilbertOfPoint(...centre) : null;
}

/** Where a GEOGRAPHY lies on the globe. */
function globeHilbert(value: Geometry): number | null {
  const centre = centreOfBounds(value);
  return centre ? hilbertInBounds(...centre, { minX: -180, minY: -90, maxX: 180, maxY: 90 }) : null;
}

/** The bounds come as a JSON array: `[xmin,ymin,xmax,ymax]`. */
function hilbertWithin(value: Geometry, bounds: string): number | null {
  const numbers = JSON.parse(bounds.replaceAll(/nan|-?inf(?:inity)?/gi, 'null')) as readonly (number | null)[];
  if (numbers.length !== 4) throw new KernelError('ST_HILBERT bounds must have 4 elements', 'GeometryError');
  const [minX, minY, maxX, maxY] = numbers.map((number) => number ?? Number.NaN);
  const centre = centreOfBounds(value);
  if (!centre) return null;
  return hilbertInBounds(...centre, { minX: minX ?? 0, minY: minY ?? 0, maxX: maxX ?? 0, maxY: maxY ?? 0 });
}

function measure(name: string, evaluate: (value: Geometry) => number | null): VectorKernel {
  const rounded = (value: Geometry) => {
    const result = evaluate(value);
    return result === null ? null : nineDecimals(result);
  };
  return geoKernel({ name, args: ['geometry'], returns: 'double', evaluate: rounded });
}

export const measureKernels: readonly VectorKernel[] = [
  distanceKernel,
  dwithinKernel,
  measure('st_area', planarArea),
  measure('st_length', planarLength),
  measure('st_perimeter', planarPerimeter),
  pairKernel('st_azimuth', 'double', azimuth),
  pairKernel('st_hausdorffdistance', 'double', (left, right) => {
    const distance = hausdorffDistance(left, right);
    return distance === null ? null : nineDecimals(distance);
  }),
  geoKernel({ name: 'st_centroid', args: ['geometry'], returns: 'geometry', evaluate: centroid }),
  geoKernel({ name: 'st_envelope', args: ['geometry'], returns: 'geometry', evaluate: envelope }),
  geoKernel({ name: 'st_dimension', args: ['geometry'], returns: 'int', evaluate: dimension }),
  geoKernel({ name: 'st_npoints', args: ['geometry'], returns: 'int', evaluate: countPoints }),
  geoKernel({
    name: 'st_xmin',
    args: ['geometry'],
    returns: 'double',
    evaluate: (value) => boundsOf(value)?.minX ?? null,
  }),
  geoKernel({
    name: 'st_xmax',
    args: ['geometry'],
    returns: 'double',
    evaluate: (value) => boundsOf(value)?.maxX ?? null,
  }),
  geoKernel({
    name: 'st_ymin',
    args: ['geometry'],
    returns: 'double',
    evaluate: (value) => boundsOf(value)?.minY ?? null,
  }),
  geoKernel({
    name: 'st_ymax',
    args: ['geometry'],
    returns: 'double',
    evaluate: (value) => boundsOf(value)?.maxY ?? null,
  }),
  geoKernel({ name: 'st_hilbert', args: ['geometry'], returns: 'bigint', evaluate: (value) => wide(hilbert(value)) }),
  geoKernel({
    name: 'geog_hilbert',
    args: ['geometry'],
    returns: 'bigint',
    evaluate: (value) => wide(globeHilbert(value)),
  }),
  geoKernel({
    name: 'st_hilbert_within',
    args: ['geometry', 'text'],
    returns: 'bigint',
    evaluate: (value, bounds) => wide(hilbertWithin(value, bounds)),
  }),
];

function wide(value: number | null): bigint | null {
  return value === null ? null : BigInt(value);
}

function countPoints(value: Geometry): number {
  return leaves(value).reduce((sum, leaf) => sum + pointCount(leaf), 0);
}
