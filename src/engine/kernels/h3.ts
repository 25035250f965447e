import type * as H3 from 'h3-js';
import { assert } from '../base/errors.ts';
import { type Kernel, type KernelArg, KernelError, type KernelReturn, type KernelValue } from './kernel.ts';

/**
 * Cells of the hexagonal grid H3. They come as hex digits and go as 64-bit integers; lists and tuples go as texts that
 * DuckDB casts to the type of the result.
 */

const FINEST = 15;
const MOST_CELLS = 1_000_000;

let loaded: typeof H3 | undefined;

async function loadH3(): Promise<void> {
  loaded ??= await import('h3-js');
}

function h3(): typeof H3 {
  assert(loaded !== undefined, 'H3 is loaded before a kernel runs');
  return loaded;
}

const asInteger = (index: string) => BigInt(`0x${index}`);
const asList = (indexes: readonly string[]) => `[${indexes.map(asInteger).join(',')}]`;
const asTuple = (values: readonly (number | bigint)[]) =>
  `{${values.map((value, position) => `'${position + 1}': ${value}`).join(', ')}}`;

/** H3 gives latitude first, Databend longitude. */
const asPlace = ([latitude, longitude]: readonly number[]) => asTuple([longitude ?? 0, latitude ?? 0]);

const CELL_MODE = 1n;
const EDGE_MODE = 2n;
const GREATEST_BASE_CELL = 121n;

/** What Databend says of an index that names no cell or edge. */
function invalidIndex(what: 'cell' | 'directed edge', text: string): KernelError {
  const index = asInteger(text);
  const mode = what === 'cell' ? CELL_MODE : EDGE_MODE;
  const reason =
    ((index >> 59n) & 15n) !== mode
      ? 'invalid index mode'
      : ((index >> 45n) & 127n) > GREATEST_BASE_CELL
        ? 'invalid base cell'
        : 'invalid unused direction pattern';
  return new KernelError(`invalid ${what} index (got Some(${index})): ${reason}`);
}

function checkCell(text: string): void {
  if (!h3().isValidCell(text)) throw invalidIndex('cell', text);
}

function checkEdge(text: string): void {
  if (!h3().isValidDirectedEdge(text)) throw invalidIndex('directed edge', text);
}

function checkResolution(resolution: number): void {
  if (resolution < 0 || resolution > FINEST) {
    throw new KernelError(`invalid resolution (got Some(${resolution})): out of range`);
  }
}

function checkCount(count: number): void {
  if (count > MOST_CELLS) throw new KernelError(`the result would have ${count} cells, more than ${MOST_CELLS}`);
}

interface Signature {
  readonly args: readonly KernelArg[];
  readonly returns: KernelReturn;
}

type Value = string & number;

/** A kernel that says what H3 itself finds wrong. */
function kernel(name: string, { args, returns }: Signature, row: (...args: Value[]) => KernelValue): Kernel {
  return {
    kind: 'row',
    name,
    args,
    returns,
    load: loadH3,
    row(...values: Value[]) {
      try {
        return row(...values);
      } catch (error) {
        throw error instanceof KernelError
          ? error
          : new KernelError(error instanceof Error ? error.message : `${error}`);
      }
    },
  };
}

/** Of one valid cell. */
function ofCell(name: string, returns: KernelReturn, evaluate: (cell: string) => KernelValue): Kernel {
  return kernel(name, { args: ['text'], returns }, (cell) => {
    checkCell(cell);
    return evaluate(cell);
  });
}

/** Of one valid edge. */
function ofEdge(name: string, returns: KernelReturn, evaluate: (edge: string) => KernelValue): Kernel {
  return kernel(name, { args: ['text'], returns }, (edge) => {
    checkEdge(edge);
    return evaluate(edge);
  });
}

/** Of a valid cell and a number. */
function ofCellAnd(
  name: string,
  returns: KernelReturn,
  evaluate: (cell: string, number: number) => KernelValue,
): Kernel {
  return kernel(name, { args: ['text', 'int'], returns }, (cell, number) => {
    checkCell(cell);
    return evaluate(cell, number);
  });
}

/** Of two valid cells. */
function ofCells(name: string, returns: KernelReturn, evaluate: (a: string, b: string) => KernelValue): Kernel {
  return kernel(name, { args: ['text', 'text'], returns }, (a, b) => {
    checkCell(a);
    checkCell(b);
    return evaluate(a, b);
  });
}

function parent(cell: string, resolution: number): bigint {
  checkResolution(resolution);
  return resolution > h3().getResolution(cell) ? 0n : asInteger(h3().cellToParent(cell, resolution));
}

function centerChild(cell: string, resolution: number): bigint {
  checkResolution(resolution);
  return resolution < h3().getResolution(cell) ? 0n : asInteger(h3().cellToCenterChild(cell, resolution));
}

