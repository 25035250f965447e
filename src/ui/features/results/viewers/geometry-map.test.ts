import { expect, test } from 'vitest';
import { HEIGHT, pictureOf, WIDTH } from './geometry-map.ts';

const NOTHING = { dims: 'XY', srid: 4326, rings: [], polygons: [], members: [] } as const;

test('a point stands in the middle of its map, with a scale in metres', () => {
  const picture = pictureOf({ ...NOTHING, kind: 'Point', coords: Float64Array.of(113.9, 22.5) });
  expect(picture?.points[0]?.map(Math.round)).toEqual([WIDTH / 2, HEIGHT / 2]);
  expect(picture?.scale).toMatchObject({ length: 50, isMetric: true });
  expect(picture?.meridians.map(({ label }) => label)).toContain('113.9000');
});

test('north is up, and the holes of a polygon are in its path', () => {
  const square = [0, 0, 4, 0, 4, 4, 0, 4, 0, 0];
  const hole = [1, 1, 2, 1, 2, 2, 1, 1];
  const coords = Float64Array.from([...square, ...hole]);
  const picture = pictureOf({ ...NOTHING, srid: 3857, kind: 'Polygon', coords, rings: [5, 9], polygons: [2] });
  expect(picture?.areas.length).toBe(1);
  expect(picture?.areas[0]?.match(/M/g)?.length).toBe(2);
  expect(picture?.areas[0]).toMatch(/^M58\.8 159\.2L/);
  expect(picture?.scale.isMetric).toBe(false);
});

test('an empty geometry has no map', () => {
  expect(pictureOf({ ...NOTHING, kind: 'Point', coords: Float64Array.of(Number.NaN, Number.NaN) })).toBe(undefined);
});
