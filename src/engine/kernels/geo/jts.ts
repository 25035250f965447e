import type GeometryFactory from 'jsts/org/locationtech/jts/geom/GeometryFactory.js';
import { assert } from '../../base/errors.ts';
import { type Geometry, type GeometryKind, geometry, stride } from '../../types/geometry/model.ts';
import { KernelError } from '../kernel.ts';

/** What is read of a geometry of JSTS, whose own declarations say `any`. */
export interface JtsGeometry {
  getGeometryType(): string;
  isEmpty(): boolean;
  getDimension(): number;
  getNumGeometries(): number;
  getGeometryN(index: number): JtsGeometry;
  getCoordinates(): readonly JtsCoordinate[];
  getExteriorRing(): JtsGeometry;
  getNumInteriorRing(): number;
  getInteriorRingN(index: number): JtsGeometry;
}

interface JtsCoordinate {
  readonly x: number;
  readonly y: number;
}

/** JSTS takes coordinates of its own class only. */
/** JSTS's typings do not say that its lines, collections and coordinates are those of its own model; its code does. */
const asGeometry = (made: unknown) => made as JtsGeometry;
const coordinateOf = (made: unknown) => made as JtsCoordinate;

interface Factory {
  readonly factory: GeometryFactory;
  readonly coordinate: (x: number, y: number) => JtsCoordinate;
}

let loaded: Factory | undefined;

/** Fetches the model of JSTS; the operations fetch their own parts. */
export async function loadJts(): Promise<void> {
  if (loaded) return;
  const [{ default: Factory }, { default: Coordinate }] = await Promise.all([
    import('jsts/org/locationtech/jts/geom/GeometryFactory.js'),
    import('jsts/org/locationtech/jts/geom/Coordinate.js'),
  ]);
  loaded = { factory: new Factory(), coordinate: (x, y) => coordinateOf(new Coordinate(x, y)) };
}

/** What JSTS throws is neither an Error of ours nor always one at all. */
export function runJts<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) throw new KernelError('the geometry has too many points', 'GeometryError');
    throw new KernelError(error instanceof Error ? error.message : String(error), 'GeometryError');
  }
}

function jts(): Factory {
  assert(loaded !== undefined, 'JSTS is loaded before a kernel runs');
  return loaded;
}

const converted = new WeakMap<Geometry, JtsGeometry>();

/** In x and y; a constant argument is one object for all rows and converted once. */
export function toJts(value: Geometry): JtsGeometry {
  const known = converted.get(value);
  if (known) return known;
  const made = convert(value);
  converted.set(value, made);
  return made;
}

function convert(value: Geometry): JtsGeometry {
  const { factory } = jts();
  const rings = ringsOf(value);
  switch (value.kind) {
    case 'Point':
      return value.coords.length === 0 ? factory.createPoint() : factory.createPoint(pointsOf(value)[0]);
    case 'LineString':
      return factory.createLineString(repeated(rings[0] ?? []));
    case 'MultiPoint':
      return factory.createMultiPointFromCoords(pointsOf(value));
    case 'MultiLineString':
      return asGeometry(factory.createMultiLineString(rings.map((ring) => factory.createLineString(repeated(ring)))));
    case 'Polygon':
      return polygon(rings);
    case 'MultiPolygon': {
      const polygons = value.polygons.map((end, index) => polygon(rings.slice(value.polygons[index - 1] ?? 0, end)));
      return asGeometry(factory.createMultiPolygon(polygons));
    }
    case 'GeometryCollection':
      return asGeometry(factory.createGeometryCollection(value.members.map(toJts)));
  }
}

function polygon(rings: readonly (readonly JtsCoordinate[])[]): JtsGeometry {
  const { factory } = jts();
  const [shell, ...holes] = rings.map((ring) => factory.createLinearRing(closedRing(ring)));
  return shell ? factory.createPolygon(shell, holes) : factory.createPolygon();
}

/** A line of JSTS has no points or two and more. */
function repeated(points: readonly JtsCoordinate[]): readonly JtsCoordinate[] {
  const [only] = points;
  return points.length === 1 && only ? [only, only] : points;
}

/** A ring of JSTS is closed and has no points or four and more. */
function closedRing(points: readonly JtsCoordinate[]): readonly JtsCoordinate[] {
  const [first] = points;
  if (!first) return points;
  const last = points.at(-1);
  const ring = last && (last.x !== first.x || last.y !== first.y) ? [...points, first] : [...points];
  while (ring.length < 4) ring.push(first);
  return ring;
}

function ringsOf(value: Geometry): JtsCoordinate[][] {
  const points = value.rings.length > 0 ? pointsOf(value) : [];
  return value.rings.map((end, index) => points.slice(value.rings[index - 1] ?? 0, end));
}

function pointsOf({ coords, dims }: Geometry): JtsCoordinate[] {
  const { coordinate } = jts();
  const points: JtsCoordinate[] = [];
  for (let i = 0; i < coords.length; i += stride(dims)) {
    if (!Number.isNaN(coords[i])) points.push(coordinate(coords[i] ?? 0, coords[i + 1] ?? 0));
  }
  return points;
}

/** What JSTS answers, as a geometry of x and y. */
export function fromJts(value: JtsGeometry, srid: number): Geometry {
  const kind = kindOf(value);
  const parts = Array.from({ length: value.getNumGeometries() }, (_, index) => value.getGeometryN(index));
  switch (kind) {
    case 'GeometryCollection':
      return geometry(kind, { srid, members: parts.map((part) => fromJts(part, srid)) });
    case 'Point':
    case 'MultiPoint':
      return geometry(kind, { srid, coords: coordsOf([value]) });
    case 'LineString':
    case 'MultiLineString': {
      const lines = parts.filter((part) => !part.isEmpty());
      return geometry(kind, { srid, coords: coordsOf(lines), rings: endsOf(lines.map(lengthOf)) });
    }
    case 'Polygon':
    case 'MultiPolygon': {
      const polygons = parts.filter((part) => !part.isEmpty()).map(ringsOfPolygon);
      const rings = polygons.flat();
      return geometry(kind, {
        srid,
        coords: coordsOf(rings),
        rings: endsOf(rings.map(lengthOf)),
        polygons: endsOf(polygons.map((each) => each.length)),
      });
    }
  }
}

function kindOf(value: JtsGeometry): GeometryKind {
  const type = value.getGeometryType();
  return type === 'LinearRing' ? 'LineString' : (type as GeometryKind);
}

function ringsOfPolygon(value: JtsGeometry): JtsGeometry[] {
  const holes = Array.from({ length: value.getNumInteriorRing() }, (_, index) => value.getInteriorRingN(index));
  return [value.getExteriorRing(), ...holes];
}

function lengthOf(line: JtsGeometry): number {
  return line.getCoordinates().length;
}

function coordsOf(values: readonly JtsGeometry[]): Float64Array {
  return Float64Array.from(values.flatMap((value) => value.getCoordinates().flatMap(({ x, y }) => [x, y])));
}

/** The running total of lengths. */
export function endsOf(lengths: readonly number[]): number[] {
  let total = 0;
  return lengths.map((length) => {
    total += length;
    return total;
  });
}
