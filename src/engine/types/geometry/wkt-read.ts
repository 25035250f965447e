import {
  type Dims,
  GEOMETRY_KINDS,
  type Geometry,
  type GeometryKind,
  geometry,
  geometryError,
  stride,
  UNKNOWN_SRID,
} from './model.ts';
import { MAX_DEPTH } from './wkb-read.ts';

const KINDS: ReadonlyMap<string, GeometryKind> = new Map(GEOMETRY_KINDS.map((kind) => [kind.toUpperCase(), kind]));
const SPACE = /\s*/y;
const WORD = /[A-Za-z]+/y;
const NUMBER = /[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|nan|inf(?:inity)?)/iy;
const SRID = /\s*srid\s*=\s*([+-]?\d+)\s*;/iy;

/**
 * A geometry from WKT or EWKT in any case and layout, with EMPTY, Z and M.
 * Throws error 1090 that says the position, counted from 1.
 */
export function readWkt(text: string): Geometry {
  return new WktReader(text).whole();
}

class WktReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Geometry {
    const srid = this.#srid();
    const value = this.#geometry(srid, 0);
    this.#skip();
    if (this.#at < this.#text.length) throw this.#expected('the end of the text');
    return value;
  }

  #srid(): number {
    SRID.lastIndex = 0;
    const match = SRID.exec(this.#text);
    if (!match) {
      if (/^\s*s/i.test(this.#text)) throw geometryError('invalid srid');
      return UNKNOWN_SRID;
    }
    const srid = Number(match[1]);
    if (Math.abs(srid) > 0x7fffffff) throw geometryError('invalid srid');
    this.#at = SRID.lastIndex;
    return srid;
  }

  #geometry(srid: number, depth: number): Geometry {
    const kind = this.#kind();
    const dims = this.#dims();
    if (kind === 'GeometryCollection') return this.#collection(dims, srid, depth);
    const parts = new Coordinates(dims);
    if (!this.#empty()) this.#body(kind, parts);
    return parts.geometry(kind, srid);
  }

  #kind(): GeometryKind {
    const start = this.#place();
    const word = this.#match(WORD)?.toUpperCase() ?? '';
    const known = KINDS.get(word);
    if (known) return known;
    // `POINTZ` as well as `POINT Z`: the letters of the dimensions are left to be read.
    const dims = /(?:ZM|Z|M)$/.exec(word)?.[0].length ?? 0;
    const kind = KINDS.get(word.slice(0, word.length - dims));
    this.#at = kind ? this.#at - dims : start;
    if (!kind) throw this.#expected('a geometry type');
    return kind;
  }

  #dims(): Dims | undefined {
    const start = this.#place();
    const word = this.#match(WORD)?.toUpperCase();
    if (word === 'Z') return 'XYZ';
    if (word === 'M') return 'XYM';
    if (word === 'ZM') return 'XYZM';
    this.#at = start;
    return undefined;
  }

