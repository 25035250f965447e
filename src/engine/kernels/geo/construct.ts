import {
  type Geometry,
  lineGeometry,
  planeCoords,
  ringGeometry,
  UNKNOWN_SRID,
  withSrid,
} from '../../types/geometry/model.ts';
import { checkPosition } from '../../types/geometry/parse.ts';
import { writeEwkb } from '../../types/geometry/wkb-write.ts';
import { KernelError, type VectorKernel } from '../kernel.ts';
import { unsupported } from './accessors.ts';
import {
  geoKernel,
  geometryReader,
  numbersOf,
  PointReader,
  pairKernel,
  vectorKernel,
  writePoint,
} from './geo-kernel.ts';
import { isValid, loadValid } from './valid.ts';

function failure(message: string): KernelError {
  return new KernelError(message, 'GeometryError');
}

/** A point of two numbers, which `check` may refuse. */
function pointKernel(name: string, check: (x: number, y: number) => void): VectorKernel {
  return vectorKernel({ name, args: ['double', 'double'], returns: 'geometry' }, ([first, second]) => {
    const xs = numbersOf(first);
    const ys = numbersOf(second);
    const point = { x: 0, y: 0, srid: UNKNOWN_SRID };
    return (row, out) => {
      point.x = xs[row] ?? 0;
      point.y = ys[row] ?? 0;
      check(point.x, point.y);
      writePoint(out, row, point);
    };
  });
}

const setSridKernel = vectorKernel(
  { name: 'st_setsrid', args: ['geometry', 'int'], returns: 'geometry' },
  ([vector, number]) => {
    const point = new PointReader(vector);
    const at = geometryReader(vector);
    const srids = numbersOf(number);
    return (row, out) => {
      const srid = srids[row] ?? UNKNOWN_SRID;
      if (point.read(row)) {
        point.srid = srid;
        writePoint(out, row, point);
        return;
      }
      const bytes = writeEwkb(withSrid(at(row), srid));
      out.bytes(row, bytes, 0, bytes.length);
    };
  },
);

/** The points of two geometries as one line. */
function makeLine(left: Geometry, right: Geometry): Geometry {
  const parts = [left, right].map((value) => {
    if (value.kind !== 'Point' && value.kind !== 'LineString' && value.kind !== 'MultiPoint') {
      throw failure(`Geometry expression must be a Point, MultiPoint, or LineString, but got ${value.kind}`);
    }
    return [...planeCoords(value)];
  });
  return lineGeometry(Float64Array.from(parts.flat()), left.srid);
}

function makePolygon(line: Geometry, name: string): Geometry {
  if (line.kind !== 'LineString') throw unsupported(line, name);
  const coords = planeCoords(line);
  const count = coords.length / 2;
  if (count < 4) throw failure(`Input lines must have at least 4 points, but got ${count}`);
  if (coords[0] !== coords.at(-2) || coords[1] !== coords.at(-1)) {
    throw failure('The first point and last point are not equal');
  }
  return ringGeometry(coords, line.srid);
}

function makePolygonOriented(line: Geometry): Geometry {
  const polygon = makePolygon(line, 'st_makepolygonoriented');
  if (!isValid(polygon)) throw failure('Input line does not form a valid polygon');
  return polygon;
}

export const constructKernels: readonly VectorKernel[] = [
  pointKernel('st_makegeompoint', () => {}),
  pointKernel('st_makepoint', checkPosition),
  setSridKernel,
  pairKernel('st_makeline', 'geometry', makeLine),
  geoKernel({
    name: 'st_makepolygon',
    args: ['geometry'],
    returns: 'geometry',
    evaluate: (line) => makePolygon(line, 'ST_MAKEPOLYGON'),
  }),
  geoKernel({
    name: 'st_makepolygonoriented',
    args: ['geometry'],
    returns: 'geometry',
    load: loadValid,
    evaluate: makePolygonOriented,
  }),
  geoKernel({ name: 'st_isvalid', args: ['geometry'], returns: 'boolean', load: loadValid, evaluate: isValid }),
];
