import { type Dims, type Geometry, geometry, geometryError, isEmptyPoint, pointCount, stride } from './model.ts';
import { MAX_DEPTH } from './wkb-read.ts';
import { showCoordinate } from './wkt-write.ts';

/** A geometry from GeoJSON text: a geometry, or those of a Feature or a FeatureCollection. Throws error 1090. */
export function readGeoJson(text: string): Geometry {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw geometryError(`Invalid GeoJSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return fromJson(json, 0);
}

function fromJson(json: unknown, depth: number): Geometry {
  if (depth >= MAX_DEPTH) throw invalid('collections are nested too deep');
  const type = member(json, 'type');
  switch (type) {
    case 'Feature':
      return fromJson(member(json, 'geometry'), depth + 1);
    case 'FeatureCollection':
      return collection(member(json, 'features'), depth);
    case 'GeometryCollection':
      return collection(member(json, 'geometries'), depth);
    default:
      return fromCoordinates(type, member(json, 'coordinates'));
  }
}

function fromCoordinates(type: unknown, json: unknown): Geometry {
  const positions = new Positions();
  switch (type) {
    case 'Point':
      if (list(json).length > 0) positions.point(json);
      return geometry('Point', positions.parts());
    case 'MultiPoint':
      for (const item of list(json)) positions.pointOrEmpty(item);
      return geometry('MultiPoint', positions.parts());
    case 'LineString':
      if (list(json).length > 0) positions.line(json);
      return geometry('LineString', positions.parts());
    case 'MultiLineString':
      for (const item of list(json)) positions.line(item);
      return geometry('MultiLineString', positions.parts());
    case 'Polygon':
      if (list(json).length > 0) positions.polygon(json);
      return geometry('Polygon', positions.parts());
    case 'MultiPolygon':
      for (const item of list(json)) positions.polygon(item);
      return geometry('MultiPolygon', positions.parts());
    default:
      throw invalid(type === undefined ? 'it has no type' : `unknown type ${JSON.stringify(type)}`);
  }
}

function collection(json: unknown, depth: number): Geometry {
  const members = list(json).map((item) => fromJson(item, depth + 1));
  return geometry('GeometryCollection', { dims: members[0]?.dims ?? 'XY', members });
}

function member(json: unknown, name: string): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw invalid('expected an object');
  return (json as { readonly [name: string]: unknown })[name];
}

function list(json: unknown): readonly unknown[] {
  if (!Array.isArray(json)) throw invalid('expected an array of coordinates');
  return json;
}

function invalid(reason: string) {
  return geometryError(`Invalid GeoJSON: ${reason}`);
}

class Positions {
  readonly #values: number[] = [];
  readonly #rings: number[] = [];
  readonly #polygons: number[] = [];
  #dims: Dims | undefined;

  /** Numbers behind the third have no meaning in GeoJSON and are left out. */
  point(json: unknown): void {
    const numbers = list(json);
    this.#dims ??= numbers.length > 2 ? 'XYZ' : 'XY';
    for (let i = 0; i < stride(this.#dims); i++) {
      const value = numbers[i];
      if (typeof value !== 'number') throw invalid(`a position needs ${stride(this.#dims)} numbers`);
      this.#values.push(value);
    }
  }

  pointOrEmpty(json: unknown): void {
    if (list(json).length > 0) {
      this.point(json);
      return;
    }
    this.#dims ??= 'XY';
    for (let i = 0; i < stride(this.#dims); i++) this.#values.push(Number.NaN);
  }

  line(json: unknown): void {
    for (const item of list(json)) this.point(item);
    this.#rings.push(this.#values.length / stride(this.#dims ?? 'XY'));
  }

  polygon(json: unknown): void {
    for (const item of list(json)) this.line(item);
    this.#polygons.push(this.#rings.length);
  }

  parts(): Partial<Geometry> {
    return {
      dims: this.#dims ?? 'XY',
      coords: Float64Array.from(this.#values),
      rings: this.#rings,
      polygons: this.#polygons,
    };
  }
}

/** `{"coordinates":[1,2],"type":"Point"}`: canonical JSON, as a VARIANT has it. M has no place in GeoJSON. */
export function writeGeoJson(value: Geometry): string {
  if (value.kind === 'GeometryCollection') {
    return `{"geometries":[${value.members.map(writeGeoJson).join(',')}],"type":"GeometryCollection"}`;
  }
  return `{"coordinates":${writeCoordinates(value)},"type":"${value.kind}"}`;
}

/** `{"type": "Point", "coordinates": [1,2]}`: as Databend shows it in a result. */
export function showGeoJson(value: Geometry): string {
  if (value.kind === 'GeometryCollection') {
    return `{"type": "GeometryCollection", "geometries": [${value.members.map(showGeoJson).join(',')}]}`;
  }
  return `{"type": "${value.kind}", "coordinates": ${writeCoordinates(value)}}`;
}

function writeCoordinates(value: Geometry): string {
  switch (value.kind) {
    case 'Point':
      return writePoint(value, 0);
    case 'MultiPoint':
    case 'LineString':
      return writeLine(value, 0, pointCount(value));
    case 'Polygon':
      return writeRings(value, 0, value.rings.length);
    case 'MultiLineString':
      return writeRings(value, 0, value.rings.length);
    default: {
      const polygons = value.polygons.map((end, index) => writeRings(value, value.polygons[index - 1] ?? 0, end));
      return `[${polygons.join(',')}]`;
    }
  }
}

function writeRings(value: Geometry, from: number, to: number): string {
  const lines: string[] = [];
  for (let i = from; i < to; i++) lines.push(writeLine(value, value.rings[i - 1] ?? 0, value.rings[i] ?? 0));
  return `[${lines.join(',')}]`;
}

function writeLine(value: Geometry, from: number, to: number): string {
  const points: string[] = [];
  for (let i = from; i < to; i++) points.push(writePoint(value, i));
  return `[${points.join(',')}]`;
}

function writePoint(value: Geometry, index: number): string {
  if (value.coords.length === 0 || isEmptyPoint(value, index)) return '[]';
  const at = index * stride(value.dims);
  const hasZ = value.dims === 'XYZ' || value.dims === 'XYZM';
  const numbers = [...value.coords.subarray(at, at + (hasZ ? 3 : 2))];
  return `[${numbers.map(writeNumber).join(',')}]`;
}

/** JSON knows neither NaN nor infinity. */
function writeNumber(value: number): string {
  return Number.isFinite(value) ? showCoordinate(value) : 'null';
}