  #body(kind: GeometryKind, parts: Coordinates): void {
    switch (kind) {
      case 'Point':
        this.#list(() => this.#position(parts), 1);
        break;
      case 'MultiPoint':
        this.#list(() => this.#member(parts));
        break;
      case 'LineString':
        this.#line(parts);
        break;
      case 'MultiLineString':
        this.#list(() => this.#lineOrEmpty(parts));
        break;
      case 'Polygon':
        this.#polygon(parts);
        break;
      default:
        this.#list(() => (this.#empty() ? parts.endPolygon() : this.#polygon(parts)));
    }
  }

  #collection(dims: Dims | undefined, srid: number, depth: number): Geometry {
    if (depth >= MAX_DEPTH) throw geometryError('collections are nested too deep');
    const members: Geometry[] = [];
    if (!this.#empty()) this.#list(() => members.push(this.#geometry(srid, depth + 1)));
    return geometry('GeometryCollection', { dims: dims ?? members[0]?.dims ?? 'XY', srid, members });
  }

  #polygon(parts: Coordinates): void {
    this.#list(() => this.#lineOrEmpty(parts));
    parts.endPolygon();
  }

  #lineOrEmpty(parts: Coordinates): void {
    if (this.#empty()) parts.endRing();
    else this.#line(parts);
  }

  #line(parts: Coordinates): void {
    this.#list(() => this.#position(parts));
    parts.endRing();
  }

  /** A member of a MULTIPOINT, with or without its own parentheses. */
  #member(parts: Coordinates): void {
    if (this.#empty()) parts.addEmptyPoint();
    else if (this.#peek() === '(') this.#list(() => this.#position(parts), 1);
    else this.#position(parts);
  }

  #position(parts: Coordinates): void {
    const start = this.#place();
    const values: number[] = [this.#number(), this.#number()];
    while (values.length < 4 && !/^[,)]?$/.test(this.#peek())) values.push(this.#number());
    if (parts.add(values)) return;
    this.#at = start;
    throw this.#expected(`${parts.width} coordinates`);
  }

  #number(): number {
    this.#skip();
    const text = this.#match(NUMBER);
    if (text === undefined) throw this.#expected('a number');
    const value = Number(text);
    if (!Number.isNaN(value)) return value;
    if (/nan/i.test(text)) return Number.NaN;
    return text.startsWith('-') ? -Infinity : Infinity;
  }

  #list(item: () => void, limit = Infinity): void {
    this.#punctuation('(');
    for (let count = 1; ; count++) {
      item();
      if (count >= limit || this.#peek() !== ',') break;
      this.#at++;
    }
    this.#punctuation(')');
  }

  #empty(): boolean {
    const start = this.#place();
    if (this.#match(WORD)?.toUpperCase() === 'EMPTY') return true;
    this.#at = start;
    return false;
  }

  #punctuation(sign: string): void {
    if (this.#peek() !== sign) throw this.#expected(`'${sign}'`);
    this.#at++;
  }

  #peek(): string {
    this.#skip();
    return this.#text[this.#at] ?? '';
  }

  #place(): number {
    this.#skip();
    return this.#at;
  }

  #skip(): void {
    SPACE.lastIndex = this.#at;
    SPACE.test(this.#text);
    this.#at = SPACE.lastIndex;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#text)?.[0];
    if (text !== undefined) this.#at += text.length;
    return text;
  }

  #expected(what: string) {
    return geometryError(`Invalid WKT: expected ${what} at position ${this.#at + 1}`);
  }
}

/** Coordinates as they are read; the first point says the dimensions if the text did not. */
class Coordinates {
  readonly #values: number[] = [];
  readonly #rings: number[] = [];
  readonly #polygons: number[] = [];
  #dims: Dims | undefined;

  constructor(dims: Dims | undefined) {
    this.#dims = dims;
  }

  get width(): number {
    return stride(this.#dims ?? 'XY');
  }

  /** False if the point has more or fewer numbers than the geometry. */
  add(values: readonly number[]): boolean {
    if (!this.#dims) this.#dims = values.length === 4 ? 'XYZM' : values.length === 3 ? 'XYZ' : 'XY';
    if (values.length !== this.width) return false;
    for (const value of values) this.#values.push(value);
    return true;
  }

  addEmptyPoint(): void {
    this.#dims ??= 'XY';
    for (let i = 0; i < this.width; i++) this.#values.push(Number.NaN);
  }

  endRing(): void {
    this.#rings.push(this.#values.length / this.width);
  }

  endPolygon(): void {
    this.#polygons.push(this.#rings.length);
  }

  geometry(kind: GeometryKind, srid: number): Geometry {
    const coords = Float64Array.from(this.#values);
    const isEmptyLine = kind === 'LineString' && coords.length === 0;
    const rings = isEmptyLine ? [] : this.#rings;
    return geometry(kind, { dims: this.#dims ?? 'XY', srid, coords, rings, polygons: this.#polygons });
  }
}
