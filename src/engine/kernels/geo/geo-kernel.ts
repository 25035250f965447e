import { assert } from '../../base/errors.ts';
import { type Geometry, UNKNOWN_SRID } from '../../types/geometry/model.ts';
import { readWkb } from '../../types/geometry/wkb-read.ts';
import { writeEwkb } from '../../types/geometry/wkb-write.ts';
import {
  type BytesVector,
  type KernelArg,
  KernelError,
  type KernelReturn,
  type KernelValue,
  type Vector,
  type VectorKernel,
  type VectorWriter,
} from '../kernel.ts';

/** What an argument of a kernel is to its function; a geometry comes as a blob. */
export interface ArgValues {
  readonly geometry: Geometry;
  readonly blob: Uint8Array;
  readonly text: string;
  readonly double: number;
  readonly int: number;
}

export type GeoArg = keyof ArgValues;
export type GeoReturn = KernelReturn | 'geometry';

type Values<Args extends readonly GeoArg[]> = { [I in keyof Args]: ArgValues[Args[I]] };

export interface GeoKernelSpec<Args extends readonly GeoArg[]> {
  readonly name: string;
  readonly args: Args;
  readonly returns: GeoReturn;
  readonly load?: () => Promise<void>;
  /** Never sees NULL; null makes the result NULL. */
  readonly evaluate: (...values: Values<Args>) => KernelValue | Geometry;
}

/** A kernel from a function over values. Geometries that repeat from row to row are read once. */
export function geoKernel<const Args extends readonly GeoArg[]>(spec: GeoKernelSpec<Args>): VectorKernel {
  return vectorKernel(spec, (args) => {
    const read = args.map((vector, index) => valueReader(vector, spec.args[index] ?? 'blob'));
    return (row, out) => {
      // The readers follow `spec.args`, which no type can say of what `map` gives.
      const values = read.map((reader) => reader(row)) as unknown as Values<Args>;
      write(out, row, spec.evaluate(...values));
    };
  });
}

/** A function of two geometries in one reference system. */
export function pairKernel(
  name: string,
  returns: GeoReturn,
  evaluate: (left: Geometry, right: Geometry) => KernelValue | Geometry,
  load?: () => Promise<void>,
): VectorKernel {
  return geoKernel({
    name,
    args: ['geometry', 'geometry'],
    returns,
    ...(load && { load }),
    evaluate(left, right) {
      checkSameSrid(left.srid, right.srid);
      return evaluate(left, right);
    },
  });
}

export type RowWriter = (row: number, out: VectorWriter) => void;

/**
 * The frame of every kernel here: `prepare` looks at the vectors and gives what writes one row;
 * rows in which an argument is NULL never reach it.
 */
export function vectorKernel(
  spec: Pick<GeoKernelSpec<readonly GeoArg[]>, 'name' | 'args' | 'returns' | 'load'>,
  prepare: (args: readonly Vector[]) => RowWriter,
): VectorKernel {
  return {
    kind: 'vector',
    name: spec.name,
    args: spec.args.map((arg): KernelArg => (arg === 'geometry' ? 'blob' : arg)),
    returns: spec.returns === 'geometry' ? 'blob' : spec.returns,
    ...(spec.load && { load: spec.load }),
    run(args, out, rows) {
      const writeRow = prepare(args);
      const masks = args.flatMap(({ validity }) => (validity ? [validity] : []));
      for (let row = 0; row < rows; row++) {
        if (masks.some((mask) => mask[row] === 0)) out.null(row);
        else writeRow(row, out);
      }
    },
  };
}

function bytesOf(vector: Vector | undefined): BytesVector {
  assert(vector?.kind === 'bytes', 'the argument is a blob or a text');
  return vector;
}

export function numbersOf(vector: Vector | undefined): Float64Array | Int32Array {
  assert(vector?.kind === 'numbers', 'the argument is a number');
  return vector.values;
}

