import {
  type Dims,
  dimsOf,
  GEOMETRY_KINDS,
  type Geometry,
  type GeometryKind,
  geometry,
  geometryError,
  stride,
  UNKNOWN_SRID,
} from './model.ts';

const EWKB_Z = 0x80000000;
const EWKB_M = 0x40000000;
const EWKB_SRID = 0x20000000;

/** Deeper collections are taken for an attack on the stack. */
export const MAX_DEPTH = 64;

interface Header {
  readonly kind: GeometryKind;
  readonly dims: Dims;
  readonly srid: number;
}

/**
 * A geometry from WKB or EWKB in either byte order; Z and M in the way of ISO (1001, 2001, 3001) or of EWKB.
 * Throws error 1090 for anything else; bytes behind the geometry are ignored.
 */
export function readWkb(bytes: Uint8Array): Geometry {
  return new WkbReader(bytes).geometry(0, undefined);
}

class WkbReader {
  readonly #view: DataView;
  #at = 0;
  #little = true;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** A member has the SRID of what it is in, whatever it says itself. */
  geometry(depth: number, outerSrid: number | undefined): Geometry {
    const own = this.#header();
    const header = outerSrid === undefined ? own : { ...own, srid: outerSrid };
    const { kind, dims, srid } = header;
    switch (kind) {
      case 'Point':
        return this.#point(header);
      case 'LineString': {
        const coords = this.#points(dims);
        const rings = coords.length === 0 ? [] : [coords.length / stride(dims)];
        return geometry(kind, { dims, srid, coords, rings });
      }
      case 'Polygon': {
        const parts = new Parts();
        this.#polygon(dims, parts);
        if (parts.rings.length > 0) parts.polygons.push(parts.rings.length);
        return parts.geometry(header);
      }
      case 'GeometryCollection':
        return this.#collection(header, depth);
      default:
        return this.#multi(header);
    }
  }

  #header(): Header {
    this.#need(5);
    const order = this.#view.getUint8(this.#at);
    if (order > 1) throw this.#error(`byte order ${order} is neither 0 nor 1`);
    this.#little = order === 1;
    const code = this.#view.getUint32(this.#at + 1, this.#little);
    const iso = code & 0x0fffffff;
    const kind = GEOMETRY_KINDS[(iso % 1000) - 1];
    const isoDims = Math.floor(iso / 1000);
    if (!kind || isoDims > 3) throw this.#error(`unknown geometry type ${code}`);
    this.#at += 5;
    const hasZ = (code & EWKB_Z) !== 0 || isoDims === 1 || isoDims === 3;
    const hasM = (code & EWKB_M) !== 0 || isoDims === 2 || isoDims === 3;
    const srid = (code & EWKB_SRID) === 0 ? UNKNOWN_SRID : this.#int();
    return { kind, dims: dimsOf(hasZ, hasM), srid };
  }

  #point({ kind, dims, srid }: Header): Geometry {
    const coords = this.#doubles(stride(dims));
    return geometry(kind, { dims, srid, coords: isNanPoint(coords) ? new Float64Array(0) : coords });
  }

  #points(dims: Dims): Float64Array {
    const width = stride(dims);
    return this.#doubles(this.#count(width * 8) * width);
  }

  #polygon(dims: Dims, parts: Parts): void {
    const rings = this.#count(4);
    for (let i = 0; i < rings; i++) parts.add(this.#points(dims), stride(dims));
  }

  /** MULTIPOINT, MULTILINESTRING, MULTIPOLYGON: whole geometries of one kind, gathered in one array. */
  #multi(header: Header): Geometry {
    const member = GEOMETRY_KINDS[GEOMETRY_KINDS.indexOf(header.kind) - 3];
    const width = stride(header.dims);
    const parts = new Parts();
    const count = this.#count(9);
    for (let i = 0; i < count; i++) {
      const { kind, dims } = this.#header();
      if (kind !== member || dims !== header.dims) throw this.#error(`a ${header.kind} holds a ${kind}`);
      if (kind === 'Point') parts.addPoints(this.#doubles(width));
      else if (kind === 'LineString') parts.add(this.#points(dims), width);
      else {
        this.#polygon(dims, parts);
        parts.polygons.push(parts.rings.length);
      }
    }
    return parts.geometry(header);
  }

  #collection({ kind, dims, srid }: Header, depth: number): Geometry {
    if (depth >= MAX_DEPTH) throw this.#error('collections are nested too deep');
    const count = this.#count(5);
    const members: Geometry[] = [];
    for (let i = 0; i < count; i++) members.push(this.geometry(depth + 1, srid));
    return geometry(kind, { dims, srid, members });
  }

  /** A count of things that take at least `size` bytes each: a wrong one must not reserve gigabytes. */
  #count(size: number): number {
    this.#need(4);
    const count = this.#view.getUint32(this.#at, this.#little);
    this.#at += 4;
    this.#need(count * size);
    return count;
  }

  #int(): number {
    this.#need(4);
    const value = this.#view.getInt32(this.#at, this.#little);
    this.#at += 4;
    return value;
  }

  #doubles(count: number): Float64Array {
    this.#need(count * 8);
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) values[i] = this.#view.getFloat64(this.#at + i * 8, this.#little);
    this.#at += count * 8;
    return values;
  }

  #need(size: number): void {
    if (this.#at + size > this.#view.byteLength) throw this.#error('it ends too early');
  }

  #error(reason: string) {
    return geometryError(`Invalid ewkb format: ${reason}, at byte ${this.#at}`);
  }
}

function isNanPoint(coords: Float64Array): boolean {
  return Number.isNaN(coords[0]) && Number.isNaN(coords[1]);
}

/** Gathers the lines or rings of a geometry. */
class Parts {
  readonly #chunks: Float64Array[] = [];
  readonly rings: number[] = [];
  readonly polygons: number[] = [];
  #length = 0;

  add(coords: Float64Array, width: number): void {
    this.addPoints(coords);
    this.rings.push(this.#length / width);
  }

  addPoints(coords: Float64Array): void {
    this.#chunks.push(coords);
    this.#length += coords.length;
  }

  geometry({ kind, dims, srid }: Header): Geometry {
    const { rings, polygons } = this;
    const only = this.#chunks[0];
    const coords = this.#chunks.length === 1 && only ? only : new Float64Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks.length === 1 ? [] : this.#chunks) {
      coords.set(chunk, at);
      at += chunk.length;
    }
    return geometry(kind, { dims, srid, coords, rings, polygons });
  }
}
