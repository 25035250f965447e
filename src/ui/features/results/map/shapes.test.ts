import { expect, test } from 'vitest';
import { looksLikeCell } from '../../../data/h3.ts';
import { viewOf } from '../viewers/projection.ts';
import { rowAt } from './map-canvas.ts';
import { mayDraw } from './may-draw.ts';
import { kindSummaries, type Shape } from './shapes.ts';

const SIZE = { width: 100, height: 100 };
/** A unit is a pixel, and the middle of the picture is 0, 0. */
const VIEW = viewOf({ x: 0, y: 0, perPixel: 1 }, false, SIZE);

const polygon = {};
const square = (side: number) => [
  [-side, -side] as const,
  [side, -side] as const,
  [side, side] as const,
  [-side, side] as const,
];
const SHAPES: readonly Shape[] = [
  { row: 0, kind: 'Point', parts: [{ kind: 'points', polygon, points: [[30, 30]] }] },
  {
    row: 1,
    kind: 'LineString',
    parts: [
      {
        kind: 'line',
        polygon,
        points: [
          [-40, -40],
          [40, -40],
        ],
      },
    ],
  },
  {
    row: 2,
    kind: 'Polygon',
    parts: [
      { kind: 'ring', polygon, points: square(25) },
      { kind: 'ring', polygon, points: square(10) },
    ],
  },
];

test('a click finds the point or the line that is near, else the area around it, and nothing in a hole', () => {
  expect(rowAt(SHAPES, VIEW, [82, 24])).toBe(0);
  expect(rowAt(SHAPES, VIEW, [50, 86])).toBe(1);
  expect(rowAt(SHAPES, VIEW, [50, 32])).toBe(2);
  expect(rowAt(SHAPES, VIEW, [50, 50])).toBe(undefined);
  expect(rowAt(SHAPES, VIEW, [2, 2])).toBe(undefined);
});

test('the summary has a line for each kind of shape', () => {
  expect(kindSummaries(SHAPES.slice(0, 2))).toEqual([
    { kind: 'Point', rows: 1, extent: { west: 30, east: 30, south: 30, north: 30 } },
    { kind: 'LineString', rows: 1, extent: { west: -40, east: 40, south: -40, north: -40 } },
  ]);
});

test('a map is offered for geometries and for what is called H3', () => {
  const column = (name: string, kind: 'Geometry' | 'UInt64') => ({ name, type: { kind }, nullable: true }) as const;
  expect(mayDraw([column('place', 'Geometry')])).toBe(true);
  expect(mayDraw([column('h3_8', 'UInt64')])).toBe(true);
  expect(mayDraw([column('id', 'UInt64')])).toBe(false);
  expect([644325524701193974n, 1n, -1n].map(looksLikeCell)).toEqual([true, false, false]);
  const ofBase = (base: bigint) => (1n << 59n) | (base << 45n) | 0x1fffffffffffn;
  expect([121n, 122n].map(ofBase).map(looksLikeCell)).toEqual([true, false]);
});
