import { expect, test } from 'vitest';
import {
  cameraOn,
  coordinatesAt,
  fromMercator,
  niceStep,
  panned,
  placeIn,
  scaleOf,
  viewOf,
  zoomed,
} from './projection.ts';

const SIZE = { width: 400, height: 300 };
const EXTENT = { west: 113.9, east: 114.1, south: 22.4, north: 22.6 };

test.each([
  [0.0003, 0.0005],
  [1, 1],
  [1.5, 2],
  [6, 10],
])('the next round step from %d is %d', (least, step) => {
  expect(niceStep(least)).toBeCloseTo(step, 9);
});

test('what is under the pointer stays there while the map is zoomed, and goes along while it is moved', () => {
  const camera = cameraOn(EXTENT, true, SIZE);
  const view = viewOf(camera, true, SIZE);
  const at = [310, 45] as const;
  const under = coordinatesAt(view, at);
  const near = viewOf(zoomed(camera, view, 0.25, at), true, SIZE);
  expect(placeIn(near, under).map((pixel) => Number(pixel.toFixed(6)))).toEqual(at);
  const moved = viewOf(panned(camera, view, [30, 0]), true, SIZE);
  expect(placeIn(moved, under).map((pixel) => Number(pixel.toFixed(6)))).toEqual([340, 45]);
});

test('the bar is in metres on the globe, in units elsewhere', () => {
  const degree = viewOf({ x: 0, y: 0, perPixel: 1 / 111_319.49 }, true, SIZE);
  expect(scaleOf(degree)).toMatchObject({ length: 50, isMetric: true });
  expect(scaleOf(degree).width).toBeCloseTo(50, 6);
  expect(scaleOf(viewOf({ x: 0, y: 0, perPixel: 2 }, false, SIZE))).toEqual({
    width: 50,
    length: 100,
    isMetric: false,
  });
});

test('Web Mercator is degrees again', () => {
  // The example of EPSG's guidance note 7-2: 24°22'54.433" N, 100°20'00" W.
  const [x, y] = fromMercator([-11_169_055.58, 2_800_000]);
  expect([x.toFixed(5), y.toFixed(5)]).toEqual(['-100.33333', '24.38179']);
});
