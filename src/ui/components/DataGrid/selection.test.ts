import { expect, test } from 'vitest';
import { cellsIn } from './copy.ts';
import { afterKey, rangeOf, single } from './selection.ts';

const EXTENT = { rows: 100, columns: 8, pageRows: 20 };
const at = (row: number, column: number) => single({ row, column });
const key = (name: string, held: { readonly mod?: boolean; readonly shift?: boolean } = {}) => ({
  key: name,
  mod: held.mod ?? false,
  shift: held.shift ?? false,
});

test('arrows move and stop at the edges', () => {
  expect(afterKey(at(5, 5), key('ArrowDown'), EXTENT)).toEqual(at(6, 5));
  expect(afterKey(at(0, 5), key('ArrowUp'), EXTENT)).toEqual(at(0, 5));
  expect(afterKey(at(5, 7), key('ArrowRight'), EXTENT)).toEqual(at(5, 7));
  expect(afterKey(at(5, 5), key('PageDown'), EXTENT)).toEqual(at(25, 5));
});

test('Home and End go to the ends of the row, with Ctrl to the ends of the grid', () => {
  expect(afterKey(at(5, 5), key('End'), EXTENT)).toEqual(at(5, 7));
  expect(afterKey(at(5, 5), key('End', { mod: true }), EXTENT)).toEqual(at(99, 7));
  expect(afterKey(at(5, 5), key('Home', { mod: true }), EXTENT)).toEqual(at(0, 0));
});

test('Shift extends from where the selection began', () => {
  const extended = afterKey(at(5, 5), key('ArrowUp', { shift: true }), EXTENT);
  expect(extended && rangeOf(extended)).toEqual({ top: 4, bottom: 5, left: 5, right: 5 });
  expect(extended && cellsIn(rangeOf(extended))).toBe(2);
});

test('whole rows, columns and everything are selected by keys', () => {
  const range = (name: string, held: object) => {
    const next = afterKey(at(5, 5), key(name, held), EXTENT);
    return next && rangeOf(next);
  };
  expect(range(' ', { shift: true })).toEqual({ top: 5, bottom: 5, left: 0, right: 7 });
  expect(range(' ', { mod: true })).toEqual({ top: 0, bottom: 99, left: 5, right: 5 });
  expect(range('a', { mod: true })).toEqual({ top: 0, bottom: 99, left: 0, right: 7 });
  expect(range(' ', {})).toBeUndefined();
});
