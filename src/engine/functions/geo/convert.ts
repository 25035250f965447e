import type { FunctionSpec, Overload } from '../function.ts';

/** Geometries from texts, bytes and numbers, and back. */

const STRICT = 0;
const LENIENT = 1;

/** From any form: text, bytes or GeoJSON; of a GEOMETRY with an SRID, too. */
function fromAnything(type: 'Geometry' | 'Geography', lenient: typeof STRICT | typeof LENIENT): readonly Overload[] {
  const name = type.toLowerCase();
  const kernels = [
    ['String', `parse_${name}`],
    ['Binary', `${name}_from_wkb`],
    ['Variant', `${name}_from_json`],
  ] as const;
  const nulls = lenient ? 'always' : 'propagate';
  const plain = kernels.map(
    ([arg, kernel]): Overload => ({ args: [arg], returns: type, nulls, lower: `${kernel}($1, ${lenient})` }),
  );
  if (type === 'Geography') return plain;
  const placed = kernels.map(
    ([arg, kernel]): Overload => ({
      args: [arg, 'Int32'],
      returns: type,
      nulls,
      lower: `${kernel}_srid($1, $2, ${lenient})`,
    }),
  );
  return [...plain, ...placed];
}

const CONSTRUCTORS: readonly FunctionSpec[] = [
  {
    name: 'to_geometry',
    kind: 'scalar',
    doc: 'Reads a GEOMETRY from WKT, EWKT, WKB or EWKB (bytes or hex digits) or GeoJSON, with an SRID of choice.',
    overloads: fromAnything('Geometry', STRICT),
    examples: [
      ["st_asewkt(to_geometry('SRID=4326;POINT(1820.12 890.56)'))", 'SRID=4326;POINT(1820.12 890.56)'],
      ["st_asewkt(to_geometry('POINT(1820.12 890.56)', 4326))", 'SRID=4326;POINT(1820.12 890.56)'],
      [
        "st_asewkt(to_geometry('0101000020797f000066666666a9cb17411f85ebc19e325641'))",
        'SRID=32633;POINT(389866.35 5819003.03)',
      ],
      [
        `st_astext(to_geometry('{"coordinates":[[389866,5819003],[390000,5830000]],"type":"LineString"}'))`,
        'LINESTRING(389866 5819003,390000 5830000)',
      ],
      ["to_geometry('POINT(60 37)')", '{"type": "Point", "coordinates": [60,37]}'],
    ],
  },
  {
    name: 'try_to_geometry',
    kind: 'scalar',
    doc: 'Reads a GEOMETRY like TO_GEOMETRY; NULL for what cannot be read.',
    overloads: fromAnything('Geometry', LENIENT),
    examples: [
      ["st_astext(try_to_geometry('POINT(1820.12 890.56)'))", 'POINT(1820.12 890.56)'],
      ["try_to_geometry('1234', 4326)", 'NULL'],
    ],
  },
  {
    name: 'to_geography',
    kind: 'scalar',
    doc: 'Reads a GEOGRAPHY from WKT, EWKT, WKB or EWKB (bytes or hex digits) or GeoJSON; its SRID is always 4326.',
    overloads: fromAnything('Geography', STRICT),
    examples: [["st_astext(to_geography('SRID=4326;POINT(12.57 0)'))", 'POINT(12.57 0)']],
  },
  {
    name: 'try_to_geography',
    kind: 'scalar',
    doc: 'Reads a GEOGRAPHY like TO_GEOGRAPHY; NULL for what cannot be read.',
    overloads: fromAnything('Geography', LENIENT),
    examples: [["try_to_geography('POINT(1 91)')", 'NULL']],
  },
  {
    name: 'st_geometryfromwkt',
    aliases: ['st_geomfromwkt', 'st_geometryfromewkt', 'st_geomfromewkt', 'st_geomfromtext', 'st_geometryfromtext'],
    kind: 'scalar',
    doc: 'Reads a GEOMETRY from WKT or EWKT, with an SRID of choice.',
    overloads: [
      { args: ['String'], returns: 'Geometry', lower: 'geometry_from_wkt($1, 0)' },
      { args: ['String', 'Int32'], returns: 'Geometry', lower: 'geometry_from_wkt_srid($1, $2, 0)' },
    ],
    examples: [
      ["st_astext(st_geometryfromwkt('POINT(1820.12 890.56)'))", 'POINT(1820.12 890.56)'],
      ["st_asewkt(st_geomfromwkt('POINT(389866.35 5819003.03)', 32633))", 'SRID=32633;POINT(389866.35 5819003.03)'],
    ],
  },
  {
    name: 'st_geometryfromwkb',
    aliases: ['st_geomfromwkb', 'st_geometryfromewkb', 'st_geomfromewkb'],
    kind: 'scalar',
    doc: 'Reads a GEOMETRY from WKB or EWKB, in bytes or hex digits, with an SRID of choice.',
    overloads: [
      { args: ['String'], returns: 'Geometry', lower: 'geometry_from_hex($1, 0)' },
      { args: ['Binary'], returns: 'Geometry', lower: 'geometry_from_wkb($1, 0)' },
      { args: ['String', 'Int32'], returns: 'Geometry', lower: 'geometry_from_hex_srid($1, $2, 0)' },
      { args: ['Binary', 'Int32'], returns: 'Geometry', lower: 'geometry_from_wkb_srid($1, $2, 0)' },
    ],
    examples: [
      [
        "st_asewkt(st_geometryfromwkb('0101000020797f000066666666a9cb17411f85ebc19e325641'))",
        'SRID=32633;POINT(389866.35 5819003.03)',
      ],
      [
        "st_asewkt(st_geometryfromwkb('0101000020797f000066666666a9cb17411f85ebc19e325641', 4326))",
        'SRID=4326;POINT(389866.35 5819003.03)',
      ],
    ],
  },
  {
    name: 'st_geographyfromwkt',
    aliases: ['st_geogfromwkt', 'st_geographyfromewkt', 'st_geographyfromtext', 'st_geogfromtext'],
    kind: 'scalar',
    doc: 'Reads a GEOGRAPHY from WKT or EWKT.',
    overloads: [{ args: ['String'], returns: 'Geography', lower: 'geography_from_wkt($1, 0)' }],
    examples: [
      ["st_astext(st_geographyfromwkt('SRID=4326;POINT(-122.35 37.55)'))", 'POINT(-122.35 37.55)'],
      ["st_astext(st_geogfromtext('POINT EMPTY'))", 'MULTIPOINT EMPTY'],
    ],
  },
  {
    name: 'st_geographyfromwkb',
    aliases: ['st_geogfromwkb', 'st_geogetryfromwkb', 'st_geogfromewkb'],
    kind: 'scalar',
    doc: 'Reads a GEOGRAPHY from WKB or EWKB, in bytes or hex digits.',
    overloads: [
      { args: ['String'], returns: 'Geography', lower: 'geography_from_hex($1, 0)' },
      { args: ['Binary'], returns: 'Geography', lower: 'geography_from_wkb($1, 0)' },
    ],
    examples: [['st_astext(st_geogfromwkb(st_aswkb(st_makepoint(12.57, 0))))', 'POINT(12.57 0)']],
  },
  {
    name: 'st_makegeompoint',
    aliases: ['st_geom_point'],
    kind: 'scalar',
    doc: 'A GEOMETRY point of two numbers.',
    overloads: [{ args: ['Float64', 'Float64'], returns: 'Geometry', lower: 'st_makegeompoint($1, $2)' }],
    examples: [['st_astext(st_makegeompoint(7.0, -8.0))', 'POINT(7 -8)']],
  },
  {
    name: 'st_makepoint',
    aliases: ['st_point'],
    kind: 'scalar',
    doc: 'A GEOGRAPHY point of a longitude and a latitude in degrees.',
    overloads: [{ args: ['Float64', 'Float64'], returns: 'Geography', lower: 'st_makepoint($1, $2)' }],
    examples: [['st_astext(st_makepoint(40.7127, -74.0059))', 'POINT(40.7127 -74.0059)']],
  },
  {
    name: 'st_makeline',
    aliases: ['st_make_line'],
    kind: 'scalar',
    doc: 'A line through the points of two points, multipoints or lines.',
    overloads: [{ args: ['Geometry', 'Geometry'], returns: 'Geometry', lower: 'st_makeline($1, $2)' }],
    examples: [
      [
        "st_asewkt(st_makeline(to_geometry('SRID=4326;POINT(1.0 2.0)'), to_geometry('SRID=4326;POINT(3.5 4.5)')))",
        'SRID=4326;LINESTRING(1 2,3.5 4.5)',
      ],
    ],
  },
  {
    name: 'st_makepolygon',
    aliases: ['st_polygon'],
    kind: 'scalar',
    doc: 'A polygon without holes from a line that ends where it begins.',
    overloads: [
      { args: ['Geometry'], returns: 'Geometry', lower: 'st_makepolygon($1)' },
      { args: ['Geography'], returns: 'Geography', lower: 'st_makepolygon($1)' },
    ],
    examples: [
      [
        "st_astext(st_makepolygon(to_geometry('LINESTRING(0 0, 1 0, 1 2, 0 2, 0 0)')))",
        'POLYGON((0 0,1 0,1 2,0 2,0 0))',
      ],
    ],
  },
  {
    name: 'st_makepolygonoriented',
    kind: 'scalar',
    doc: 'A valid polygon from a closed line, its points in the order given.',
    overloads: [{ args: ['Geometry'], returns: 'Geometry', lower: 'st_makepolygonoriented($1)' }],
    examples: [
      [
        "st_astext(st_makepolygonoriented(to_geometry('LINESTRING(0 0, 0 2, 1 2, 1 0, 0 0)')))",
        'POLYGON((0 0,0 2,1 2,1 0,0 0))',
      ],
    ],
  },
  ...(['geom', 'geog'] as const).flatMap((prefix): FunctionSpec[] => {
    const type = prefix === 'geom' ? 'Geometry' : 'Geography';
    return [
      {
        name: `st_${prefix}fromgeohash`,
        kind: 'scalar',
        doc: `The cell of a geohash as a ${type.toUpperCase()} polygon.`,
        overloads: [{ args: ['String'], returns: type, lower: 'st_geomfromgeohash($1)' }],
        examples: [[`st_astext(st_${prefix}fromgeohash('s'))`, 'POLYGON((45 0,45 45,0 45,0 0,45 0))']],
      },
      {
        name: `st_${prefix}pointfromgeohash`,
        kind: 'scalar',
        doc: `The centre of the cell of a geohash as a ${type.toUpperCase()} point.`,
        overloads: [{ args: ['String'], returns: type, lower: 'st_geompointfromgeohash($1)' }],
        examples: [
          [`st_astext(st_${prefix}pointfromgeohash('s02equ0'))`, 'POINT(1.0004425048828125 2.0001983642578125)'],
        ],
      },
    ];
  }),
];

