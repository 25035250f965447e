import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SqlError } from '../../base/errors.ts';
import { parseHex, showHex } from '../hex.ts';
import { readGeoJson, showGeoJson, writeGeoJson } from './geojson.ts';
import { type Dims, type Geometry, geometry, isEmpty, stride } from './model.ts';
import { geographyBytes, geometryBytes, parseGeography, parseGeometry } from './parse.ts';
import { geographyText, geometryText } from './print.ts';
import { readWkb } from './wkb-read.ts';
import { writeEwkb, writeWkb } from './wkb-write.ts';
import { readWkt } from './wkt-read.ts';
import { showCoordinate, writeEwkt, writeWkt } from './wkt-write.ts';

const bytes = (hex: string) => {
  const parsed = parseHex(hex);
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed;
};

describe('what Databend prints for', () => {
  const cases: readonly (readonly [input: string, ewkt: string])[] = [
    ['POINT(1820.12 890.56)', 'POINT(1820.12 890.56)'],
    ['SRID=4326;POINT(1820.12 890.56)', 'SRID=4326;POINT(1820.12 890.56)'],
    ['0101000020797f000066666666a9cb17411f85ebc19e325641', 'SRID=32633;POINT(389866.35 5819003.03)'],
    [
      '{"coordinates":[[389866,5819003],[390000,5830000]],"type":"LineString"}',
      'LINESTRING(389866 5819003,390000 5830000)',
    ],
    ['{"coordinates":[],"type":"LineString"}', 'LINESTRING EMPTY'],
    ['SRID=0;LINESTRING(0.75 0.75, -10 20)', 'LINESTRING(0.75 0.75,-10 20)'],
    ['MULTIPOINT((45 21), (12 54))', 'MULTIPOINT(45 21,12 54)'],
    ['MULTIPOINT(45 21, 12 54)', 'MULTIPOINT(45 21,12 54)'],
    ['MULTILINESTRING((1 1, 32 17), (33 12, 73 49, 87.1 6.1))', 'MULTILINESTRING((1 1,32 17),(33 12,73 49,87.1 6.1))'],
    ['MULTILINESTRING ((10 10, 20 20, 10 40), EMPTY)', 'MULTILINESTRING((10 10,20 20,10 40),EMPTY)'],
    [
      'MULTIPOLYGON(((-10 0,0 10,10 0,-10 0)),((-10 40,10 40,0 20,-10 40)))',
      'MULTIPOLYGON(((-10 0,0 10,10 0,-10 0)),((-10 40,10 40,0 20,-10 40)))',
    ],
    [
      'GEOMETRYCOLLECTION(POLYGON((-10 0,0 10,10 0,-10 0)),LINESTRING(40 60, 50 50, 60 40), POINT(99 11))',
      'GEOMETRYCOLLECTION(POLYGON((-10 0,0 10,10 0,-10 0)),LINESTRING(40 60,50 50,60 40),POINT(99 11))',
    ],
    ['srid = 4326 ; point empty', 'SRID=4326;POINT EMPTY'],
    ['PointZ(1 2 3)', 'POINT Z(1 2 3)'],
    ['LINESTRING ZM (1 2 3 4, 5 6 7 8)', 'LINESTRING ZM(1 2 3 4,5 6 7 8)'],
    ['POINT M EMPTY', 'POINT M EMPTY'],
    ['POLYGON((0 0, 1 0, 1 1))', 'POLYGON((0 0,1 0,1 1,0 0))'],
    ['GEOMETRYCOLLECTION EMPTY', 'GEOMETRYCOLLECTION EMPTY'],
    ['  \n\tPOLYGON ( ( 0 0 ,1 0,\n 1 1, 0 0 ) ) ', 'POLYGON((0 0,1 0,1 1,0 0))'],
    ['SRID=4326;POINT(114.0579123456789 22.543123456789)', 'SRID=4326;POINT(114.0579123456789 22.543123456789)'],
    ['POINT(1e21 -1.5e-7)', 'POINT(1000000000000000000000 -0.00000015)'],
    ['{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2,3]}}', 'POINT Z(1 2 3)'],
  ];

  test.each(cases)('%s', (input, ewkt) => {
    expect(writeEwkt(parseGeometry(input))).toBe(ewkt);
    expect(geometryText(geometryBytes(input), 'EWKT')).toBe(ewkt);
  });
});

