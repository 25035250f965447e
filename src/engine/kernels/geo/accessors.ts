import { type Geometry, geometry, sliceCoords } from '../../types/geometry/model.ts';
import { KernelError, type VectorKernel, type VectorWriter } from '../kernel.ts';
import { geoKernel, geometryReader, PointReader, vectorKernel } from './geo-kernel.ts';

/** A coordinate of a point, read where it lies. */
function coordinateKernel(name: 'st_x' | 'st_y', axis: 0 | 1): VectorKernel {
  return vectorKernel({ name, args: ['geometry'], returns: 'double' }, ([vector]) => {
    const point = new PointReader(vector);
    const at = geometryReader(vector);
    return (row, out) => {
      if (point.read(row)) out.number(row, axis === 0 ? point.x : point.y);
      else writeCoordinate(out, row, at(row), axis);
    };
  });
}

function writeCoordinate(out: VectorWriter, row: number, value: Geometry, axis: 0 | 1): void {
  if (value.kind !== 'Point') throw unsupported(value, axis === 0 ? 'ST_X' : 'ST_Y');
  const coordinate = value.coords[axis];
  if (coordinate === undefined) out.null(row);
  else out.number(row, coordinate);
}

export function unsupported(value: Geometry, name: string): KernelError {
  return new KernelError(`Type ${value.kind} is not supported as argument to ${name}`, 'GeometryError');
}

const sridKernel = vectorKernel({ name: 'st_srid', args: ['geometry'], returns: 'int' }, ([vector]) => {
  const point = new PointReader(vector);
  const at = geometryReader(vector);
  return (row, out) => out.number(row, point.read(row) ? point.srid : at(row).srid);
});

/** A point of a line by its number from 1, or from the end by one below 0; null if there is none. */
function pointOfLine(value: Geometry, number: number, name: string): Geometry | null {
  if (value.kind !== 'LineString') throw unsupported(value, name);
  const count = value.rings[0] ?? 0;
  const index = number < 0 ? count + number : number - 1;
  if (number === 0 || index < 0 || index >= count) return null;
  return geometry('Point', { srid: value.srid, dims: value.dims, coords: sliceCoords(value, index, index + 1) });
}

export const accessorKernels: readonly VectorKernel[] = [
  coordinateKernel('st_x', 0),
  coordinateKernel('st_y', 1),
  sridKernel,
  geoKernel({
    name: 'st_startpoint',
    args: ['geometry'],
    returns: 'geometry',
    // Databend names ST_ENDPOINT in the error of ST_STARTPOINT too.
    evaluate: (value) => pointOfLine(value, 1, 'ST_ENDPOINT'),
  }),
  geoKernel({
    name: 'st_endpoint',
    args: ['geometry'],
    returns: 'geometry',
    evaluate: (value) => pointOfLine(value, -1, 'ST_ENDPOINT'),
  }),
  geoKernel({
    name: 'st_pointn',
    args: ['geometry', 'int'],
    returns: 'geometry',
    evaluate: (value, number) => pointOfLine(value, number, 'ST_POINTN'),
  }),
];
