import { assert } from '../../base/errors.ts';
import { type Geometry, geometry, isEmpty, stride, UNKNOWN_SRID } from '../../types/geometry/model.ts';
import { parseWkbHex } from '../../types/geometry/parse.ts';
import { readWkb } from '../../types/geometry/wkb-read.ts';
import { KernelError, type VectorKernel } from '../kernel.ts';
import { checkSameSrid, geoKernel, pairKernel } from './geo-kernel.ts';
import { convexHull } from './hull.ts';
import { fromJts, type JtsGeometry, loadJts, runJts, toJts } from './jts.ts';
import { doubleRingArea, envelope } from './planar.ts';
import { gather, plainParts } from './predicates.ts';
import { simplify } from './simplify.ts';

/** Set operations on geometries. Shells come counter-clockwise, holes clockwise. */

type Operation = (left: JtsGeometry, right: JtsGeometry) => JtsGeometry;

interface Operations {
  readonly union: Operation;
  readonly intersection: Operation;
  readonly difference: Operation;
  readonly buffer: (value: JtsGeometry, distance: number) => JtsGeometry;
}

let loaded: Operations | undefined;

async function loadOverlay(): Promise<void> {
  const [{ default: overlay }, { default: buffer }] = await Promise.all([
    import('jsts/org/locationtech/jts/operation/overlay/snap/SnapIfNeededOverlayOp.js'),
    import('jsts/org/locationtech/jts/operation/buffer/BufferOp.js'),
    loadJts(),
  ]);
  loaded ??= {
    union: (left, right) => overlay.union(left, right),
    intersection: (left, right) => overlay.intersection(left, right),
    difference: (left, right) => overlay.difference(left, right),
    buffer: (value, distance) => buffer.bufferOp(value, distance),
  };
}

function operations(): Operations {
  assert(loaded !== undefined, 'JSTS is loaded before a kernel runs');
  return loaded;
}

/** Geometries of JSTS without collections, at most one of points, one of lines and one of areas. */
type Parts = readonly JtsGeometry[];

function partsOf(value: Geometry): Parts {
  return plainParts(value).map(toJts);
}

/** The members of collections, without the empty ones. */
function flat(value: JtsGeometry): JtsGeometry[] {
  if (value.isEmpty()) return [];
  if (value.getGeometryType() !== 'GeometryCollection') return [value];
  return Array.from({ length: value.getNumGeometries() }, (_, index) => flat(value.getGeometryN(index))).flat();
}

/** Each dimension on its own, and then without what the higher ones cover. */
function unite(parts: Parts): Parts {
  const { union } = operations();
  const united: JtsGeometry[] = [];
  for (const dimension of [2, 1, 0]) {
    const [first, ...others] = parts.filter((part) => part.getDimension() === dimension);
    if (first) united.unshift(...without([others.reduce(union, first)], united));
  }
  return united;
}

function without(parts: Parts, removed: Parts): Parts {
  const { difference } = operations();
  return parts.flatMap((part) =>
    removed.reduce<JtsGeometry[]>((rest, other) => rest.flatMap((each) => flat(difference(each, other))), [part]),
  );
}

function common(left: Parts, right: Parts): Parts {
  const { intersection } = operations();
  return unite(left.flatMap((a) => right.flatMap((b) => flat(intersection(a, b)))));
}

/** The parts as one geometry; null if there is none. */
function assembled(parts: Parts, srid: number): Geometry | null {
  const members = parts.flatMap(flat).map((part) => oriented(fromJts(part, srid)));
  const [only] = members;
  if (!only) return null;
  if (members.length === 1) return only;
  return geometry('GeometryCollection', { srid, members: members.flatMap(singles) });
}

/** The points, lines or polygons of a geometry of many. */
function singles(value: Geometry): Geometry[] {
  const { srid, dims, coords, rings, polygons } = value;
  const width = stride(dims);
  const part = (kind: 'Point' | 'LineString', from: number, to: number) =>
    geometry(kind, {
      srid,
      coords: coords.slice(from * width, to * width),
      rings: kind === 'Point' ? [] : [to - from],
    });
  switch (value.kind) {
    case 'MultiPoint':
      return Array.from({ length: coords.length / width }, (_, index) => part('Point', index, index + 1));
    case 'MultiLineString':
      return rings.map((end, index) => part('LineString', rings[index - 1] ?? 0, end));
    case 'MultiPolygon':
      return polygons.map((end, index) => polygonBetween(value, polygons[index - 1] ?? 0, end));
    default:
      return [value];
  }
}

function polygonBetween({ srid, dims, coords, rings }: Geometry, from: number, to: number): Geometry {
  const width = stride(dims);
  const first = rings[from - 1] ?? 0;
  return geometry('Polygon', {
    srid,
    coords: coords.slice(first * width, (rings[to - 1] ?? 0) * width),
    rings: rings.slice(from, to).map((end) => end - first),
    polygons: [to - from],
  });
}

