import { beforeAll, describe, expect, test } from 'vitest';
import { callKernel, runKernel } from '../../test/run-kernel.ts';
import { geographyBytes, geometryBytes, parseGeometry } from '../../types/geometry/parse.ts';
import { writeEwkt } from '../../types/geometry/wkt-write.ts';
import type { KernelValue } from '../kernel.ts';
import { geoKernels } from './index.ts';

beforeAll(async () => {
  for (const { load } of geoKernels) await load?.();
});

const g = (text: string, srid?: number) => geometryBytes(text, srid);

function kernel(name: string) {
  const found = geoKernels.find((each) => each.name === name);
  if (!found) throw new Error(`no kernel ${name}`);
  return found;
}

/** Calls a kernel; a geometry in the result becomes EWKT. */
function call(name: string, ...args: readonly KernelValue[]): KernelValue {
  const result = callKernel(kernel(name), ...args);
  return result instanceof Uint8Array ? writeEwkt(parseGeometry(result)) : result;
}

describe('the guide', () => {
  const frames: readonly (readonly [frame: string, wkt: string])[] = [
    ['FRAME-0101', 'SRID=4326;POINT(114.0579123456789 22.543123456789)'],
    ['FRAME-0102', 'SRID=4326;POINT(114.0610987654321 22.546098765432)'],
    ['FRAME-0201', 'SRID=4326;POINT(114.104012345678 22.559456789012)'],
    ['FRAME-0301', 'SRID=4326;POINT(114.082265432109 22.53687654321)'],
    ['FRAME-0401', 'SRID=4326;POINT(114.119501234567 22.544365432101)'],
  ];

  test('distances from the headquarters in Web Mercator', () => {
    const points = runKernel(
      kernel('st_transform'),
      frames.map(([, wkt]) => [g(wkt), 3857]),
    );
    const hq = callKernel(kernel('st_transform'), g('SRID=4326;POINT(114.0600 22.5450)'), 3857);
    const distances = runKernel(
      kernel('st_distance'),
      points.map((point) => [point, hq]),
    );
    const near = frames.flatMap(([frame], i) => (Number(distances[i]) <= 400 ? [[frame, distances[i]]] : []));
    expect(near).toEqual([
      ['FRAME-0101', 324.291965923],
      ['FRAME-0102', 180.277138577],
    ]);
  });

  test('frames in the school zone', () => {
    const zone = g(`SRID=4326;POLYGON((
        114.0505 22.5500,
        114.0630 22.5500,
        114.0630 22.5420,
        114.0505 22.5420,
        114.0505 22.5500
    ))`);
    const inside = runKernel(
      kernel('st_contains'),
      frames.map(([, wkt]) => [zone, g(wkt)]),
    );
    expect(inside).toEqual([true, true, false, false, false]);
  });

  test('distances in degrees', () => {
    const pairs = [
      ['SRID=4326;POINT(114.118900987654 22.544800123456)', 'SRID=4326;POINT(114.119501234567 22.544365432101)'],
      ['SRID=4326;POINT(114.058500123456 22.543800654321)', 'SRID=4326;POINT(114.0579123456789 22.543123456789)'],
    ].map((pair) => pair.map((wkt) => g(wkt)));
    expect(runKernel(kernel('st_distance'), pairs)).toEqual([0.000741116, 0.000896705]);
  });
});

