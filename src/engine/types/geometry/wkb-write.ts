import { GEOMETRY_KINDS, type Geometry, type GeometryKind, stride, UNKNOWN_SRID } from './model.ts';

const EWKB_Z = 0x80000000;
const EWKB_M = 0x40000000;
const EWKB_SRID = 0x20000000;
const ISO_Z = 1000;
const ISO_M = 2000;

/**
 * EWKB, little-endian; plain WKB if the geometry has no SRID. This is how a GEOMETRY is kept.
 */
export function writeEwkb(value: Geometry): Uint8Array {
  return write(value, value.srid);
}

/** WKB without a SRID, little-endian, Z and M as ISO numbers them. This is how a GEOGRAPHY is kept. */
export function writeWkb(value: Geometry): Uint8Array {
  return write(value, UNKNOWN_SRID);
}

function write(value: Geometry, srid: number): Uint8Array {
  const bytes = new Uint8Array(sizeOf(value) + (srid === UNKNOWN_SRID ? 0 : 4));
  new WkbWriter(bytes, srid !== UNKNOWN_SRID).geometry(value, srid);
  return bytes;
}

/** Bytes of a geometry without its SRID: 5 for each header, 4 for each count, 8 for each number. */
function sizeOf(value: Geometry): number {
  const numbers = value.coords.length * 8;
  switch (value.kind) {
    case 'Point':
      return 5 + stride(value.dims) * 8;
    case 'LineString':
      return 9 + numbers;
    case 'Polygon':
      return 9 + value.rings.length * 4 + numbers;
    case 'MultiPoint':
      return 9 + (value.coords.length / stride(value.dims)) * 5 + numbers;
    case 'MultiLineString':
      return 9 + value.rings.length * 9 + numbers;
    case 'MultiPolygon':
      return 9 + value.polygons.length * 9 + value.rings.length * 4 + numbers;
    case 'GeometryCollection':
      return value.members.reduce((size, member) => size + sizeOf(member), 9);
  }
}

class WkbWriter {
  readonly #view: DataView;
  readonly #extended: boolean;
  #at = 0;

  constructor(bytes: Uint8Array, extended: boolean) {
    this.#view = new DataView(bytes.buffer);
    this.#extended = extended;
  }

  geometry(value: Geometry, srid: number): void {
    this.#header(value.kind, value, srid);
    switch (value.kind) {
      case 'Point':
        if (value.coords.length === 0) this.#emptyPoint(value);
        else this.#doubles(value, 0, 1);
        break;
      case 'LineString':
        this.#line(value, 0, value.rings[0] ?? 0);
        break;
      case 'Polygon':
        this.#polygon(value, 0, value.rings.length);
        break;
      case 'GeometryCollection':
        this.#int(value.members.length);
        for (const member of value.members) this.geometry(member, UNKNOWN_SRID);
        break;
      default:
        this.#multi(value);
    }
  }

  #multi(value: Geometry): void {
    if (value.kind === 'MultiPoint') {
      const count = value.coords.length / stride(value.dims);
      this.#int(count);
      for (let i = 0; i < count; i++) {
        this.#header('Point', value, UNKNOWN_SRID);
        this.#doubles(value, i, i + 1);
      }
      return;
    }
    const isLines = value.kind === 'MultiLineString';
    const ends = isLines ? value.rings : value.polygons;
    this.#int(ends.length);
    for (const [index, end] of ends.entries()) {
      this.#header(isLines ? 'LineString' : 'Polygon', value, UNKNOWN_SRID);
      const start = ends[index - 1] ?? 0;
      if (isLines) this.#line(value, start, end);
      else this.#polygon(value, start, end);
    }
  }

  #header(kind: GeometryKind, { dims }: Geometry, srid: number): void {
    const z = dims === 'XYZ' || dims === 'XYZM';
    const m = dims === 'XYM' || dims === 'XYZM';
    const marks = this.#extended ? (z ? EWKB_Z : 0) + (m ? EWKB_M : 0) : (z ? ISO_Z : 0) + (m ? ISO_M : 0);
    const flags = marks + (srid === UNKNOWN_SRID ? 0 : EWKB_SRID);
    this.#view.setUint8(this.#at, 1);
    this.#view.setUint32(this.#at + 1, GEOMETRY_KINDS.indexOf(kind) + 1 + flags, true);
    this.#at += 5;
    if (srid !== UNKNOWN_SRID) this.#int(srid);
  }

  #polygon(value: Geometry, from: number, to: number): void {
    this.#int(to - from);
    for (let ring = from; ring < to; ring++) this.#line(value, value.rings[ring - 1] ?? 0, value.rings[ring] ?? 0);
  }

  #line(value: Geometry, from: number, to: number): void {
    this.#int(to - from);
    this.#doubles(value, from, to);
  }

  #emptyPoint({ dims }: Geometry): void {
    for (let i = 0; i < stride(dims); i++) this.#double(Number.NaN);
  }

  #doubles({ coords, dims }: Geometry, from: number, to: number): void {
    const width = stride(dims);
    for (let i = from * width; i < to * width; i++) this.#double(coords[i] ?? 0);
  }

  #double(value: number): void {
    this.#view.setFloat64(this.#at, value, true);
    this.#at += 8;
  }

  #int(value: number): void {
    this.#view.setInt32(this.#at, value, true);
    this.#at += 4;
  }
}
