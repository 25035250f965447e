import type { Cell } from '../../engine/index.ts';
import { ask, cellRows } from './rows.ts';

/** The corners of H3 cells as longitude and latitude, by their number; what is no cell is left out. */
export async function cellBoundaries(
  cells: readonly bigint[],
  signal: AbortSignal,
): Promise<ReadonlyMap<bigint, readonly (readonly [x: number, y: number])[]>> {
  const found = new Map<bigint, readonly (readonly [x: number, y: number])[]>();
  for (let start = 0; start < cells.length; start += CELLS_A_STATEMENT) {
    const values = cells.slice(start, start + CELLS_A_STATEMENT).map((cell) => `(${cell})`);
    const sql = `SELECT cell, h3_to_geo_boundary(cell) FROM (VALUES ${values.join(', ')}) AS t (cell) WHERE h3_is_valid(cell)`;
    for (const [cell, corners] of cellRows(await ask(sql, signal)))
      if (Array.isArray(corners)) found.set(BigInt(String(cell)), corners.flatMap(cornerOf));
  }
  return found;
}

const CELLS_A_STATEMENT = 1000;

/** Longitude first, as `h3_to_geo`. */
function cornerOf(corner: Cell): readonly (readonly [number, number])[] {
  return Array.isArray(corner) ? [[Number(corner[0]), Number(corner[1])]] : [];
}

/** Whether a number is made as those of H3 cells are: a cell's mode, a resolution, and a base cell that exists. */
export function looksLikeCell(value: bigint): boolean {
  const mode = (value >> 59n) & 0xfn;
  const base = (value >> 45n) & 0x7fn;
  return value >> 63n === 0n && mode === 1n && base < 122n;
}
