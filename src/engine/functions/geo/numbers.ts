import { SqlError } from '../../base/errors.ts';
import { plain, type SqlType } from '../../types/type.ts';
import type { FunctionSpec, LoweredCall } from '../function.ts';

/** Places given as plain numbers. */

const FOUR = ['Float64', 'Float64', 'Float64', 'Float64'] as const;

const ELLIPSE = 4;

function ellipsesResult(args: readonly SqlType[]): SqlType {
  if (args.length >= 2 + ELLIPSE && args.length % ELLIPSE === 2) return plain('UInt8');
  throw new SqlError('NumberArgumentsNotMatch', 'point_in_ellipses takes a point and four numbers for each ellipse');
}

function lowerEllipses({ args }: LoweredCall): string {
  const [x, y, ...numbers] = args;
  const tests = Array.from({ length: numbers.length / ELLIPSE }, (_, index) => {
    const [centreX, centreY, width, height] = numbers.slice(index * ELLIPSE, (index + 1) * ELLIPSE);
    return `(((${x} - ${centreX}) / ${width}) ** 2 + ((${y} - ${centreY}) / ${height}) ** 2 <= 1)`;
  });
  return `CAST((${tests.join(' OR ')}) AS UTINYINT)`;
}

function coordinate(point: string, type: SqlType | undefined, index: number): string {
  const field = type?.kind === 'Tuple' ? type.fields[index] : undefined;
  if (!field || (type?.kind === 'Tuple' && type.fields.length !== 2)) {
    throw new SqlError('SemanticError', 'point_in_polygon takes points of two numbers');
  }
  return `CAST(struct_extract(${point}, '${field.name.replaceAll("'", "''")}') AS DOUBLE)`;
}

/** A ring, or a list of them, as a list of pairs of numbers. */
function pairs(list: string, type: SqlType | undefined, depth = 0): string {
  if (type?.kind !== 'Array') throw new SqlError('SemanticError', 'point_in_polygon takes rings as arrays of points');
  const name = `pip${depth}`;
  const { element } = type;
  if (element.kind === 'Array') return `list_transform(${list}, lambda ${name}: ${pairs(name, element, depth + 1)})`;
  return `list_transform(${list}, lambda ${name}: [${coordinate(name, element, 0)}, ${coordinate(name, element, 1)}])`;
}

function lowerPolygon({ args, argTypes }: LoweredCall): string {
  const [point = '', ...rings] = args;
  const lists = rings.map((ring, index) => pairs(ring, argTypes[index + 1]));
  const [first = ''] = lists;
  const [firstType] = argTypes.slice(1);
  const isNested = firstType?.kind === 'Array' && firstType.element.kind === 'Array';
  const polygon = isNested ? first : `[${lists.join(', ')}]`;
  const [x, y] = [0, 1].map((index) => coordinate(point, argTypes[0], index));
  return `CAST(point_in_polygon(${x}, ${y}, CAST(${polygon} AS VARCHAR)) AS UTINYINT)`;
}

export const geoNumbers: readonly FunctionSpec[] = [
  {
    name: 'haversine',
    kind: 'scalar',
    doc: 'Kilometres along the great circle between two places, each given as latitude and longitude.',
    overloads: [{ args: FOUR, returns: 'Float64', lower: 'db_haversine($1, $2, $3, $4)' }],
    examples: [['haversine(40.7127, -74.0059, 34.0500, -118.2500)', '3936.390533556']],
  },
  {
    name: 'great_circle_distance',
    kind: 'scalar',
    doc: 'Metres along the great circle between two places, each given as longitude and latitude.',
    overloads: [{ args: FOUR, returns: 'Float32', lower: 'great_circle_distance($1, $2, $3, $4)' }],
    examples: [['great_circle_distance(55.755831, 37.617673, -55.755831, -37.617673)', '14128353.0']],
  },
  {
    name: 'geo_distance',
    kind: 'scalar',
    doc: 'Metres between two places, each given as longitude and latitude.',
    overloads: [{ args: FOUR, returns: 'Float32', lower: 'great_circle_distance($1, $2, $3, $4)' }],
    examples: [['geo_distance(55.755831, 37.617673, -55.755831, -37.617673)', '14128353.0']],
  },
  {
    name: 'great_circle_angle',
    kind: 'scalar',
    doc: 'Degrees of the great circle between two places, each given as longitude and latitude.',
    overloads: [{ args: FOUR, returns: 'Float32', lower: 'great_circle_angle($1, $2, $3, $4)' }],
    examples: [['great_circle_angle(0, 0, 45, 0)', '44.99998']],
  },
  {
    name: 'geohash_encode',
    kind: 'scalar',
    doc: 'The geohash of a longitude and latitude, of 12 characters unless told.',
    overloads: [
      { args: ['Float64', 'Float64'], returns: 'String', lower: 'geohash_encode($1, $2, 12)' },
      {
        args: ['Float64', 'Float64', 'UInt8'],
        returns: 'String',
        lower: 'geohash_encode($1, $2, CAST($3 AS INTEGER))',
      },
    ],
    examples: [['geohash_encode(-5.60302734375, 42.593994140625, 11)', 'ezs42d00000']],
  },
  {
    name: 'geohash_decode',
    kind: 'scalar',
    doc: 'The longitude and latitude of the centre of the cell of a geohash.',
    overloads: [
      {
        args: ['String'],
        returns: () => ({
          kind: 'Tuple',
          fields: [
            { name: '1', type: plain('Float64') },
            { name: '2', type: plain('Float64') },
          ],
        }),
        lower: `(CASE WHEN $1 IS NOT NULL THEN {'1': geohash_longitude($1), '2': geohash_latitude($1)} END)`,
      },
    ],
    examples: [["geohash_decode('ezs42')", '(-5.60302734375,42.60498046875)']],
  },
  {
    name: 'point_in_ellipses',
    kind: 'scalar',
    doc: 'Whether a point lies in one of the ellipses, each given by the centre and the half axes.',
    overloads: [{ args: ['Float64...'], returns: ellipsesResult, lower: lowerEllipses }],
    examples: [['point_in_ellipses(10, 10, 10, 9.1, 1, 0.9999)', '1']],
  },
  {
    name: 'point_in_polygon',
    kind: 'scalar',
    doc: 'Whether a point lies strictly inside a polygon: rings of points, the outer one first, the others holes.',
    overloads: [{ args: ['Tuple', 'Any...'], returns: 'UInt8', lower: lowerPolygon }],
    examples: [
      ['point_in_polygon((3.0, 3.0), [(6, 0), (8, 4), (5, 8), (0, 2)])', '1'],
      ['point_in_polygon((1.0, 1.0), [[(4, 0), (8, 4), (4, 8), (0, 4)], [(3, 3), (3, 5), (5, 5)]])', '0'],
    ],
  },
];
