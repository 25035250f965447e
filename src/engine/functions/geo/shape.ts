import type { FunctionSpec, Overload, TypePattern } from '../function.ts';

/** What a geometry is made of, what it measures, and what is made of it alone. */

type Kernel = string;

/** One value of a GEOMETRY or a GEOGRAPHY; another kernel where the globe makes a difference. */
function either(geometry: Kernel, returns: TypePattern, geography: Kernel = geometry): readonly Overload[] {
  return [
    { args: ['Geometry'], returns, nulls: 'always', lower: geometry },
    { args: ['Geography'], returns, nulls: 'always', lower: geography },
  ];
}

/** The same type comes back. */
const SAME = (lower: Kernel): readonly Overload[] => [
  { args: ['Geometry'], returns: 'Geometry', nulls: 'always', lower },
  { args: ['Geography'], returns: 'Geography', nulls: 'always', lower },
];

const LINE = "to_geometry('LINESTRING(1 1, 2 2, 3 3, 4 4)')";

const PARTS: readonly FunctionSpec[] = [
  {
    name: 'st_x',
    kind: 'scalar',
    doc: 'The longitude, or x, of a point.',
    overloads: either('st_x($1)', 'Float64'),
    examples: [
      ["st_x(to_geometry('SRID=4326;POINT(37.5 45.5)'))", '37.5'],
      ['st_x(st_makepoint(37.5, 45.5))', '37.5'],
    ],
  },
  {
    name: 'st_y',
    kind: 'scalar',
    doc: 'The latitude, or y, of a point.',
    overloads: either('st_y($1)', 'Float64'),
    examples: [["st_y(to_geometry('POINT(37.5 45.5)'))", '45.5']],
  },
  ...(['xmin', 'xmax', 'ymin', 'ymax'] as const).map((edge, index): FunctionSpec => {
    const of = edge.startsWith('x') ? 'longitude, or x,' : 'latitude, or y,';
    return {
      name: `st_${edge}`,
      kind: 'scalar',
      doc: `The ${edge.endsWith('min') ? 'least' : 'greatest'} ${of} of all points; NULL without any.`,
      overloads: either(`st_${edge}($1)`, 'Float64'),
      examples: [
        [`st_${edge}(to_geometry('LINESTRING(10 20, 30.5 40)'))`, ['10.0', '30.5', '20.0', '40.0'][index] ?? ''],
      ],
    };
  }),
  {
    name: 'st_srid',
    kind: 'scalar',
    doc: 'The identifier of the reference system: 0 where none is set, always 4326 of a GEOGRAPHY.',
    overloads: [
      { args: ['Geometry'], returns: 'Int32', lower: 'st_srid($1)' },
      { args: ['Geography'], returns: 'Int32', lower: '(CASE WHEN $1 IS NOT NULL THEN 4326 END)' },
    ],
    examples: [
      ["st_srid(to_geometry('POINT(-122.306100 37.554162)', 4326))", '4326'],
      ['st_srid(st_makepoint(37.5, 45.5))', '4326'],
    ],
  },
  {
    name: 'st_setsrid',
    kind: 'scalar',
    doc: 'The same coordinates in another reference system.',
    overloads: [{ args: ['Geometry', 'Int32'], returns: 'Geometry', lower: 'st_setsrid($1, $2)' }],
    examples: [["st_asewkt(st_setsrid(to_geometry('POINT(13 51)'), 4326))", 'SRID=4326;POINT(13 51)']],
  },
  {
    name: 'st_dimension',
    kind: 'scalar',
    doc: '0 for points, 1 for lines, 2 for areas; NULL for what is empty.',
    overloads: either('st_dimension($1)', 'Int32'),
    examples: [["st_dimension(to_geometry('LINESTRING(-124.2 42, -120.01 41.99)'))", '1']],
  },
  {
    name: 'st_npoints',
    aliases: ['st_numpoints'],
    kind: 'scalar',
    doc: 'How many points there are.',
    overloads: either('CAST(st_npoints($1) AS $T)', 'UInt32'),
    examples: [[`st_npoints(${LINE})`, '4']],
  },
  {
    name: 'st_startpoint',
    kind: 'scalar',
    doc: 'The first point of a line.',
    overloads: SAME('st_startpoint($1)'),
    examples: [[`st_astext(st_startpoint(${LINE}))`, 'POINT(1 1)']],
  },
  {
    name: 'st_endpoint',
    kind: 'scalar',
    doc: 'The last point of a line.',
    overloads: SAME('st_endpoint($1)'),
    examples: [[`st_astext(st_endpoint(${LINE}))`, 'POINT(4 4)']],
  },
  {
    name: 'st_pointn',
    kind: 'scalar',
    doc: 'A point of a line by its number from 1, or from the end by one below 0.',
    overloads: [
      { args: ['Geometry', 'Int32'], returns: 'Geometry', nulls: 'always', lower: 'st_pointn($1, $2)' },
      { args: ['Geography', 'Int32'], returns: 'Geography', nulls: 'always', lower: 'st_pointn($1, $2)' },
    ],
    examples: [
      [`st_astext(st_pointn(${LINE}, -2))`, 'POINT(3 3)'],
      [`st_pointn(${LINE}, 5)`, 'NULL'],
    ],
  },
  {
    name: 'st_isvalid',
    kind: 'scalar',
    doc: 'Whether a geometry keeps the rules of OGC: rings do not cross, holes lie within.',
    overloads: [{ args: ['Geometry'], returns: 'Boolean', lower: 'st_isvalid($1)' }],
    examples: [["st_isvalid(to_geometry('POLYGON((0 0, 2 2, 2 0, 0 2, 0 0))'))", 'false']],
  },
];

