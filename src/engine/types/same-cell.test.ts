import { expect, test } from 'vitest';
import type { Cell } from './cell.ts';
import { sameCell } from './same-cell.ts';

const INTERVAL = { months: 1, days: 2, micros: 3n };
const INSTANT = { micros: 5n, offsetSeconds: 3600 };

test.each<[Cell, Cell, boolean]>([
  [null, null, true],
  [null, 0, false],
  [Number.NaN, Number.NaN, true],
  [0, -0, true],
  [1n, 1n, true],
  ['a', 'b', false],
  [new Uint8Array([1, 2]), new Uint8Array([1, 2]), true],
  [new Uint8Array([1, 2]), new Uint8Array([1]), false],
  [[1, [null, 'x']], [1, [null, 'x']], true],
  [[1], [1, null], false],
  [INTERVAL, { ...INTERVAL }, true],
  [INTERVAL, { ...INTERVAL, micros: 4n }, false],
  [INSTANT, { ...INSTANT }, true],
  [INSTANT, { ...INSTANT, offsetSeconds: 0 }, false],
])('%s and %s are the same: %s', (a, b, same) => {
  expect([sameCell(a, b), sameCell(b, a)]).toEqual([same, same]);
});