function children(cell: string, resolution: number): string {
  checkResolution(resolution);
  if (resolution < h3().getResolution(cell)) return '[]';
  checkCount(h3().cellToChildrenSize(cell, resolution));
  return asList(h3().cellToChildren(cell, resolution));
}

function disk(cell: string, steps: number): string {
  checkCount(3 * steps * (steps + 1) + 1);
  return asList(h3().gridDisk(cell, steps));
}

function ring(cell: string, steps: number): string {
  checkCount(6 * steps);
  try {
    return asList(h3().gridRingUnsafe(cell, steps));
  } catch {
    // The ring of a valid cell fails for this reason alone.
    throw new KernelError('a pentagon (or a pentagon distortion) is encountered');
  }
}

function parseIndex(text: string): bigint {
  if (!/^[0-9a-f]{1,16}$/i.test(text)) {
    throw new KernelError('invalid cell index (got None): invalid 64-bit hex number');
  }
  checkCell(text);
  return asInteger(text);
}

export const h3Kernels: readonly Kernel[] = [
  kernel('geo_to_h3', { args: ['double', 'double', 'int'], returns: 'ubigint' }, (longitude, latitude, resolution) => {
    checkResolution(resolution);
    return asInteger(h3().latLngToCell(latitude, longitude, resolution));
  }),
  kernel('h3_is_valid', { args: ['text'], returns: 'boolean' }, (cell) => h3().isValidCell(cell)),
  kernel('h3_from_string', { args: ['text'], returns: 'ubigint' }, parseIndex),
  ofCell('h3_to_string', 'text', (cell) => cell),
  ofCell('h3_to_geo', 'text', (cell) => asPlace(h3().cellToLatLng(cell))),
  ofCell('h3_to_geo_boundary', 'text', (cell) => `[${h3().cellToBoundary(cell).map(asPlace).join(', ')}]`),
  ofCell('h3_get_resolution', 'int', (cell) => h3().getResolution(cell)),
  ofCell('h3_get_base_cell', 'int', (cell) => h3().getBaseCellNumber(cell)),
  ofCell(
    'h3_get_faces',
    'text',
    (cell) =>
      `[${h3()
        .getIcosahedronFaces(cell)
        .sort((a, b) => a - b)}]`,
  ),
  ofCell('h3_is_pentagon', 'boolean', (cell) => h3().isPentagon(cell)),
  ofCell('h3_is_res_class_iii', 'boolean', (cell) => h3().isResClassIII(cell)),
  ofCell('h3_cell_area_m2', 'double', (cell) => h3().cellArea(cell, 'm2')),
  ofCell('h3_cell_area_rads2', 'double', (cell) => h3().cellArea(cell, 'rads2')),
  ofCell('h3_edges_of', 'text', (cell) => asList(h3().originToDirectedEdges(cell))),
  ofCellAnd('h3_to_parent', 'ubigint', parent),
  ofCellAnd('h3_to_center_child', 'ubigint', centerChild),
  ofCellAnd('h3_to_children', 'text', children),
  ofCellAnd('h3_k_ring', 'text', disk),
  ofCellAnd('h3_hex_ring', 'text', ring),
  ofCells('h3_distance', 'int', (a, b) => h3().gridDistance(a, b)),
  ofCells('h3_line', 'text', (a, b) => asList(h3().gridPathCells(a, b))),
  ofCells('h3_are_neighbors', 'boolean', (a, b) => h3().areNeighborCells(a, b)),
  ofCells('h3_edge_between', 'ubigint', (a, b) =>
    h3().areNeighborCells(a, b) ? asInteger(h3().cellsToDirectedEdge(a, b)) : 0n,
  ),
  kernel('h3_is_edge', { args: ['text'], returns: 'boolean' }, (edge) => h3().isValidDirectedEdge(edge)),
  ofEdge('h3_edge_origin', 'ubigint', (edge) => asInteger(h3().getDirectedEdgeOrigin(edge))),
  ofEdge('h3_edge_destination', 'ubigint', (edge) => asInteger(h3().getDirectedEdgeDestination(edge))),
  ofEdge('h3_edge_cells', 'text', (edge) => asTuple(h3().directedEdgeToCells(edge).map(asInteger))),
  // Here alone Databend gives the latitude first.
  ofEdge('h3_edge_boundary', 'text', (edge) => `[${h3().directedEdgeToBoundary(edge).map(asTuple).join(', ')}]`),
  ofEdge('h3_edge_length_of_km', 'double', (edge) => h3().edgeLength(edge, 'km')),
  ofEdge('h3_edge_length_of_m', 'double', (edge) => h3().edgeLength(edge, 'm')),
  ofEdge('h3_edge_length_of_rads', 'double', (edge) => h3().edgeLength(edge, 'rads')),
];
