import { SqlError } from '../../base/errors.ts';

/** In the order of their WKB codes, which begin at 1. */
export const GEOMETRY_KINDS = [
  'Point',
  'LineString',
  'Polygon',
  'MultiPoint',
  'MultiLineString',
  'MultiPolygon',
  'GeometryCollection',
] as const;

export type GeometryKind = (typeof GEOMETRY_KINDS)[number];

export type Dims = 'XY' | 'XYZ' | 'XYM' | 'XYZM';

/** The SRID of a geometry that has none. */
export const UNKNOWN_SRID = 0;

/** The SRID that every GEOGRAPHY has. */
export const GEOGRAPHY_SRID = 4326;

/**
 * A geometry over one flat array of coordinates.
 * An empty member of a MULTIPOINT is a point of NaN, as it is in WKB.
 */
export interface Geometry {
  readonly kind: GeometryKind;
  readonly dims: Dims;
  readonly srid: number;
  /** `stride(dims)` numbers for each point. */
  readonly coords: Float64Array;
  /** Where each line or ring ends, counted in points; none in points and multipoints. */
  readonly rings: readonly number[];
  /** Where each polygon ends, counted in rings; none in points and lines. */
  readonly polygons: readonly number[];
  /** Of a GEOMETRYCOLLECTION, which has nothing else. */
  readonly members: readonly Geometry[];
}

const STRIDES: { readonly [K in Dims]: number } = { XY: 2, XYZ: 3, XYM: 3, XYZM: 4 };

/** How many numbers a point has. */
export function stride(dims: Dims): number {
  return STRIDES[dims];
}

export function dimsOf(hasZ: boolean, hasM: boolean): Dims {
  if (hasZ) return hasM ? 'XYZM' : 'XYZ';
  return hasM ? 'XYM' : 'XY';
}

export function geometryError(message: string): SqlError {
  return new SqlError('GeometryError', message);
}

const NOTHING: readonly never[] = [];

/** A geometry from its parts; what is left out is empty. */
export function geometry(kind: GeometryKind, parts: Partial<Omit<Geometry, 'kind'>>): Geometry {
  return {
    kind,
    dims: parts.dims ?? 'XY',
    srid: parts.srid ?? UNKNOWN_SRID,
    coords: parts.coords ?? new Float64Array(0),
    rings: parts.rings ?? NOTHING,
    polygons: parts.polygons ?? NOTHING,
    members: parts.members ?? NOTHING,
  };
}

export function pointGeometry(x: number, y: number, srid = UNKNOWN_SRID): Geometry {
  return geometry('Point', { srid, coords: Float64Array.of(x, y) });
}

export function lineGeometry(coords: Float64Array, srid = UNKNOWN_SRID): Geometry {
  return geometry('LineString', { srid, coords, rings: coords.length === 0 ? [] : [coords.length / 2] });
}

/** A polygon of one ring of x and y. */
export function ringGeometry(coords: Float64Array, srid = UNKNOWN_SRID): Geometry {
  return geometry('Polygon', { srid, coords, rings: [coords.length / 2], polygons: [1] });
}

/** The same geometry, members and all, in another reference system; coordinates stay. */
export function withSrid(value: Geometry, srid: number): Geometry {
  if (value.srid === srid) return value;
  return { ...value, srid, members: value.members.map((member) => withSrid(member, srid)) };
}

export function pointCount({ coords, dims }: Geometry): number {
  return coords.length / stride(dims);
}

/** Whether a member of a MULTIPOINT is POINT EMPTY. */
export function isEmptyPoint({ coords, dims }: Geometry, index: number): boolean {
  const at = index * stride(dims);
  return Number.isNaN(coords[at]) && Number.isNaN(coords[at + 1]);
}

/** Whether no point is in it, however many empty members it has. */
export function isEmpty(value: Geometry): boolean {
  if (value.kind === 'GeometryCollection') return value.members.every(isEmpty);
  if (value.kind === 'MultiPoint') return value.coords.every(Number.isNaN);
  return value.coords.length === 0;
}

/** The geometry itself, or the members of a collection at every depth: everything that has coordinates. */
export function leaves(value: Geometry): readonly Geometry[] {
  return value.kind === 'GeometryCollection' ? value.members.flatMap(leaves) : [value];
}

/** The same geometry with other coordinates, point for point; collections keep their shape. */
export function mapCoords(value: Geometry, map: (coords: Float64Array, dims: Dims) => Float64Array): Geometry {
  if (value.kind === 'GeometryCollection') {
    return { ...value, members: value.members.map((member) => mapCoords(member, map)) };
  }
  return { ...value, coords: map(value.coords, value.dims) };
}

/** Points `from` to `to` of a geometry, as coordinates of their own. */
export function sliceCoords({ coords, dims }: Geometry, from: number, to: number): Float64Array {
  const width = stride(dims);
  return coords.slice(from * width, to * width);
}

/** The coordinates in x and y alone. */
export function planeCoords({ coords, dims }: Geometry): Float64Array {
  const width = stride(dims);
  if (width === 2) return coords;
  return Float64Array.from({ length: (coords.length / width) * 2 }, (_, i) => coords[(i >> 1) * width + (i & 1)] ?? 0);
}