/** The same areas, their shells counter-clockwise and their holes clockwise. */
function oriented(value: Geometry): Geometry {
  if (value.polygons.length === 0) return value;
  const coords = value.coords.slice();
  const shells = new Set([0, ...value.polygons]);
  for (const [ring, end] of value.rings.entries()) {
    const from = (value.rings[ring - 1] ?? 0) * 2;
    const isRight = doubleRingArea(value, from, end * 2) < 0;
    if (isRight === shells.has(ring)) reverse(coords, from, end * 2);
  }
  return { ...value, coords };
}

function reverse(coords: Float64Array, from: number, to: number): void {
  const points = Array.from({ length: (to - from) / 2 }, (_, i) => [
    coords[from + i * 2] ?? 0,
    coords[from + i * 2 + 1] ?? 0,
  ]);
  coords.set(points.reverse().flat(), from);
}

function union(left: Geometry, right: Geometry): Geometry | null {
  return runJts(() => assembled(unite([...partsOf(left), ...partsOf(right)]), left.srid));
}

function intersection(left: Geometry, right: Geometry): Geometry | null {
  return runJts(() => assembled(common(partsOf(left), partsOf(right)), left.srid));
}

function difference(left: Geometry, right: Geometry): Geometry | null {
  return runJts(() => assembled(without(partsOf(left), partsOf(right)), left.srid));
}

function symmetricDifference(left: Geometry, right: Geometry): Geometry | null {
  return runJts(() => {
    const [a, b] = [partsOf(left), partsOf(right)];
    return assembled(unite([...without(a, b), ...without(b, a)]), left.srid);
  });
}

/** A MULTIPOLYGON of what lies within a distance; below 0, polygons shrink. Null if nothing is left. */
function buffer(value: Geometry, distance: number): Geometry | null {
  if (value.kind === 'GeometryCollection') {
    throw new KernelError('Type GeometryCollection is not supported as argument to ST_BUFFER', 'GeometryError');
  }
  const isArea = value.polygons.length > 0;
  if (isArea && distance === 0) return { ...value, kind: 'MultiPolygon' };
  const made = runJts(() => operations().buffer(toJts(value), isArea ? distance : Math.abs(distance)));
  return made.isEmpty() ? null : { ...oriented(fromJts(made, value.srid)), kind: 'MultiPolygon' };
}

const COLLECTED = { Point: 'MultiPoint', LineString: 'MultiLineString', Polygon: 'MultiPolygon' } as const;

/** Points, lines or polygons as one geometry of many, others as a collection. */
function collect(values: readonly Geometry[]): Geometry | null {
  const [first] = values;
  if (!first) return null;
  const { kind, srid } = first;
  const isUniform = values.every((value) => value.kind === kind && value.dims === 'XY' && !isEmpty(value));
  if (!isUniform || !(kind === 'Point' || kind === 'LineString' || kind === 'Polygon')) {
    return geometry('GeometryCollection', { srid, members: values });
  }
  return gather(COLLECTED[kind], values);
}

/** Reads what an aggregate gathers: bytes in hex digits between commas. */
function readAll(text: string): readonly Geometry[] {
  const values = text.split(',').map((digits) => readWkb(parseWkbHex(digits)));
  for (const { srid } of values) checkSameSrid(values[0]?.srid ?? srid, srid);
  return values;
}

function aggregateKernel(name: string, combine: (values: readonly Geometry[]) => Geometry | null): VectorKernel {
  return geoKernel({
    name,
    args: ['text'],
    returns: 'geometry',
    load: loadOverlay,
    evaluate: (text) => combine(readAll(text)),
  });
}

function unionOfAll(values: readonly Geometry[]): Geometry | null {
  return runJts(() => assembled(unite(values.flatMap(partsOf)), values[0]?.srid ?? UNKNOWN_SRID));
}

function intersectionOfAll([first, ...others]: readonly Geometry[]): Geometry | null {
  if (!first) return null;
  return runJts(() =>
    assembled(
      others.reduce<Parts>((left, right) => common(left, partsOf(right)), partsOf(first)),
      first.srid,
    ),
  );
}

export const overlayKernels: readonly VectorKernel[] = [
  pairKernel('st_union', 'geometry', union, loadOverlay),
  pairKernel('st_intersection', 'geometry', intersection, loadOverlay),
  pairKernel('st_difference', 'geometry', difference, loadOverlay),
  pairKernel('st_symdifference', 'geometry', symmetricDifference, loadOverlay),
  geoKernel({
    name: 'st_buffer',
    args: ['geometry', 'double'],
    returns: 'geometry',
    load: loadOverlay,
    evaluate: buffer,
  }),
  geoKernel({ name: 'st_convexhull', args: ['geometry'], returns: 'geometry', evaluate: convexHull }),
  geoKernel({ name: 'st_simplify', args: ['geometry', 'double'], returns: 'geometry', evaluate: simplify }),
  aggregateKernel('st_collect_all', collect),
  aggregateKernel('st_union_all', unionOfAll),
  aggregateKernel('st_intersection_all', intersectionOfAll),
  aggregateKernel('st_envelope_all', (values) =>
    envelope(geometry('GeometryCollection', { srid: values[0]?.srid ?? UNKNOWN_SRID, members: values })),
  ),
];
