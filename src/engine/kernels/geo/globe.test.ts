import { beforeAll, describe, expect, test } from 'vitest';
import { callKernel } from '../../test/run-kernel.ts';
import { geographyBytes, parseGeometry } from '../../types/geometry/parse.ts';
import { writeEwkt } from '../../types/geometry/wkt-write.ts';
import type { KernelValue } from '../kernel.ts';
import { geoKernels } from './index.ts';

beforeAll(async () => {
  for (const { load } of geoKernels) await load?.();
});

function call(name: string, ...args: readonly KernelValue[]): KernelValue {
  const kernel = geoKernels.find((each) => each.name === name);
  if (!kernel) throw new Error(`no kernel ${name}`);
  const result = callKernel(kernel, ...args);
  return result instanceof Uint8Array ? writeEwkt(parseGeometry(result)) : result;
}

const g = geographyBytes;

describe('on the globe', () => {
  test('distances follow the great circle', () => {
    expect(call('geog_distance', g('POINT(0 0)'), g('POINT(1 0)'))).toBe(111195.080233533);
    expect(call('geog_distance', g('POINT(0 1)'), g('LINESTRING(-1 0, 1 0)'))).toBeCloseTo(111195.080233533, 6);
    expect(call('geog_distance', g('POINT(0 0.5)'), g('POLYGON((-1 0, 1 0, 0 1, -1 0))'))).toBe(0);
    expect(call('geog_distance', g('POINT(0 0.5)'), g('GEOMETRYCOLLECTION EMPTY'))).toBeNull();
  });

  test('lengths and areas follow the ellipsoid', () => {
    expect(call('geog_length', g('LINESTRING(0 0, 0 1)'))).toBe(110574.388557799);
    expect(call('geog_length', g('MULTILINESTRING((0 0, 0 1), (5 0, 5 1))'))).toBeCloseTo(2 * 110574.388557799, 8);
    expect(call('geog_length', g('POLYGON((0 0, 1 0, 1 1, 0 0))'))).toBe(0);
    expect(call('geog_area', g('POLYGON((0 0, 1 0, 1 1, 0 1, 0 0))'))).toBeCloseTo(12308778361.469452, 5);
    expect(call('geog_area', g('POLYGON((0 0, 0 1, 1 1, 1 0, 0 0))'))).toBeCloseTo(510053312945727, 0);
    expect(call('geog_area', g('LINESTRING(0 0, 0 1)'))).toBe(0);
  });

  test.each([
    [[55.755831, 37.617673, -55.755831, -37.617673], 14128353],
    [[56.755831, 38.617673, -56.755831, -38.617673], 14374804],
    [[57.755831, 39.617673, -57.755831, -39.617673], 14618267],
  ])('great_circle_distance(%j) = %d', (places, metres) => {
    expect(call('great_circle_distance', ...places)).toBe(metres);
  });

  test.each([
    [45, 44.99998],
    [47, 46.99969],
  ])('great_circle_angle(0, 0, %d, 0) = %d', (longitude, degrees) => {
    expect(call('great_circle_angle', 0, 0, longitude, 0)).toBe(Math.fround(degrees));
  });
});

describe('geohashes', () => {
  test('name the cell of a place', () => {
    expect(call('geohash_encode', -5.60302734375, 42.593994140625, 0)).toBe('ezs42d000000');
    expect(call('geohash_encode', -5.60302734375, 42.593994140625, 11)).toBe('ezs42d00000');
    expect(call('geohash_longitude', 'ezs42')).toBe(-5.60302734375);
    expect(call('geohash_latitude', 'ezs42')).toBe(42.60498046875);
    expect(call('st_geohash', g('POINT(-122.306100 37.554162)'), 12)).toBe('9q9j8ue2v71y');
    expect(call('st_geompointfromgeohash', 's02equ0')).toBe('POINT(1.0004425048828125 2.0001983642578125)');
    expect(call('st_geomfromgeohash', 's')).toBe('POLYGON((45 0,45 45,0 45,0 0,45 0))');
  });

  test('a character that none has is an error', () => {
    expect(() => call('geohash_longitude', 'abc')).toThrow('invalid hash character: a');
  });
});

test.each([
  [3, 3, '[[[6,0],[8,4],[5,8],[0,2]]]', true],
  [1, 1, '[[[4,0],[8,4],[4,8],[0,4]],[[3,3],[3,5],[5,5],[5,3]]]', false],
  [2.5, 2.5, '[[[4,0],[8,4],[4,8],[0,4]],[[3,3],[3,5],[5,5],[5,3]]]', true],
  [4, 4, '[[[4,0],[8,4],[4,8],[0,4]],[[3,3],[3,5],[5,5],[5,3]]]', false],
  [6, 2, '[[[4,0],[8,4],[4,8],[0,4]]]', false],
])('point (%d, %d) in %s is %s', (x, y, rings, inside) => {
  expect(call('point_in_polygon', x, y, rings)).toBe(inside);
});