/** Reads the geometries of a vector; one that equals the one before it is not read again. */
export function geometryReader(vector: Vector | undefined): (row: number) => Geometry {
  const { bytes, starts, lengths } = bytesOf(vector);
  let lastStart = -1;
  let lastLength = -1;
  let last: Geometry | undefined;
  return (row) => {
    const start = starts[row] ?? 0;
    const length = lengths[row] ?? 0;
    if (last && length === lastLength && (start === lastStart || sameBytes(bytes, start, lastStart, length))) {
      return last;
    }
    last = readWkb(bytes.subarray(start, start + length));
    lastStart = start;
    lastLength = length;
    return last;
  };
}

/** From the end, where points that differ do so at once. */
function sameBytes(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = length - 1; i >= 0; i--) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}

const decoder = new TextDecoder();

function valueReader(vector: Vector | undefined, arg: GeoArg): (row: number) => ArgValues[GeoArg] {
  switch (arg) {
    case 'geometry':
      return geometryReader(vector);
    case 'blob':
    case 'text': {
      const { bytes, starts, lengths } = bytesOf(vector);
      const slice = (row: number) => bytes.subarray(starts[row] ?? 0, (starts[row] ?? 0) + (lengths[row] ?? 0));
      return arg === 'blob' ? slice : (row) => decoder.decode(slice(row));
    }
    case 'double':
    case 'int': {
      const values = numbersOf(vector);
      return (row) => values[row] ?? 0;
    }
  }
}

function write(out: VectorWriter, row: number, value: KernelValue | Geometry): void {
  if (value === null) out.null(row);
  else if (typeof value === 'number') out.number(row, value);
  else if (typeof value === 'boolean') out.number(row, value ? 1 : 0);
  else if (typeof value === 'string') out.text(row, value);
  else if (typeof value === 'bigint') out.bigint(row, value);
  else {
    const bytes = value instanceof Uint8Array ? value : writeEwkb(value);
    out.bytes(row, bytes, 0, bytes.length);
  }
}

export function checkSameSrid(left: number, right: number): void {
  if (left !== right) throw new KernelError(`Incompatible SRID: ${left} and ${right}`);
}

/** Reads points of x and y where they lie, without making a geometry of them. */
export class PointReader {
  x = 0;
  y = 0;
  srid = 0;
  readonly #view: DataView;
  readonly #starts: Uint32Array;
  readonly #lengths: Uint32Array;

  constructor(vector: Vector | undefined) {
    const { bytes, starts, lengths } = bytesOf(vector);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#starts = starts;
    this.#lengths = lengths;
  }

  /** False if the value is anything but a little-endian point of x and y, which is how we write it. */
  read(row: number): boolean {
    const start = this.#starts[row] ?? 0;
    const length = this.#lengths[row] ?? 0;
    if (length === 21) {
      if (!this.#begins(start, 0x00000001)) return false;
      this.srid = UNKNOWN_SRID;
    } else {
      if (length !== 25 || !this.#begins(start, 0x20000001)) return false;
      this.srid = this.#view.getInt32(start + 5, true);
    }
    this.x = this.#view.getFloat64(start + length - 16, true);
    this.y = this.#view.getFloat64(start + length - 8, true);
    return !(Number.isNaN(this.x) && Number.isNaN(this.y));
  }

  #begins(start: number, code: number): boolean {
    return this.#view.getUint8(start) === 1 && this.#view.getUint32(start + 1, true) === code;
  }
}

const pointBytes = new Uint8Array(25);
const pointView = new DataView(pointBytes.buffer);
pointView.setUint8(0, 1);

/** Writes a point as `writeEwkb` would, without making a geometry of it. */
export function writePoint(out: VectorWriter, row: number, point: { x: number; y: number; srid: number }): void {
  const at = point.srid === UNKNOWN_SRID ? 5 : 9;
  pointView.setUint32(1, point.srid === UNKNOWN_SRID ? 0x00000001 : 0x20000001, true);
  if (at === 9) pointView.setInt32(5, point.srid, true);
  pointView.setFloat64(at, point.x, true);
  pointView.setFloat64(at + 8, point.y, true);
  out.bytes(row, pointBytes, 0, at + 16);
}

/** Half away from zero. */
export function roundHalfAway(value: number): number {
  return value < 0 ? -Math.round(-value) : Math.round(value);
}

/** Measures are given with nine decimals. */
export function nineDecimals(value: number): number {
  return roundHalfAway(value * 1e9) / 1e9;
}
