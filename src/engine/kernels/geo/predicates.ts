import { assert } from '../../base/errors.ts';
import {
  type Geometry,
  geometry,
  isEmpty,
  leaves,
  lineGeometry,
  planeCoords,
  pointGeometry,
} from '../../types/geometry/model.ts';
import type { Vector, VectorKernel } from '../kernel.ts';
import { boundsMeet, boundsOf } from './bounds.ts';
import { checkSameSrid, geometryReader, PointReader, vectorKernel } from './geo-kernel.ts';
import { endsOf, type JtsGeometry, loadJts, runJts, toJts } from './jts.ts';
import { locator, type Place } from './locate.ts';
import { dimension } from './planar.ts';

/** The matrix of DE-9IM that JSTS computes. */
interface Relation {
  isIntersects(): boolean;
  isContains(): boolean;
  isCovers(): boolean;
  isEquals(left: number, right: number): boolean;
}

let relate: ((left: JtsGeometry, right: JtsGeometry) => Relation) | undefined;

async function loadRelate(): Promise<void> {
  const [{ default: RelateOp }] = await Promise.all([
    import('jsts/org/locationtech/jts/operation/relate/RelateOp.js'),
    loadJts(),
  ]);
  relate = (left, right) => RelateOp.relate(left, right);
}

function relation(left: Geometry, right: Geometry): Relation {
  assert(relate !== undefined, 'JSTS is loaded before a kernel runs');
  const run = relate;
  return runJts(() => run(toJts(left), toJts(right)));
}

function intersects(left: Geometry, right: Geometry): boolean {
  const a = boundsOf(left);
  const b = boundsOf(right);
  if (!a || !b || !boundsMeet(a, b)) return false;
  return plainParts(left).some((leftPart) =>
    plainParts(right).some((rightPart) => relation(leftPart, rightPart).isIntersects()),
  );
}

/** Nothing of `right` outside `left`, and their interiors meet. */
function contains(left: Geometry, right: Geometry): boolean {
  return holds(left, right, (a, b) => relation(a, b).isContains());
}

/** Nothing of `right` outside `left`: its boundary counts. */
function covers(left: Geometry, right: Geometry): boolean {
  return holds(left, right, (a, b) => relation(a, b).isCovers());
}

/** The same points, whatever the vertices and their order. */
function equalsTopologically(left: Geometry, right: Geometry): boolean {
  const [a, ...moreLeft] = plainParts(left);
  const [b, ...moreRight] = plainParts(right);
  if (!a || !b) return isEmpty(left) && isEmpty(right);
  if (moreLeft.length === 0 && moreRight.length === 0) {
    return relation(a, b).isEquals(toJts(a).getDimension(), toJts(b).getDimension());
  }
  return covers(left, right) && covers(right, left);
}

/**
 * JSTS relates no collections. One of parts of different dimensions holds what is held part by part: each part of the
 * right within some part of the left.
 */
function holds(left: Geometry, right: Geometry, test: (left: Geometry, right: Geometry) => boolean): boolean {
  const a = boundsOf(left);
  const b = boundsOf(right);
  if (!a || !b || !boundsMeet(a, b)) return false;
  const lefts = plainParts(left);
  const rights = plainParts(right);
  if (lefts.length === 1 && rights.length === 1)
    return lefts.every((part) => rights.every((other) => test(part, other)));
  return (
    rights.every((part) => lefts.some((other) => relation(other, part).isCovers())) &&
    rights.some((part) => lefts.some((other) => test(other, part)))
  );
}

const MULTI = { Point: 'MultiPoint', LineString: 'MultiLineString', Polygon: 'MultiPolygon' } as const;

const plain = new WeakMap<Geometry, readonly Geometry[]>();

/** A geometry without collections: itself, or for each dimension of a collection one that gathers the parts of it. */
export function plainParts(value: Geometry): readonly Geometry[] {
  if (isEmpty(value)) return [];
  const known = plain.get(value);
  if (known) return known;
  const made = value.kind === 'GeometryCollection' ? gathered(value) : [uncollapsed(value)];
  plain.set(value, made);
  return made;
}

function gathered(collection: Geometry): readonly Geometry[] {
  const parts = leaves(collection).filter((leaf) => !isEmpty(leaf));
  return (['Point', 'LineString', 'Polygon'] as const).flatMap((kind) => {
    const group = parts.filter((part) => part.kind === kind || part.kind === MULTI[kind]);
    return group.length === 0 ? [] : [gather(MULTI[kind], group)];
  });
}

