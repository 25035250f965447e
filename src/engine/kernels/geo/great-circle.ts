import type { VectorKernel } from '../kernel.ts';
import { geoKernel } from './geo-kernel.ts';

/**
 * Distances on a sphere from tables of 32-bit floats, whose small errors are part of Databend's results:
 * near places on a plane of the middle latitude's scale, the others by haversine.
 */

const EARTH_DIAMETER = 2 * 6_371_007.180918475;
const COSINES = 1024;
const ARCS = 512;
const SCALES = 1024;
const { fround } = Math;

const cosines = Float32Array.from({ length: COSINES + 1 }, (_, i) => Math.cos((2 * Math.PI * i) / COSINES));
const arcs = Float32Array.from({ length: ARCS + 1 }, (_, i) => Math.asin(Math.sqrt(i / ARCS)));

/** The length of half an arc in radians, and squares of what a degree measures: of latitude, and of longitude by latitude from -90 to 90. */
interface Metric {
  readonly length: (arc: number) => number;
  readonly latitude: number;
  readonly longitudes: Float32Array;
}

function metric(degree: number, length: Metric['length']): Metric {
  const longitudes = Float32Array.from(
    { length: SCALES + 1 },
    (_, i) => (degree * Math.cos((i * Math.PI) / SCALES - Math.PI / 2)) ** 2,
  );
  return { length, latitude: fround(degree ** 2), longitudes };
}

const METRES = metric((EARTH_DIAMETER * Math.PI) / 360, (arc) => fround(fround(EARTH_DIAMETER) * arc));
const DEGREES = metric(1, (arc) => fround(fround(360 * arc) / fround(Math.PI)));

function interpolate(table: Float32Array, index: number, part: number): number {
  const low = table[index] ?? 0;
  return fround(low + fround(fround((table[index + 1] ?? 0) - low) * part));
}

const STEPS = fround(fround(COSINES / fround(Math.PI)) / 2);

function fastCosine(angle: number, quarters: number): number {
  const place = fround(Math.abs(angle) * STEPS);
  const index = Math.trunc(place);
  return interpolate(cosines, (index - (quarters * COSINES) / 4) & (COSINES - 1), fround(place - index));
}

/** The arc sine of the square root of `x`. */
function fastArc(x: number): number {
  if (x < fround(0.122)) {
    const y = Math.sqrt(x);
    return fround(y + x * y * (1 / 6) + x * x * y * (3 / 40) + x * x * x * y * (5 / 112));
  }
  if (x >= fround(0.948)) return fround(Math.asin(fround(Math.sqrt(x))));
  const place = fround(x * ARCS);
  const index = Math.trunc(place);
  return interpolate(arcs, index, fround(place - index));
}

function difference(a: number, b: number): number {
  const degrees = Math.abs(fround(a - b));
  return degrees > 180 ? fround(360 - degrees) : degrees;
}

function square(value: number): number {
  return fround(value * value);
}

/** Every step is rounded to 32 bits. */
function fastDistance(of: Metric, [x1 = 0, y1 = 0, x2 = 0, y2 = 0]: readonly number[]): number {
  const [lon1, lat1, lon2, lat2] = [fround(x1), fround(y1), fround(x2), fround(y2)];
  const byLatitude = difference(lat1, lat2);
  const byLongitude = difference(lon1, lon2);
  if (byLongitude >= 13) return of.length(fastArc(haversine(lat1, lat2, byLatitude, byLongitude)));
  const middle = fround(fround(fround(fround(lat1 + lat2) + 180) * SCALES) / 360);
  const index = Math.trunc(middle) & (SCALES - 1);
  const longitude = interpolate(of.longitudes, index, fround(middle - index));
  const total = fround(of.latitude * square(byLatitude)) + fround(longitude * square(byLongitude));
  return fround(Math.sqrt(fround(total)));
}

const RADIANS = fround(Math.PI / 180);
const HALF_RADIANS = fround(Math.PI / 360);

function haversine(lat1: number, lat2: number, byLatitude: number, byLongitude: number): number {
  const scale = fround(fastCosine(fround(lat1 * RADIANS), 0) * fastCosine(fround(lat2 * RADIANS), 0));
  const alongLatitude = square(fastCosine(fround(byLatitude * HALF_RADIANS), 1));
  const alongLongitude = square(fastCosine(fround(byLongitude * HALF_RADIANS), 1));
  return fround(alongLatitude + fround(scale * alongLongitude));
}

function kernel(name: string, of: Metric): VectorKernel {
  return geoKernel({
    name,
    args: ['double', 'double', 'double', 'double'],
    returns: 'float',
    evaluate: (...places) => fastDistance(of, places),
  });
}

export const greatCircleKernels: readonly VectorKernel[] = [
  kernel('great_circle_distance', METRES),
  kernel('great_circle_angle', DEGREES),
];
