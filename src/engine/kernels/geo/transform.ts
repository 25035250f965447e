import { assert } from '../../base/errors.ts';
import {
  GEOGRAPHY_SRID,
  type Geometry,
  mapCoords,
  stride,
  UNKNOWN_SRID,
  withSrid,
} from '../../types/geometry/model.ts';
import { writeEwkb } from '../../types/geometry/wkb-write.ts';
import { KernelError, type Vector, type VectorKernel } from '../kernel.ts';
import {
  geometryReader,
  numbersOf,
  PointReader,
  type RowWriter,
  roundHalfAway,
  vectorKernel,
  writePoint,
} from './geo-kernel.ts';
import { referenceSystem, WEB_MERCATOR_SRID } from './reference-systems.ts';

interface Position {
  x: number;
  y: number;
}

/** Moves a position from one reference system to another, in place. */
type Transform = (position: Position) => void;

type Project = (from: string, to: string) => { forward(position: [number, number]): [number, number] };

let project: Project | undefined;

async function loadProject(): Promise<void> {
  const { default: proj4 } = await import('proj4');
  project = (from, to) => proj4(from, to);
}

const EARTH_RADIUS = 6378137;
const DEGREES = 180 / Math.PI;

/** The one transformation that every map asks for; gives what PROJ gives, several times as fast. */
function toWebMercator(position: Position): void {
  position.x = (position.x / DEGREES) * EARTH_RADIUS;
  position.y = Math.log(Math.tan(Math.PI / 4 + position.y / DEGREES / 2)) * EARTH_RADIUS;
}

function fromWebMercator(position: Position): void {
  position.x = (position.x / EARTH_RADIUS) * DEGREES;
  position.y = (Math.PI / 2 - 2 * Math.atan(Math.exp(-position.y / EARTH_RADIUS))) * DEGREES;
}

function projected(from: string, to: string): Transform {
  assert(project !== undefined, 'proj4 is loaded before a kernel runs');
  const converter = project(from, to);
  return (position) => {
    const [x, y] = converter.forward([position.x, position.y]);
    position.x = x;
    position.y = y;
  };
}

const transforms = new Map<string, Transform>();

function transformBetween(from: number, to: number): Transform {
  const key = `${from} ${to}`;
  const known = transforms.get(key);
  if (known) return known;
  const made = checkedTransform(from, to);
  transforms.set(key, made);
  return made;
}

function checkedTransform(from: number, to: number): Transform {
  const source = referenceSystem(from);
  if (source === undefined) throw failure('invalid from srid');
  const target = referenceSystem(to);
  if (target === undefined) throw failure('invalid to srid');
  const move = closedForm(from, to) ?? projected(source, target);
  return (position) => {
    const isPlace = Number.isFinite(position.x) && Number.isFinite(position.y);
    if (isPlace) move(position);
    if (!isPlace || !Number.isFinite(position.x) || !Number.isFinite(position.y)) {
      throw failure(`transform from ${from} to ${to} failed`);
    }
    position.x = sixDecimals(position.x);
    position.y = sixDecimals(position.y);
  };
}

function closedForm(from: number, to: number): Transform | undefined {
  if (from === GEOGRAPHY_SRID && to === WEB_MERCATOR_SRID) return toWebMercator;
  if (from === WEB_MERCATOR_SRID && to === GEOGRAPHY_SRID) return fromWebMercator;
  return undefined;
}

/** Without a negative zero, which logarithms near 1 would give for the equator. */
function sixDecimals(value: number): number {
  return roundHalfAway(value * 1e6) / 1e6 + 0;
}

function failure(message: string): KernelError {
  return new KernelError(message, 'GeometryError');
}

/** Z and M stay as they are. */
function transformGeometry(value: Geometry, from: number, to: number): Geometry {
  const move = transformBetween(from, to);
  const moved = mapCoords(value, (coords, dims) => {
    const result = coords.slice();
    const position = { x: 0, y: 0 };
    for (let i = 0; i < coords.length; i += stride(dims)) {
      position.x = coords[i] ?? 0;
      position.y = coords[i + 1] ?? 0;
      move(position);
      result[i] = position.x;
      result[i + 1] = position.y;
    }
    return result;
  });
  return withSrid(moved, to);
}

function transformKernel(name: string, hasFrom: boolean): VectorKernel {
  const args = hasFrom ? (['geometry', 'int', 'int'] as const) : (['geometry', 'int'] as const);
  return vectorKernel({ name, args, returns: 'geometry', load: loadProject }, (vectors) => {
    const from = hasFrom ? numbersOf(vectors[1]) : undefined;
    return transformRow(vectors[0], from, numbersOf(vectors.at(-1)));
  });
}

/** Points move without becoming geometries; the transformation is looked up when a SRID differs from the last row's. */
function transformRow(
  vector: Vector | undefined,
  from: Float64Array | Int32Array | undefined,
  to: Float64Array | Int32Array,
): RowWriter {
  const point = new PointReader(vector);
  const at = geometryReader(vector);
  let lastFrom = -1;
  let lastTo = -1;
  let move: Transform = () => {};
  return (row, out) => {
    const isPoint = point.read(row);
    const source = from?.[row] ?? (isPoint ? point.srid : at(row).srid);
    const target = to[row] ?? UNKNOWN_SRID;
    if (!from && source === UNKNOWN_SRID) throw new KernelError('input geometry must has the correct SRID');
    if (source !== lastFrom || target !== lastTo) move = transformBetween(source, target);
    lastFrom = source;
    lastTo = target;
    if (isPoint) {
      move(point);
      point.srid = target;
      writePoint(out, row, point);
      return;
    }
    const bytes = writeEwkb(transformGeometry(at(row), source, target));
    out.bytes(row, bytes, 0, bytes.length);
  };
}

export const transformKernels: readonly VectorKernel[] = [
  transformKernel('st_transform', false),
  transformKernel('st_transform_from', true),
];