test('the polygon of the guides is read over several lines', () => {
  const text = `SRID=4326;POLYGON((
        114.0505 22.5500,
        114.0630 22.5500,
        114.0630 22.5420,
        114.0505 22.5420,
        114.0505 22.5500
    ))`;
  expect(writeEwkt(parseGeometry(text))).toBe(
    'SRID=4326;POLYGON((114.0505 22.55,114.063 22.55,114.063 22.542,114.0505 22.542,114.0505 22.55))',
  );
});

test('a given SRID overrides the one in the value', () => {
  expect(writeEwkt(parseGeometry('0101000020797f000066666666a9cb17411f85ebc19e325641', 4326))).toBe(
    'SRID=4326;POINT(389866.35 5819003.03)',
  );
  expect(writeEwkt(parseGeometry('{"type":"Point","coordinates":[1,2]}', 3857))).toBe('SRID=3857;POINT(1 2)');
});

test('a value shows in each output format', () => {
  const point = geometryBytes('SRID=4326;POINT(60 37)');
  expect(geometryText(point, 'GeoJSON')).toBe('{"type": "Point", "coordinates": [60,37]}');
  expect(geometryText(point, 'WKT')).toBe('POINT(60 37)');
  expect(geometryText(point, 'EWKT')).toBe('SRID=4326;POINT(60 37)');
  expect(geometryText(point, 'WKB')).toBe('01010000000000000000004E400000000000804240');
  expect(geometryText(point, 'EWKB')).toBe('0101000020E61000000000000000004E400000000000804240');
  const polygon = geometryBytes('POLYGON((0 0.2,1.4 5,1.9 2,0 2,0 0.2),(1 2,1 3,2 2,1 2))');
  expect(geometryText(polygon, 'GeoJSON')).toBe(
    '{"type": "Polygon", "coordinates": [[[0,0.2],[1.4,5],[1.9,2],[0,2],[0,0.2]],[[1,2],[1,3],[2,2],[1,2]]]}',
  );
});

test('a geography is kept without its SRID and shown with it', () => {
  const bytes = geographyBytes('SRID=4326;POINT(-122.35 37.55)');
  expect(showHex(bytes)).toBe('01010000006666666666965EC06666666666C64240');
  expect(geographyText(bytes, 'EWKT')).toBe('SRID=4326;POINT(-122.35 37.55)');
  expect(geographyText(bytes, 'WKT')).toBe('POINT(-122.35 37.55)');
  expect(geographyText(geographyBytes('POINT EMPTY'), 'EWKT')).toBe('SRID=4326;MULTIPOINT EMPTY');
});

test('a column default of no bytes shows as nothing', () => {
  expect(geometryText(new Uint8Array(0), 'GeoJSON')).toBe('');
});

test('GeoJSON as VARIANT has its keys in order', () => {
  const value = readWkt('GEOMETRYCOLLECTION(POINT(1 2),MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5))))');
  const text =
    '{"geometries":[{"coordinates":[1,2],"type":"Point"},{"coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]],"type":"MultiPolygon"}],"type":"GeometryCollection"}';
  expect(writeGeoJson(value)).toBe(text);
  expect(writeGeoJson(readGeoJson(text))).toBe(text);
});

test('big-endian WKB with a SRID, and Z and M in both ways of writing them', () => {
  expect(writeEwkt(readWkb(bytes('0020000001000010E63FF00000000000004000000000000000')))).toBe('SRID=4326;POINT(1 2)');
  const iso = readWkb(bytes('01B90B0000000000000000F03F000000000000004000000000000008400000000000001040'));
  const extended = readWkb(bytes('01010000C0000000000000F03F000000000000004000000000000008400000000000001040'));
  expect(writeEwkt(iso)).toBe('POINT ZM(1 2 3 4)');
  expect(extended).toEqual(iso);
});