const MEASURES: readonly FunctionSpec[] = [
  {
    name: 'st_area',
    kind: 'scalar',
    doc: 'The area of polygons: of a GEOMETRY in the units of its reference system, of a GEOGRAPHY in square metres.',
    overloads: either('st_area($1)', 'Float64', 'geog_area($1)'),
    examples: [["st_area(to_geometry('POLYGON((0 0, 0 4, 4 4, 4 0, 0 0), (1 1, 1 2, 2 2, 2 1, 1 1))'))", '15.0']],
  },
  {
    name: 'st_length',
    kind: 'scalar',
    doc: 'The length of lines: of a GEOMETRY in the units of its reference system, of a GEOGRAPHY in metres.',
    overloads: either('st_length($1)', 'Float64', 'geog_length($1)'),
    examples: [
      ["st_length(to_geometry('LINESTRING(0 0, 1 1)'))", '1.414213562'],
      ["st_length(to_geography('LINESTRING(0 0, 0 1)'))", '110574.388557799'],
    ],
  },
  {
    name: 'st_perimeter',
    kind: 'scalar',
    doc: 'The length of the rings of polygons, holes included.',
    overloads: [{ args: ['Geometry'], returns: 'Float64', lower: 'st_perimeter($1)' }],
    examples: [["st_perimeter(to_geometry('POLYGON((0 0, 0 3, 4 3, 4 0, 0 0))'))", '14.0']],
  },
  {
    name: 'st_hilbert',
    kind: 'scalar',
    doc: 'The place of the middle on a Hilbert curve over the globe, or over the bounds [xmin, ymin, xmax, ymax].',
    overloads: [
      ...either('CAST(st_hilbert($1) AS $T)', 'UInt64', 'CAST(geog_hilbert($1) AS $T)'),
      ...(['Geometry', 'Geography'] as const).map(
        (type): Overload => ({
          args: [type, 'Array(Float64)'],
          returns: 'UInt64',
          nulls: 'always',
          lower: 'CAST(st_hilbert_within($1, CAST($2 AS VARCHAR)) AS $T)',
        }),
      ),
    ],
    examples: [
      ["st_hilbert(to_geometry('POINT(0.25 0.25)'))", '134217728'],
      ["st_hilbert(to_geometry('POINT(0.25 0.25)'), [0, 0, 1, 1])", '178956970'],
      ['st_hilbert(st_makepoint(113.15, 23.06))', '3070259060'],
    ],
  },
];

const DERIVED: readonly FunctionSpec[] = [
  {
    name: 'st_centroid',
    kind: 'scalar',
    doc: 'The centre of gravity.',
    overloads: [{ args: ['Geometry'], returns: 'Geometry', nulls: 'always', lower: 'st_centroid($1)' }],
    examples: [["st_astext(st_centroid(to_geometry('LINESTRING(0 0, 2 0, 2 2)')))", 'POINT(1.5 0.5)']],
  },
  {
    name: 'st_envelope',
    kind: 'scalar',
    doc: 'The rectangle around a geometry.',
    overloads: [{ args: ['Geometry'], returns: 'Geometry', nulls: 'always', lower: 'st_envelope($1)' }],
    examples: [
      ["st_astext(st_envelope(to_geometry('LINESTRING(0 0, 2 1, -1 3)')))", 'POLYGON((-1 0,2 0,2 3,-1 3,-1 0))'],
    ],
  },
  {
    name: 'st_transform',
    kind: 'scalar',
    doc: 'The same place in another reference system, from the one it is in or the first of the two given.',
    overloads: [
      { args: ['Geometry', 'Int32'], returns: 'Geometry', lower: 'st_transform($1, $2)' },
      { args: ['Geometry', 'Int32', 'Int32'], returns: 'Geometry', lower: 'st_transform_from($1, $2, $3)' },
    ],
    examples: [
      [
        "st_asewkt(st_transform(to_geometry('SRID=4326;POINT(4.500212 52.161170)'), 3857))",
        'SRID=3857;POINT(500961.308302 6829319.683153)',
      ],
      [
        "st_asewkt(st_transform(to_geometry('POINT(4.500212 52.161170)'), 4326, 28992))",
        'SRID=28992;POINT(94286.471882 463928.603089)',
      ],
    ],
  },
];

export const geoShapes: readonly FunctionSpec[] = [...PARTS, ...MEASURES, ...DERIVED];
