import type { Cell } from './cell.ts';

/** Whether two values of one type are the same; NULL and NaN are the same as themselves. */
export function sameCell(a: Cell, b: Cell): boolean {
  if (Object.is(a, b)) return true;
  // 0 and -0 are one value, as everywhere in SQL.
  if (typeof a === 'number') return a === b;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Uint8Array) return b instanceof Uint8Array && sameBytes(a, b);
  if (isList(a) && isList(b))
    return a.length === b.length && a.every((item, index) => sameCell(item, b[index] ?? null));
  if (isList(a) || isList(b) || b instanceof Uint8Array) return false;
  if ('months' in a) return 'months' in b && a.months === b.months && a.days === b.days && a.micros === b.micros;
  return 'offsetSeconds' in b && a.micros === b.micros && a.offsetSeconds === b.offsetSeconds;
}

const isList = (cell: Cell): cell is readonly Cell[] => Array.isArray(cell);

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
