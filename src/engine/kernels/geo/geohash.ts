import { type Geometry, pointGeometry, ringGeometry } from '../../types/geometry/model.ts';
import { KernelError, type VectorKernel } from '../kernel.ts';
import { type Bounds, centreOfBounds } from './bounds.ts';
import { geoKernel } from './geo-kernel.ts';

const ALPHABET = '0123456789bcdefghjkmnpqrstuvwxyz';
const LONGEST = 12;

/** The cell of a place: each character halves longitude and latitude in turn, five times. */
function encodeGeohash(longitude: number, latitude: number, precision: number): string {
  if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) {
    throw new KernelError(`invalid coordinate range: Coord { x: ${longitude}, y: ${latitude} }`, 'GeometryError');
  }
  const length = precision >= 1 && precision <= LONGEST ? precision : LONGEST;
  const place = [longitude, latitude] as const;
  const cell = wholeGlobe();
  let hash = '';
  for (let character = 0; character < length; character++) {
    let digit = 0;
    for (let bit = 0; bit < 5; bit++) {
      const axis = (character * 5 + bit) % 2 === 0 ? 0 : 1;
      digit = digit * 2 + halve(cell[axis], (middle) => place[axis] >= middle);
    }
    hash += ALPHABET[digit];
  }
  return hash;
}

type Interval = [least: number, greatest: number];

function wholeGlobe(): readonly [longitude: Interval, latitude: Interval] {
  return [
    [-180, 180],
    [-90, 90],
  ];
}

/** Keeps the upper half if `isUpper` says so; gives the bit. */
function halve(interval: Interval, isUpper: (middle: number) => boolean): number {
  const middle = (interval[0] + interval[1]) / 2;
  const upper = isUpper(middle);
  interval[upper ? 0 : 1] = middle;
  return upper ? 1 : 0;
}

function decodeGeohash(hash: string): Bounds {
  const cell = wholeGlobe();
  let bits = 0;
  for (const character of hash) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) throw new KernelError(`invalid hash character: ${character}`, 'GeometryError');
    for (let bit = 4; bit >= 0; bit--) halve(cell[bits++ % 2 === 0 ? 0 : 1], () => ((digit >> bit) & 1) === 1);
  }
  const [[minX, maxX], [minY, maxY]] = cell;
  return { minX, minY, maxX, maxY };
}

function centre(hash: string): readonly [x: number, y: number] {
  const { minX, minY, maxX, maxY } = decodeGeohash(hash);
  return [(maxX + minX) / 2, (maxY + minY) / 2];
}

function cellPolygon(hash: string): Geometry {
  const { minX, minY, maxX, maxY } = decodeGeohash(hash);
  return ringGeometry(Float64Array.of(maxX, minY, maxX, maxY, minX, maxY, minX, minY, maxX, minY));
}

export const geohashKernels: readonly VectorKernel[] = [
  geoKernel({ name: 'geohash_encode', args: ['double', 'double', 'int'], returns: 'text', evaluate: encodeGeohash }),
  geoKernel({ name: 'geohash_longitude', args: ['text'], returns: 'double', evaluate: (hash) => centre(hash)[0] }),
  geoKernel({ name: 'geohash_latitude', args: ['text'], returns: 'double', evaluate: (hash) => centre(hash)[1] }),
  geoKernel({
    name: 'st_geohash',
    args: ['geometry', 'int'],
    returns: 'text',
    evaluate(value, precision) {
      const place = centreOfBounds(value);
      return place ? encodeGeohash(...place, precision) : null;
    },
  }),
  geoKernel({ name: 'st_geomfromgeohash', args: ['text'], returns: 'geometry', evaluate: cellPolygon }),
  geoKernel({
    name: 'st_geompointfromgeohash',
    args: ['text'],
    returns: 'geometry',
    evaluate: (hash) => pointGeometry(...centre(hash)),
  }),
];
