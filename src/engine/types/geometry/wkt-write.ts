import { type Geometry, type GeometryKind, isEmptyPoint, pointCount, stride, UNKNOWN_SRID } from './model.ts';

const NAMES: { readonly [K in GeometryKind]: string } = {
  Point: 'POINT',
  LineString: 'LINESTRING',
  Polygon: 'POLYGON',
  MultiPoint: 'MULTIPOINT',
  MultiLineString: 'MULTILINESTRING',
  MultiPolygon: 'MULTIPOLYGON',
  GeometryCollection: 'GEOMETRYCOLLECTION',
};

const DIMS = { XY: '', XYZ: ' Z', XYM: ' M', XYZM: ' ZM' } as const;

/** `SRID=4326;POINT(1 2)`; without the prefix if the geometry has no SRID. */
export function writeEwkt(value: Geometry): string {
  return value.srid === UNKNOWN_SRID ? writeWkt(value) : `SRID=${value.srid};${writeWkt(value)}`;
}

/** `POINT(1 2)`, `POINT Z(1 2 3)`, `LINESTRING(0 0,1 1)`: no blank before a parenthesis or behind a comma. */
export function writeWkt(value: Geometry): string {
  const dims = DIMS[value.dims];
  const name = NAMES[value.kind] + dims;
  const body = writeBody(value);
  return body === 'EMPTY' ? `${name} EMPTY` : `${name}${body}`;
}

function writeBody(value: Geometry): string {
  switch (value.kind) {
    case 'Point':
    case 'LineString':
      return writeLine(value, 0, pointCount(value));
    case 'MultiPoint':
      return writeMultiPoint(value);
    case 'Polygon':
      return writePolygon(value, 0, value.rings.length);
    case 'MultiLineString':
      return list(value.rings, (from, to) => writeLine(value, from, to));
    case 'MultiPolygon':
      return list(value.polygons, (from, to) => writePolygon(value, from, to));
    case 'GeometryCollection':
      return value.members.length === 0 ? 'EMPTY' : `(${value.members.map(writeWkt).join(',')})`;
  }
}

function list(ends: readonly number[], write: (from: number, to: number) => string): string {
  if (ends.length === 0) return 'EMPTY';
  return `(${ends.map((end, index) => write(ends[index - 1] ?? 0, end)).join(',')})`;
}

function writePolygon(value: Geometry, from: number, to: number): string {
  if (from === to) return 'EMPTY';
  const rings = Array.from({ length: to - from }, (_, index) =>
    writeLine(value, value.rings[from + index - 1] ?? 0, value.rings[from + index] ?? 0),
  );
  return `(${rings.join(',')})`;
}

function writeMultiPoint(value: Geometry): string {
  const count = pointCount(value);
  if (count === 0) return 'EMPTY';
  const points = Array.from({ length: count }, (_, index) =>
    isEmptyPoint(value, index) ? 'EMPTY' : writePoints(value, index, index + 1),
  );
  return `(${points.join(',')})`;
}

function writeLine(value: Geometry, from: number, to: number): string {
  return from === to ? 'EMPTY' : `(${writePoints(value, from, to)})`;
}

function writePoints({ coords, dims }: Geometry, from: number, to: number): string {
  const width = stride(dims);
  let text = '';
  for (let i = from * width; i < to * width; i++) {
    if (i > from * width) text += i % width === 0 ? ',' : ' ';
    text += showCoordinate(coords[i] ?? 0);
  }
  return text;
}

/** The shortest digits that read back the same, never with an exponent: `1`, `0.1`, `0.0000001`. */
export function showCoordinate(value: number): string {
  const size = Math.abs(value);
  // Only beyond these does JavaScript write an exponent.
  if (size >= 1e-6 && size < 1e21) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const text = String(value);
  if (size === Infinity) return text.replace('Infinity', 'inf');
  const [digits = '', exponent] = text.split('e');
  return exponent === undefined ? text : withoutExponent(digits, Number(exponent));
}

function withoutExponent(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${whole}${fraction}`;
  return `${sign}${whole}${fraction.padEnd(exponent, '0')}`;
}
