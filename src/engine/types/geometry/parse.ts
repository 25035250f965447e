import { parseHex } from '../hex.ts';
import { readGeoJson } from './geojson.ts';
import {
  GEOGRAPHY_SRID,
  type Geometry,
  geometry,
  geometryError,
  leaves,
  stride,
  UNKNOWN_SRID,
  withSrid,
} from './model.ts';
import { readWkb } from './wkb-read.ts';
import { writeEwkb, writeWkb } from './wkb-write.ts';
import { readWkt } from './wkt-read.ts';

/**
 * Any form in which a GEOMETRY may come: WKT, EWKT, WKB or EWKB (bytes or hex digits), GeoJSON text.
 * `srid` overrides the one in the value. Open rings are closed. Throws error 1090.
 */
export function parseGeometry(input: string | Uint8Array, srid?: number): Geometry {
  const value = closeRings(typeof input === 'string' ? readText(input) : readWkb(input));
  return srid === undefined ? value : withSrid(value, srid);
}

/** The same for a GEOGRAPHY, which is in degrees of longitude and latitude; another SRID than 4326 is an error. */
export function parseGeography(input: string | Uint8Array): Geometry {
  return checkedGeography(parseGeometry(input));
}

/** The bytes by which a GEOMETRY is kept, from any of its forms. */
export function geometryBytes(input: string | Uint8Array, srid?: number): Uint8Array {
  return writeEwkb(parseGeometry(input, srid));
}

/** The bytes by which a GEOGRAPHY is kept, from any of its forms. */
export function geographyBytes(input: string | Uint8Array): Uint8Array {
  return writeWkb(parseGeography(input));
}

/** Gives the geometry back, with a point that is empty as an empty multipoint. */
export function checkedGeography(value: Geometry): Geometry {
  if (value.srid !== UNKNOWN_SRID && value.srid !== GEOGRAPHY_SRID) {
    throw geometryError(`SRIDs other than 4326 are not supported. Got SRID: ${value.srid}`);
  }
  for (const { coords, dims } of leaves(value)) {
    for (let i = 0; i < coords.length; i += stride(dims)) {
      const [x = 0, y = 0] = coords.subarray(i, i + 2);
      if (!(Number.isNaN(x) && Number.isNaN(y))) checkPosition(x, y);
    }
  }
  return withoutEmptyPoints(value);
}

/** Throws unless the longitude and latitude lie on the globe. */
export function checkPosition(longitude: number, latitude: number): void {
  if (!(Math.abs(longitude) <= 180)) throw geometryError('longitude is out of range');
  if (!(Math.abs(latitude) <= 90)) throw geometryError('latitude is out of range');
}

function readText(input: string): Geometry {
  const text = input.trim();
  if (text.startsWith('{')) return readGeoJson(text);
  if (text.startsWith('0')) return readWkb(parseWkbHex(text));
  return readWkt(text);
}

/** WKB in hex digits of either case. */
export function parseWkbHex(text: string): Uint8Array {
  const bytes = parseHex(text);
  if (typeof bytes === 'string') throw geometryError(bytes);
  return bytes;
}

/** GEOGRAPHY knows no empty point: Databend keeps an empty MULTIPOINT instead. */
function withoutEmptyPoints(value: Geometry): Geometry {
  if (value.kind === 'Point' && value.coords.length === 0) {
    return geometry('MultiPoint', { dims: value.dims, srid: value.srid });
  }
  if (value.kind !== 'GeometryCollection') return value;
  return { ...value, members: value.members.map(withoutEmptyPoints) };
}

/** Gives every ring that does not end where it begins its first point again, as Databend does. */
export function closeRings(value: Geometry): Geometry {
  if (value.kind === 'GeometryCollection') return { ...value, members: value.members.map(closeRings) };
  if (value.polygons.length === 0 || !hasOpenRing(value)) return value;
  const width = stride(value.dims);
  const coords: number[] = [];
  const rings: number[] = [];
  let start = 0;
  for (const end of value.rings) {
    for (const number of value.coords.subarray(start * width, end * width)) coords.push(number);
    if (isOpen(value, start, end)) coords.push(...value.coords.subarray(start * width, (start + 1) * width));
    rings.push(coords.length / width);
    start = end;
  }
  return { ...value, coords: Float64Array.from(coords), rings };
}

function hasOpenRing(value: Geometry): boolean {
  return value.rings.some((end, index) => isOpen(value, value.rings[index - 1] ?? 0, end));
}

function isOpen({ coords, dims }: Geometry, start: number, end: number): boolean {
  if (start === end) return false;
  const first = start * stride(dims);
  const last = (end - 1) * stride(dims);
  return coords[first] !== coords[last] || coords[first + 1] !== coords[last + 1];
}
