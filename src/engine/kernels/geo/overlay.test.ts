import { beforeAll, describe, expect, test } from 'vitest';
import { callKernel } from '../../test/run-kernel.ts';
import { geometryBytes, parseGeometry } from '../../types/geometry/parse.ts';
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

const hex = (texts: readonly string[]) =>
  texts.map((text) => Buffer.from(geometryBytes(text)).toString('hex')).join(',');

/** A fact of two geometries that does not depend on where their rings begin. */
function same(left: KernelValue, right: string): KernelValue {
  return call('st_equals', geometryBytes(String(left)), geometryBytes(right));
}

const LOWER = 'POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))';
const UPPER = 'POLYGON((1 1, 3 1, 3 3, 1 3, 1 1))';

describe('set operations', () => {
  test.each([
    ['st_union', 'POINT(0 0)', 'POINT(1 1)', 'MULTIPOINT(0 0,1 1)'],
    ['st_union', LOWER, 'POINT(1 1)', 'POLYGON((0 0,2 0,2 2,0 2,0 0))'],
    ['st_union', LOWER, 'POINT(5 5)', 'GEOMETRYCOLLECTION(POINT(5 5),POLYGON((0 0,2 0,2 2,0 2,0 0)))'],
    ['st_intersection', 'LINESTRING(0 0, 1 1)', 'LINESTRING(0 0, 1 1)', 'LINESTRING(0 0,1 1)'],
    ['st_intersection', 'SRID=4326;LINESTRING(0 0, 2 2)', 'SRID=4326;LINESTRING(0 2, 2 0)', 'SRID=4326;POINT(1 1)'],
    ['st_intersection', 'POINT(0 0)', 'POINT(1 1)', null],
    ['st_difference', 'POINT(0 0)', 'POINT(1 1)', 'POINT(0 0)'],
    ['st_difference', 'GEOMETRYCOLLECTION(POINT(1 1),POINT(5 5))', LOWER, 'POINT(5 5)'],
    ['st_symdifference', 'POINT(0 0)', 'POINT(1 1)', 'MULTIPOINT(0 0,1 1)'],
    ['st_symdifference', LOWER, LOWER, null],
  ])('%s(%s, %s) = %s', (name, left, right, result) => {
    expect(call(name, geometryBytes(left), geometryBytes(right))).toBe(result);
  });

  test.each([
    ['st_union', 'POLYGON((0 0, 2 0, 2 1, 3 1, 3 3, 1 3, 1 2, 0 2, 0 0))'],
    ['st_intersection', 'POLYGON((1 1, 2 1, 2 2, 1 2, 1 1))'],
    ['st_difference', 'POLYGON((0 0, 2 0, 2 1, 1 1, 1 2, 0 2, 0 0))'],
  ])('%s of two squares that overlap', (name, result) => {
    expect(same(call(name, geometryBytes(LOWER), geometryBytes(UPPER)), result)).toBe(true);
  });

  test('a hole runs clockwise in a counter-clockwise shell: its area on the globe is not that of the rest', () => {
    const inner = 'POLYGON((0.5 0.5, 1 0.5, 1 1, 0.5 1, 0.5 0.5))';
    const result = geometryBytes(String(call('st_difference', geometryBytes(LOWER), geometryBytes(inner))));
    expect(call('st_area', result)).toBe(3.75);
    expect(Number(call('geog_area', result)) / 1e9).toBeCloseTo(46.15, 1);
  });

  test('reference systems must be the same', () => {
    expect(() => call('st_union', geometryBytes('SRID=1;POINT(0 0)'), geometryBytes('POINT(0 0)'))).toThrow(
      'Incompatible SRID: 1 and 0',
    );
  });
});

describe('what is made of one geometry', () => {
  test.each([
    ['POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))', 'POLYGON((2 0,2 2,0 2,0 0,2 0))'],
    ['POINT(1 1)', 'POLYGON((1 1,1 1))'],
    ['MULTIPOINT(0 0, 4 0, 4 4, 2 2, 0 4, 1 1)', 'POLYGON((4 0,4 4,0 4,0 0,4 0))'],
    ['LINESTRING(0 0, 1 1, 2 0)', 'POLYGON((0 0,2 0,1 1,0 0))'],
    ['LINESTRING(0 0, 1 1, 2 2, 3 3)', 'POLYGON((3 3,0 0,3 3))'],
  ])('the hull of %s', (text, hull) => {
    expect(call('st_convexhull', geometryBytes(text))).toBe(hull);
  });

  test.each([
    ['LINESTRING(0 0, 1 0, 1 1, 2 1)', 0.5, 'LINESTRING(0 0,2 1)'],
    [
      'LINESTRING(1100 1100, 2500 2100, 3100 3100, 4900 1100, 3100 1900)',
      500,
      'LINESTRING(1100 1100,3100 3100,4900 1100,3100 1900)',
    ],
    ['POLYGON((0 0, 1 0, 1 1, 0.5 0.5, 0 1, 0 0))', 0.6, 'POLYGON((0 0,1 0,1 1,0 1,0 0))'],
    ['POLYGON((0 0, 1 0, 1 1, 0 1, 0 0))', 9, 'POLYGON((0 0,1 0,1 1,0 1,0 0))'],
    ['POINT(1 1)', 1, 'POINT(1 1)'],
  ])('%s without points nearer than %d', (text, tolerance, result) => {
    expect(call('st_simplify', geometryBytes(text), tolerance)).toBe(result);
  });

  test('a buffer is a MULTIPOLYGON or nothing', () => {
    expect(call('st_buffer', geometryBytes('POLYGON((0 0, 4 0, 4 4, 0 4, 0 0))'), 0)).toBe(
      'MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)))',
    );
    expect(call('st_buffer', geometryBytes('POINT(0 0)'), 0)).toBeNull();
    expect(call('st_buffer', geometryBytes(LOWER), -1)).toBeNull();
    const circle = call('st_buffer', geometryBytes('SRID=4326;POINT(0 0)'), -1);
    expect(circle).toMatch(/^SRID=4326;MULTIPOLYGON\(\(\(/);
    expect(call('st_area', geometryBytes(String(circle)))).toBeCloseTo(3.12, 2);
  });
});

describe('aggregates', () => {
  test.each([
    ['st_collect_all', ['POINT(1 1)', 'POINT(2 2)'], 'MULTIPOINT(1 1,2 2)'],
    ['st_collect_all', ['POINT(1 1)', 'LINESTRING(0 0, 1 1)'], 'GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1))'],
    ['st_union_all', ['POINT(1 1)', 'POINT(2 2)', 'POINT(1 1)'], 'MULTIPOINT(1 1,2 2)'],
    ['st_intersection_all', ['LINESTRING(0 0, 2 0)', 'LINESTRING(1 0, 3 0)'], 'LINESTRING(1 0,2 0)'],
    ['st_intersection_all', ['POINT(1 1)', 'POINT(2 2)'], null],
    ['st_envelope_all', ['SRID=1;POINT(1 1)', 'SRID=1;POINT(2 3)'], 'SRID=1;POLYGON((1 1,2 1,2 3,1 3,1 1))'],
  ])('%s(%j) = %s', (name, texts, result) => {
    expect(call(name, hex(texts))).toBe(result);
  });

  test('reference systems must be the same', () => {
    expect(() => call('st_collect_all', hex(['SRID=1;POINT(1 1)', 'POINT(2 2)']))).toThrow(
      'Incompatible SRID: 1 and 0',
    );
  });
});