describe('errors say what is wrong and where:', () => {
  const cases: readonly (readonly [input: string, message: string])[] = [
    ['POINT(1 a)', 'Invalid WKT: expected a number at position 9'],
    ['POINT(1)', 'Invalid WKT: expected a number at position 8'],
    ['POINT(1 2', "Invalid WKT: expected ')' at position 10"],
    ['POINT(1 2) x', 'Invalid WKT: expected the end of the text at position 12'],
    ['CIRCLE(1 2)', 'Invalid WKT: expected a geometry type at position 1'],
    ['LINESTRING(1 2, 3 4 5)', 'Invalid WKT: expected 2 coordinates at position 17'],
    ['POINT Z(1 2)', 'Invalid WKT: expected 3 coordinates at position 9'],
    ['SRID=x;POINT(1 2)', 'invalid srid'],
    ['', 'Invalid WKT: expected a geometry type at position 1'],
    ['01', 'Invalid ewkb format: it ends too early, at byte 0'],
    ['010', 'Odd number of digits'],
    ['01zz', "Invalid character 'z' at position 2"],
    ['0109000000', 'Invalid ewkb format: unknown geometry type 9, at byte 0'],
    ['010200000000FFFFFF', 'Invalid ewkb format: it ends too early, at byte 9'],
    ['{}', 'Invalid GeoJSON: it has no type'],
    ['{"type":"aaa","coordinates":[]}', 'Invalid GeoJSON: unknown type "aaa"'],
    ['{"type":"Point","coordinates":[1]}', 'Invalid GeoJSON: a position needs 2 numbers'],
  ];

  test.each(cases)('%s', (input, message) => {
    expect(() => parseGeometry(input)).toThrow(expect.objectContaining({ kind: 'GeometryError', message }));
  });

  test('a geography off the globe or in another system', () => {
    const failure = (message: string) => expect.objectContaining({ kind: 'GeometryError', message });
    expect(() => parseGeography('POINT(60 100)')).toThrow(failure('latitude is out of range'));
    expect(() => parseGeography('POINT(181 0)')).toThrow(failure('longitude is out of range'));
    expect(() => parseGeography('SRID=3857;POINT(1 1)')).toThrow(
      failure('SRIDs other than 4326 are not supported. Got SRID: 3857'),
    );
  });

  test('collections nested without end', () => {
    expect(() => parseGeometry('GEOMETRYCOLLECTION('.repeat(100_000))).toThrow(SqlError);
    expect(() => parseGeometry('{"type":"GeometryCollection","geometries":['.repeat(100_000))).toThrow(SqlError);
    expect(() => readWkb(bytes('010700000001000000'.repeat(100_000)))).toThrow(SqlError);
  });
});

test('a count that the bytes cannot hold reserves nothing', () => {
  expect(() => readWkb(bytes('0102000000FFFFFFFF0000'))).toThrow('it ends too early');
});

test('coordinates show their shortest digits without an exponent', () => {
  expect([1, 0.1, 1e21, -1.25e22, 1e-7, -1.5e-10, 0, -0].map(showCoordinate)).toEqual([
    '1',
    '0.1',
    '1000000000000000000000',
    '-12500000000000000000000',
    '0.0000001',
    '-0.00000000015',
    '0',
    '-0',
  ]);
});

const number = fc.double({ noNaN: true, noDefaultInfinity: true });

/** Geometries of every kind, dimensions and emptiness, with closed rings. */
const geometries = fc
  .record({ dims: fc.constantFrom<Dims[]>('XY', 'XYZ', 'XYM', 'XYZM'), srid: fc.integer({ min: 0, max: 99999 }) })
  .chain(({ dims, srid }) => geometriesOf(dims, srid, 2));