const WRITERS: readonly FunctionSpec[] = [
  {
    name: 'st_aswkt',
    aliases: ['st_astext'],
    kind: 'scalar',
    doc: 'The well-known text of a GEOMETRY or GEOGRAPHY, without its SRID.',
    overloads: [
      { args: ['Geometry'], returns: 'String', lower: 'st_wkt($1)' },
      { args: ['Geography'], returns: 'String', lower: 'st_wkt($1)' },
    ],
    examples: [["st_astext(to_geometry('SRID=4326;LINESTRING(0.75 0.75, -10 20)'))", 'LINESTRING(0.75 0.75,-10 20)']],
  },
  {
    name: 'st_asewkt',
    kind: 'scalar',
    doc: 'The well-known text of a GEOMETRY or GEOGRAPHY after its SRID, where it has one.',
    overloads: [
      { args: ['Geometry'], returns: 'String', lower: 'st_asewkt($1)' },
      { args: ['Geography'], returns: 'String', lower: 'geog_asewkt($1)' },
    ],
    examples: [
      ["st_asewkt(to_geometry('SRID=4326;POINT(-122.35 37.55)'))", 'SRID=4326;POINT(-122.35 37.55)'],
      ['st_asewkt(st_makepoint(-122.35, 37.55))', 'SRID=4326;POINT(-122.35 37.55)'],
    ],
  },
  {
    name: 'st_aswkb',
    aliases: ['st_asbinary'],
    kind: 'scalar',
    doc: 'The well-known binary form of a GEOMETRY or GEOGRAPHY, without its SRID.',
    overloads: [
      { args: ['Geometry'], returns: 'Binary', lower: 'st_wkb($1)' },
      { args: ['Geography'], returns: 'Binary', lower: 'st_wkb($1)' },
    ],
    examples: [
      ["st_aswkb(to_geometry('SRID=4326;POINT(-122.35 37.55)'))", '01010000006666666666965EC06666666666C64240'],
    ],
  },
  {
    name: 'st_asewkb',
    kind: 'scalar',
    doc: 'The extended well-known binary form of a GEOMETRY or GEOGRAPHY, its SRID in it.',
    overloads: [
      { args: ['Geometry'], returns: 'Binary', lower: 'st_asewkb($1)' },
      { args: ['Geography'], returns: 'Binary', lower: 'geog_asewkb($1)' },
    ],
    examples: [
      [
        "st_asewkb(to_geometry('SRID=4326;POINT(-122.35 37.55)'))",
        '0101000020E61000006666666666965EC06666666666C64240',
      ],
    ],
  },
  {
    name: 'st_asgeojson',
    kind: 'scalar',
    doc: 'A GEOMETRY or GEOGRAPHY as GeoJSON.',
    overloads: [
      { args: ['Geometry'], returns: 'Variant', lower: 'st_asgeojson($1)' },
      { args: ['Geography'], returns: 'Variant', lower: 'st_asgeojson($1)' },
    ],
    examples: [
      [
        "st_asgeojson(to_geometry('SRID=4326;LINESTRING(389866 5819003, 390000 5830000)'))",
        '{"coordinates":[[389866,5819003],[390000,5830000]],"type":"LineString"}',
      ],
    ],
  },
  {
    name: 'st_geohash',
    kind: 'scalar',
    doc: 'The geohash of the middle of a GEOMETRY or GEOGRAPHY, of 12 characters unless told.',
    overloads: (['Geometry', 'Geography'] as const).flatMap((type): Overload[] => [
      { args: [type], returns: 'String', nulls: 'always', lower: 'st_geohash($1, 12)' },
      { args: [type, 'Int32'], returns: 'String', nulls: 'always', lower: 'st_geohash($1, $2)' },
    ]),
    examples: [
      ["st_geohash(to_geometry('POINT(-122.306100 37.554162)'))", '9q9j8ue2v71y'],
      ["st_geohash(to_geometry('POINT(-122.306100 37.554162)'), 5)", '9q9j8'],
    ],
  },
];

export const geoConversions: readonly FunctionSpec[] = [...CONSTRUCTORS, ...WRITERS];