/** A line of one place, or a polygon of one line, as what it is: JSTS would take it for what it is called. */
function uncollapsed(value: Geometry): Geometry {
  if (value.kind !== 'LineString' && value.kind !== 'Polygon') return value;
  const { srid } = value;
  const coords = planeCoords(value);
  switch (dimension(value)) {
    case 0:
      return pointGeometry(coords[0] ?? 0, coords[1] ?? 0, srid);
    case 1:
      return value.kind === 'Polygon' ? lineGeometry(coords, srid) : value;
    default:
      return value;
  }
}

/** One geometry of the coordinates of many, in x and y. */
export function gather(kind: 'MultiPoint' | 'MultiLineString' | 'MultiPolygon', parts: readonly Geometry[]): Geometry {
  const points = parts.map(planeCoords);
  const sizes = (ends: readonly number[]) => ends.map((end, index) => end - (ends[index - 1] ?? 0));
  return geometry(kind, {
    srid: parts[0]?.srid ?? 0,
    coords: Float64Array.from(points.flatMap((coords) => [...coords])),
    rings: endsOf(parts.flatMap(({ rings }) => sizes(rings))),
    polygons: endsOf(parts.flatMap(({ polygons }) => sizes(polygons))),
  });
}

interface Predicate {
  readonly name: string;
  readonly test: (left: Geometry, right: Geometry) => boolean;
  /** What two points that are the same give, and what two others give. */
  readonly points: (same: boolean) => boolean;
  /** What an area and a point give, by the place of the point. */
  readonly areaPoint: (place: Place) => boolean;
  readonly pointArea: (place: Place) => boolean;
}

const never = () => false;
const same = (isSame: boolean) => isSame;
const inside = (place: Place) => place === 1;
const notOutside = (place: Place) => place >= 0;
const outside = (place: Place) => place < 0;

const PREDICATES: readonly Predicate[] = [
  { name: 'st_contains', test: contains, points: same, areaPoint: inside, pointArea: never },
  { name: 'st_within', test: (a, b) => contains(b, a), points: same, areaPoint: never, pointArea: inside },
  { name: 'st_covers', test: covers, points: same, areaPoint: notOutside, pointArea: never },
  { name: 'st_coveredby', test: (a, b) => covers(b, a), points: same, areaPoint: never, pointArea: notOutside },
  { name: 'st_intersects', test: intersects, points: same, areaPoint: notOutside, pointArea: notOutside },
  {
    name: 'st_disjoint',
    test: (a, b) => !intersects(a, b),
    points: (isSame) => !isSame,
    areaPoint: outside,
    pointArea: outside,
  },
  { name: 'st_equals', test: equalsTopologically, points: same, areaPoint: never, pointArea: never },
];

/** Points are tried against areas where they lie; JSTS does the rest. */
function predicateKernel(predicate: Predicate): VectorKernel {
  const spec = {
    name: predicate.name,
    args: ['geometry', 'geometry'],
    returns: 'boolean',
    load: loadRelate,
  } as const;
  return vectorKernel(spec, (args) => {
    const write = rowTest(predicate, args);
    return (row, out) => out.number(row, write(row) ? 1 : 0);
  });
}

function rowTest(predicate: Predicate, [left, right]: readonly Vector[]): (row: number) => boolean {
  const leftPoint = new PointReader(left);
  const rightPoint = new PointReader(right);
  const leftAt = geometryReader(left);
  const rightAt = geometryReader(right);
  const placeIn = areaLocator();
  const general = (row: number) => {
    const a = leftAt(row);
    const b = rightAt(row);
    checkSameSrid(a.srid, b.srid);
    return predicate.test(a, b);
  };
  return (row) => {
    const isLeftPoint = leftPoint.read(row);
    const isRightPoint = rightPoint.read(row);
    if (isLeftPoint && isRightPoint && leftPoint.srid === rightPoint.srid) {
      return predicate.points(leftPoint.x === rightPoint.x && leftPoint.y === rightPoint.y);
    }
    if (isLeftPoint === isRightPoint) return general(row);
    const place = isRightPoint ? placeIn(leftAt(row), rightPoint) : placeIn(rightAt(row), leftPoint);
    if (place === undefined) return general(row);
    return isRightPoint ? predicate.areaPoint(place) : predicate.pointArea(place);
  };
}

/** The place of points in areas of their reference system; nothing for other geometries. */
function areaLocator(): (area: Geometry, point: PointReader) => Place | undefined {
  let last: Geometry | undefined;
  let locate = (_x: number, _y: number): Place => -1;
  return (area, point) => {
    if (area.polygons.length === 0 || area.srid !== point.srid) return undefined;
    if (area !== last) locate = locator(area);
    last = area;
    return locate(point.x, point.y);
  };
}

export const predicateKernels: readonly VectorKernel[] = PREDICATES.map(predicateKernel);