describe('Databend gives', () => {
  const diamond = 'POLYGON((-2 0, 0 2, 2 0, -2 0))';
  const square = 'POLYGON((0 0, 3 0, 3 3, 0 3, 0 0))';
  const collection =
    'GEOMETRYCOLLECTION(POINT(40 10),LINESTRING(10 10,20 20,10 40),POLYGON((40 40,20 45,45 30,40 40)))';
  const cases: readonly (readonly [name: string, args: readonly (string | number)[], result: KernelValue])[] = [
    ['st_contains', [diamond, diamond], true],
    ['st_contains', [diamond, 'POLYGON((-1 0, 0 1, 1 0, -1 0))'], true],
    ['st_contains', [diamond, 'LINESTRING(-1 1, 0 2, 1 1)'], false],
    ['st_contains', [diamond, 'LINESTRING(-2 0, 0 0, 0 1)'], true],
    ['st_covers', [diamond, 'LINESTRING(-1 1, 0 2, 1 1)'], true],
    ['st_covers', [square, 'POINT(1 1)'], true],
    ['st_covers', [square, 'POINT(3 1)'], true],
    ['st_covers', [square, 'POINT(5 5)'], false],
    ['st_contains', [square, 'POINT(3 1)'], false],
    ['st_coveredby', ['POINT(1 1)', square], true],
    ['st_coveredby', ['POINT(5 5)', square], false],
    ['st_coveredby', ['POLYGON((1 1, 2 1, 2 2, 1 2, 1 1))', square], true],
    ['st_coveredby', [square, 'POLYGON((1 1, 2 1, 2 2, 1 2, 1 1))'], false],
    ['st_intersects', ['POINT(0 0)', 'LINESTRING(2 0, 0 2)'], false],
    ['st_intersects', ['POINT(0 0)', 'LINESTRING(0 0, 0 2)'], true],
    ['st_intersects', ['POLYGON((0 0, 0 2, 2 2, 2 0, 0 0))', 'POLYGON((1 1, 3 1, 3 3, 1 3, 1 1))'], true],
    ['st_disjoint', ['POINT(0 0)', 'LINESTRING(2 0, 0 2)'], true],
    ['st_disjoint', ['POINT(0 0)', 'LINESTRING(0 0, 0 2)'], false],
    ['st_within', ['POINT(1 2)', 'LINESTRING(0 0, 2 4)'], true],
    ['st_within', ['POINT(10 20)', 'POLYGON((0 0, 0 40, 40 40, 40 0, 0 0))'], true],
    ['st_within', ['POLYGON((0 0, 0 40, 40 40, 40 0, 0 0))', 'POINT(10 20)'], false],
    ['st_equals', ['LINESTRING(0 0, 10 10)', 'LINESTRING(0 0, 5 5, 10 10)'], true],
    ['st_equals', ['LINESTRING(10 10, 1 2)', 'LINESTRING(0 0, 5 5, 10 10)'], false],
    ['st_equals', ['POINT(10 10)', 'LINESTRING(10 10, 10 10)'], true],
    ['st_distance', ['POINT(0 0)', 'LINESTRING(2 0, 2 2)'], 2],
    ['st_distance', ['POINT(1 1)', square], 0],
    ['st_distance', ['POINT(0 0)', 'LINESTRING EMPTY'], null],
    ['st_dwithin', ['POINT(0 0)', 'POINT(1 1)', 1.5], true],
    ['st_dwithin', ['POINT(0 0)', 'POINT(1 1)', 1.41], false],
    ['st_dwithin', ['LINESTRING(0 0, 2 0)', 'LINESTRING(0 3, 2 3)', 3], true],
    ['st_dwithin', ['LINESTRING(0 0, 2 0)', 'LINESTRING(0 3, 2 3)', 2.9], false],
    ['st_dwithin', ['POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))', 'POLYGON((4 0, 6 0, 6 2, 4 2, 4 0))', 2], true],
    ['st_dwithin', ['POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))', 'POLYGON((4 0, 6 0, 6 2, 4 2, 4 0))', 1.9], false],
    ['st_length', ['POINT(1 1)'], 0],
    ['st_length', ['POLYGON((0 0, 0 1, 1 1, 1 0, 0 0))'], 0],
    ['st_area', ['POLYGON((0 0, 0 4, 4 4, 4 0, 0 0), (1 1, 1 2, 2 2, 2 1, 1 1))'], 15],
    ['st_area', ['MULTIPOLYGON(((0 0, 0 2, 2 2, 2 0, 0 0)), ((3 0, 3 2, 5 2, 5 0, 3 0)))'], 8],
    ['st_area', ['LINESTRING(0 0, 1 1, 2 2)'], 0],
    ['st_perimeter', ['POLYGON((0 0, 0 3, 4 3, 4 0, 0 0))'], 14],
    ['st_perimeter', ['POLYGON((0 0, 1 0, 1 1, 0.5 0.5, 0 1, 0 0))'], 4.414213562],
    ['st_perimeter', ['LINESTRING(0 0, 1 1)'], 0],
    ['st_centroid', ['POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))'], 'POINT(1 1)'],
    ['st_centroid', ['LINESTRING(0 0, 2 0, 2 2)'], 'POINT(1.5 0.5)'],
    ['st_centroid', ['SRID=4326;POINT(5 5)'], 'SRID=4326;POINT(5 5)'],
    ['st_centroid', ['MULTIPOINT((0 0), (2 0), (0 2), (2 2))'], 'POINT(1 1)'],
    ['st_centroid', ['GEOMETRYCOLLECTION(POINT(9 9),LINESTRING(0 0, 2 0))'], 'POINT(1 0)'],
    ['st_centroid', ['POLYGON((0 0, 4 0, 4 4, 0 4, 0 0), (2 0, 4 0, 4 4, 2 4, 2 0))'], 'POINT(1 2)'],
    ['st_centroid', ['GEOMETRYCOLLECTION EMPTY'], null],
    ['st_envelope', ['LINESTRING(0 0, 2 1, -1 3)'], 'POLYGON((-1 0,2 0,2 3,-1 3,-1 0))'],
    ['st_envelope', ['POINT(1 2)'], 'POLYGON((1 2,1 2,1 2,1 2,1 2))'],
    ['st_envelope', ['POINT EMPTY'], null],
    ['st_dimension', ['MULTIPOINT((-122.35 37.55),(0 -90))'], 0],
    ['st_dimension', ['LINESTRING(-124.2 42,-120.01 41.99)'], 1],
    ['st_dimension', [collection], 2],
    ['st_dimension', ['POLYGON EMPTY'], null],
    ['st_npoints', ['POINT(66 12)'], 1],
    ['st_npoints', ['MULTILINESTRING((1 1, 32 17), (33 12, 73 49, 87.1 6.1))'], 5],
    ['st_npoints', [collection], 8],
    ['st_xmax', [collection], 45],
    ['st_xmax', ['MULTILINESTRING((10 10, 20 20, 10 40), EMPTY)'], 20],
    ['st_xmin', ['GEOMETRYCOLLECTION(POINT(40 10),LINESTRING(10 10,20 20,10 40),POINT EMPTY)'], 10],
    ['st_ymax', ['LINESTRING(-179 1, 179 20)'], 20],
    ['st_ymin', ['POINT(-180 0)'], 0],
    ['st_ymin', ['POINT EMPTY'], null],
    ['st_pointn', ['LINESTRING(1 1, 2 2, 3 3, 4 4)', 1], 'POINT(1 1)'],
    ['st_pointn', ['LINESTRING(1 1, 2 2, 3 3, 4 4)', -2], 'POINT(3 3)'],
    ['st_pointn', ['LINESTRING(1 1, 2 2, 3 3, 4 4)', 0], null],
    ['st_pointn', ['LINESTRING(1 1, 2 2, 3 3, 4 4)', -5], null],
    ['st_startpoint', ['LINESTRING(1 1, 2 2, 3 3, 4 4)'], 'POINT(1 1)'],
    ['st_endpoint', ['SRID=3857;LINESTRING(1 1, 2 2, 3 3, 4 4)'], 'SRID=3857;POINT(4 4)'],
    ['st_setsrid', ['POINT(13 51)', 4326], 'SRID=4326;POINT(13 51)'],
    ['st_setsrid', ['SRID=4326;LINESTRING(13 51,1 1)', 0], 'LINESTRING(13 51,1 1)'],
    ['st_srid', ['SRID=1234;LINESTRING(1 1,2 2)'], 1234],
    ['st_srid', ['POINT(1 1)'], 0],
    ['st_x', ['POINT(37.5 45.5)'], 37.5],
    ['st_y', ['SRID=4326;POINT(37.5 45.5)'], 45.5],
    ['st_x', ['POINT EMPTY'], null],
    ['st_x', ['POINT Z(1 2 3)'], 1],
    ['st_makeline', ['SRID=4326;POINT(1.0 2.0)', 'SRID=4326;POINT(3.5 4.5)'], 'SRID=4326;LINESTRING(1 2,3.5 4.5)'],
    [
      'st_makeline',
      ['SRID=3857;POINT(1.0 2.0)', 'SRID=3857;LINESTRING(1.0 2.0, 10.1 5.5)'],
      'SRID=3857;LINESTRING(1 2,1 2,10.1 5.5)',
    ],
    [
      'st_makeline',
      ['LINESTRING(1.0 2.0, 10.1 5.5)', 'MULTIPOINT(3.5 4.5, 6.1 7.9)'],
      'LINESTRING(1 2,10.1 5.5,3.5 4.5,6.1 7.9)',
    ],
    ['st_makepolygon', ['LINESTRING(0 0, 1 0, 1 2, 0 2, 0 0)'], 'POLYGON((0 0,1 0,1 2,0 2,0 0))'],
    ['st_makepolygonoriented', ['LINESTRING(0 0, 0 2, 1 2, 1 0, 0 0)'], 'POLYGON((0 0,0 2,1 2,1 0,0 0))'],
    ['st_isvalid', ['POLYGON((0 0, 1 0, 1 1, 0 1, 0 0))'], true],
    ['st_isvalid', ['POLYGON((0 0, 2 2, 2 0, 0 2, 0 0))'], false],
    ['st_isvalid', ['LINESTRING(0 0, 1 1, 2 2)'], true],
    ['st_azimuth', ['POINT(0 0)', 'POINT(1 1)'], 0.785398163],
    ['st_azimuth', ['POINT(0 0)', 'POINT(0 0)'], null],
    ['st_hausdorffdistance', ['LINESTRING(0 0, 1 1)', 'LINESTRING(2 2, 3 3)'], 2.828427125],
    ['st_hausdorffdistance', ['POLYGON((0 0, 1 0, 1 1, 0 1, 0 0))', 'POLYGON((2 0, 3 0, 3 1, 2 1, 2 0))'], 2],
    ['st_hilbert', ['POINT(0.25 0.25)'], 134217728n],
    ['st_hilbert', ['POINT(0.50 0.50)'], 2684354560n],
    ['st_hilbert', ['POINT(0.75 0.75)'], 2181038080n],
    ['st_hilbert', ['POINT(1 2)'], 3355443200n],
    ['st_hilbert', ['POINT(3 4)'], 4060086272n],
    ['st_hilbert_within', ['POINT(0.25 0.25)', '[0,0,1,1]'], 178956970n],
    ['st_hilbert_within', ['POINT(0.50 0.50)', '[0,0,1,1]'], 715827882n],
    ['st_hilbert_within', ['POINT(113.15 23.06)', '[73,4,135,53]'], 3533607194n],
    ['geog_hilbert', ['POINT(113.15 23.06)'], 3070259060n],
    ['geog_hilbert', ['POINT(116.25 39.54)'], 3033451300n],
    ['geog_hilbert', ['MULTILINESTRING((1 1, 32 17), (33 12, 73 49, 87.1 6.1))'], 2370884445n],
    ['st_transform', ['SRID=32633;POINT(389866.35 5819003.03)', 3857], 'SRID=3857;POINT(1489140.093766 6892872.19868)'],
    ['st_transform', ['SRID=4326;POINT(4.500212 52.161170)', 3857], 'SRID=3857;POINT(500961.308302 6829319.683153)'],
    ['st_transform_from', ['POINT(4.500212 52.161170)', 4326, 28992], 'SRID=28992;POINT(94286.471882 463928.603089)'],
    [
      'st_transform',
      ['SRID=4326;LINESTRING Z(4.500212 52.161170 7, 0 0 8)', 3857],
      'SRID=3857;LINESTRING Z(500961.308302 6829319.683153 7,0 0 8)',
    ],
    ['st_asgeojson', ['POINT(-122.35 37.55)'], '{"coordinates":[-122.35,37.55],"type":"Point"}'],
    ['st_asewkt', ['SRID=4326;POINT(-122.35 37.55)'], 'SRID=4326;POINT(-122.35 37.55)'],
    ['st_wkt', ['SRID=4326;POINT(-122.35 37.55)'], 'POINT(-122.35 37.55)'],
  ];

  test.each(cases)('%s(%j) = %s', (name, args, result) => {
    const { args: kinds } = kernel(name);
    const values = args.map((arg, index) => (kinds[index] === 'blob' ? g(String(arg)) : arg));
    expect(call(name, ...values)).toEqual(result);
  });

  test('measures have nine decimals', () => {
    expect(String(call('st_distance', g('POINT(0 0)'), g('POINT(1 1)')))).toBe('1.414213562');
    expect(String(call('st_length', g('LINESTRING(0 0, 1 1)')))).toBe('1.414213562');
    expect(String(call('st_azimuth', g('POINT(0 1)'), g('POINT(0 0)')))).toBe('3.141592654');
  });

  test('points are made of numbers', () => {
    expect(call('st_makegeompoint', 7, -8)).toBe('POINT(7 -8)');
    expect(callKernel(kernel('st_makepoint'), 40.7127, -74.0059)).toEqual(geographyBytes('POINT(40.7127 -74.0059)'));
  });

  test('constructors take text, hex digits, bytes and JSON', () => {
    const hex = '0101000020797f000066666666a9cb17411f85ebc19e325641';
    const point = 'SRID=32633;POINT(389866.35 5819003.03)';
    expect(call('parse_geometry', hex, 0)).toBe(point);
    expect(call('parse_geometry_srid', hex, 4326, 0)).toBe('SRID=4326;POINT(389866.35 5819003.03)');
    expect(call('geometry_from_hex', hex, 0)).toBe(point);
    expect(call('geometry_from_wkb', g(point), 0)).toBe(point);
    expect(call('geometry_from_wkb_srid', g(point), 4326, 0)).toBe('SRID=4326;POINT(389866.35 5819003.03)');
    expect(call('geometry_from_wkt_srid', 'POINT(1 2)', 32633, 0)).toBe('SRID=32633;POINT(1 2)');
    expect(call('geometry_from_json', '{"coordinates":[1,2],"type":"Point"}', 0)).toBe('POINT(1 2)');
    expect(call('geography_from_wkt', 'SRID=4326;POINT EMPTY', 0)).toBe('MULTIPOINT EMPTY');
  });

  test('NULL from TRY_ for what cannot be read', () => {
    for (const text of ['abc', 'null', 'nuLL', '1234', '{}', '{"coordinates":[]', '']) {
      expect(call('parse_geometry', text, 1)).toBeNull();
    }
    expect(call('geometry_from_wkb', Uint8Array.of(0x12, 0x34), 1)).toBeNull();
    expect(call('geometry_from_json', '{"coordinates":[],"type":"aaa"}', 1)).toBeNull();
    expect(call('parse_geography', 'POINT(1 91)', 1)).toBeNull();
    expect(call('parse_geometry', '{"coordinates":[],"type":"LineString"}', 1)).toBe('LINESTRING EMPTY');
  });

  test('errors', () => {
    const fails = (kind: string, message: string) => expect.objectContaining({ kind, message });
    expect(() => call('st_x', g('LINESTRING(1 2,3 4)'))).toThrow(
      fails('GeometryError', 'Type LineString is not supported as argument to ST_X'),
    );
    expect(() => call('st_startpoint', g('POINT(3 4)'))).toThrow(
      fails('GeometryError', 'Type Point is not supported as argument to ST_ENDPOINT'),
    );
    expect(() => call('st_distance', g('SRID=4326;POINT(0 0)'), g('SRID=3857;POINT(0 0)'))).toThrow(
      fails('BadArguments', 'Incompatible SRID: 4326 and 3857'),
    );
    expect(() => call('st_contains', g(square), g('SRID=3857;POINT(0 0)'))).toThrow(
      fails('BadArguments', 'Incompatible SRID: 0 and 3857'),
    );
    expect(() => call('st_transform', g('POINT(0 0)'), 3857)).toThrow(
      fails('BadArguments', 'input geometry must has the correct SRID'),
    );
    expect(() => call('st_transform', g('SRID=4326;POINT(0 0)'), 12)).toThrow(
      fails('GeometryError', 'invalid to srid'),
    );
    expect(() => call('st_transform', g('SRID=4326;POINT(0 100)'), 3857)).toThrow(
      fails('GeometryError', 'transform from 4326 to 3857 failed'),
    );
    expect(() => call('st_makepoint', 60, 100)).toThrow(fails('GeometryError', 'latitude is out of range'));
    expect(() => call('st_makepolygon', g('LINESTRING(0 0, 1 0, 0 1)'))).toThrow(
      fails('GeometryError', 'Input lines must have at least 4 points, but got 3'),
    );
    expect(() => call('st_makepolygonoriented', g('LINESTRING(0 0, 1 1, 1 0, 0 1, 0 0)'))).toThrow(
      fails('GeometryError', 'Input line does not form a valid polygon'),
    );
    expect(() => call('st_hilbert_within', g('POINT(0 0)'), '[1,2,3]')).toThrow(
      fails('GeometryError', 'ST_HILBERT bounds must have 4 elements'),
    );
  });
});
