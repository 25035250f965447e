import { expect, test } from 'vitest';
import { viewOf } from '../../viewers/projection.ts';
import { boundsOf, parentOf, rectOf, tilesOf, unwarp } from './tile-grid.ts';

const view = (perPixel: number) => viewOf({ x: 113.95, y: 22.54, perPixel }, true, { width: 600, height: 400 });

test('the tiles of a view are between 256 and 512 pixels wide, and cover it', () => {
  for (const perPixel of [0.0001, 0.001, 0.01, 0.1]) {
    const seen = view(perPixel);
    const tiles = tilesOf(seen, { minZoom: 0, maxZoom: 20 }) ?? [];
    const rects = tiles.map((tile) => rectOf(tile, seen));
    for (const { width } of rects) expect(width).toBeGreaterThanOrEqual(256);
    for (const { width } of rects) expect(width).toBeLessThan(512);
    expect(Math.min(...rects.map(({ left }) => left))).toBeLessThanOrEqual(0);
    expect(Math.min(...rects.map(({ top }) => top))).toBeLessThanOrEqual(0);
    expect(Math.max(...rects.map(({ left, width }) => left + width))).toBeGreaterThanOrEqual(600);
    expect(Math.max(...rects.map(({ top, height }) => top + height))).toBeGreaterThanOrEqual(400);
  }
});

test('beyond the last zoom its tiles are drawn larger; far before the first there are none', () => {
  expect(tilesOf(view(0.000_01), { minZoom: 0, maxZoom: 10 })).toEqual([{ z: 10, x: 836, y: 446 }]);
  expect(tilesOf(view(0.1), { minZoom: 14, maxZoom: 15 })).toBeUndefined();
});

test('bounds are those of Web Mercator', () => {
  expect(boundsOf({ z: 0, x: 0, y: 0 }).north).toBeCloseTo(85.0511, 4);
  expect(boundsOf({ z: 1, x: 1, y: 1 })).toMatchObject({ west: 0, east: 180, north: 0 });
  expect(parentOf({ z: 10, x: 837, y: 446 })).toEqual({ z: 9, x: 418, y: 223 });
});

test('the middle of a tile of the globe lies on the equator, a quarter above it at 66.5 degrees', () => {
  const place = unwarp({ z: 0, x: 0, y: 0 }, 4096);
  expect(place(1024, 2048)).toEqual([0.25, 0.5]);
  expect(place(0, 1024)[1]).toBeCloseTo((85.0511 - 66.5133) / (2 * 85.0511), 5);
});