function geometriesOf(dims: Dims, srid: number, depth: number): fc.Arbitrary<Geometry> {
  const width = stride(dims);
  const point = fc.array(number, { minLength: width, maxLength: width });
  const line = fc.array(point, { maxLength: 4 });
  const ring = line.map((points) => (points[0] ? [...points, points[0]] : []));
  const of = (kind: Geometry['kind'], polygons: readonly (readonly (readonly number[][])[])[]) => {
    const rings = polygons.flat();
    return geometry(kind, {
      dims,
      srid,
      coords: Float64Array.from(rings.flat(2)),
      rings: kind.endsWith('Point') ? [] : ends(rings.map((points) => points.length)),
      polygons: kind.endsWith('Polygon') ? ends(polygons.map((each) => each.length)) : [],
    });
  };
  const leaf = fc.oneof(
    fc.option(point, { nil: undefined }).map((only) => of('Point', [[only ? [only] : []]])),
    line.map((points) => of('LineString', points.length === 0 ? [] : [[points]])),
    fc.array(point, { maxLength: 4 }).map((points) => of('MultiPoint', [[points]])),
    fc.array(line, { maxLength: 3 }).map((lines) => of('MultiLineString', [lines])),
    fc.array(ring, { maxLength: 3 }).map((rings) => of('Polygon', rings.length === 0 ? [] : [rings])),
    fc.array(fc.array(ring, { maxLength: 2 }), { maxLength: 3 }).map((polygons) => of('MultiPolygon', polygons)),
  );
  if (depth === 0) return leaf;
  const collection = fc
    .array(geometriesOf(dims, srid, depth - 1), { maxLength: 3 })
    .map((members) => geometry('GeometryCollection', { dims, srid, members }));
  return fc.oneof({ weight: 4, arbitrary: leaf }, collection);
}

function ends(lengths: readonly number[]): number[] {
  let total = 0;
  return lengths.map((length) => (total += length));
}

test('EWKB and EWKT read back what they wrote', () => {
  fc.assert(
    fc.property(geometries, (value) => {
      expect(readWkb(writeEwkb(value))).toEqual(value);
      expect(writeEwkb(readWkb(writeEwkb(value)))).toEqual(writeEwkb(value));
      expect(readWkb(writeWkb(value))).toEqual(readWkb(writeWkb({ ...value, srid: 0 })));
    }),
  );
});

test('EWKT reads back what it wrote', () => {
  fc.assert(
    fc.property(geometries, (value) => {
      const back = readWkt(writeEwkt(value));
      expect(writeEwkt(back)).toBe(writeEwkt(value));
      expect(writeWkt(back)).toBe(writeWkt(value));
      expect(back.coords).toEqual(value.coords);
    }),
  );
});

test('GeoJSON reads back what it wrote, but for M and the SRID', () => {
  fc.assert(
    fc.property(geometries, (value) => {
      const text = writeGeoJson(value);
      expect(writeGeoJson(readGeoJson(text))).toBe(text);
      expect(writeGeoJson(readGeoJson(showGeoJson(value)))).toBe(text);
      expect(isEmpty(readGeoJson(text))).toBe(isEmpty(value));
    }),
  );
});

test('random bytes and texts give a geometry or error 1090', () => {
  const kept = (input: string | Uint8Array) => {
    try {
      geometryText(geometryBytes(input), 'GeoJSON');
    } catch (error) {
      expect(error).toMatchObject({ kind: 'GeometryError', code: 1090 });
    }
  };
  const header = fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 8 }), fc.uint8Array({ maxLength: 60 }));
  fc.assert(fc.property(fc.uint8Array(), kept));
  fc.assert(fc.property(fc.string({ unit: 'binary' }), kept));
  fc.assert(fc.property(fc.json(), kept));
  fc.assert(
    fc.property(
      header.map(([order, type, rest]) => Uint8Array.of(order, type, 0, 0, 0, ...rest)),
      kept,
    ),
  );
  fc.assert(fc.property(fc.stringMatching(/^(SRID=4;)?(POINT|POLYGON|MULTIPOINT)( Z)?[ (),0-9.EMPTY-]{0,30}$/), kept));
});
