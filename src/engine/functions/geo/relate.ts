import type { FunctionSpec } from '../function.ts';

/** How two geometries lie to each other. */

function predicate(name: string, doc: string, ...examples: FunctionSpec['examples']): FunctionSpec {
  return {
    name,
    kind: 'scalar',
    doc,
    overloads: [{ args: ['Geometry', 'Geometry'], returns: 'Boolean', lower: `${name}($1, $2)` }],
    examples,
  };
}

const SQUARE = "to_geometry('POLYGON((0 0, 3 0, 3 3, 0 3, 0 0))')";

const PREDICATES: readonly FunctionSpec[] = [
  predicate(
    'st_contains',
    'Whether nothing of the second geometry lies outside the first and their interiors meet.',
    [`st_contains(${SQUARE}, to_geometry('POINT(1 1)'))`, 'true'],
    [`st_contains(${SQUARE}, to_geometry('POINT(3 1)'))`, 'false'],
  ),
  predicate('st_within', 'Whether nothing of the first geometry lies outside the second and their interiors meet.', [
    "st_within(to_geometry('POINT(1 2)'), to_geometry('LINESTRING(0 0, 2 4)'))",
    'true',
  ]),
  predicate('st_covers', 'Whether nothing of the second geometry lies outside the first; the boundary counts.', [
    `st_covers(${SQUARE}, to_geometry('POINT(3 1)'))`,
    'true',
  ]),
  predicate('st_coveredby', 'Whether nothing of the first geometry lies outside the second; the boundary counts.', [
    `st_coveredby(to_geometry('POINT(3 1)'), ${SQUARE})`,
    'true',
  ]),
  predicate('st_intersects', 'Whether two geometries have a point in common.', [
    "st_intersects(to_geometry('POINT(0 0)'), to_geometry('LINESTRING(0 0, 0 2)'))",
    'true',
  ]),
  predicate('st_disjoint', 'Whether two geometries have no point in common.', [
    "st_disjoint(to_geometry('POINT(0 0)'), to_geometry('LINESTRING(2 0, 0 2)'))",
    'true',
  ]),
  predicate('st_equals', 'Whether two geometries are the same set of points, whatever their vertices.', [
    "st_equals(to_geometry('LINESTRING(0 0, 10 10)'), to_geometry('LINESTRING(0 0, 5 5, 10 10)'))",
    'true',
  ]),
];

const DISTANCES: readonly FunctionSpec[] = [
  {
    name: 'st_distance',
    kind: 'scalar',
    doc: 'The least distance: between GEOMETRY values in the units of their reference system, between GEOGRAPHY values in metres.',
    overloads: [
      { args: ['Geometry', 'Geometry'], returns: 'Float64', nulls: 'always', lower: 'st_distance($1, $2)' },
      { args: ['Geography', 'Geography'], returns: 'Float64', nulls: 'always', lower: 'geog_distance($1, $2)' },
    ],
    examples: [
      ["st_distance(to_geometry('POINT(0 0)'), to_geometry('POINT(1 1)'))", '1.414213562'],
      ['st_distance(st_makepoint(0, 0), st_makepoint(1, 0))', '111195.080233533'],
    ],
  },
  {
    name: 'st_dwithin',
    kind: 'scalar',
    doc: 'Whether two geometries are no farther apart than a distance in the units of their reference system.',
    overloads: [{ args: ['Geometry', 'Geometry', 'Float64'], returns: 'Boolean', lower: 'st_dwithin($1, $2, $3)' }],
    examples: [["st_dwithin(to_geometry('POINT(0 0)'), to_geometry('POINT(1 1)'), 1.5)", 'true']],
  },
  {
    name: 'st_hausdorffdistance',
    kind: 'scalar',
    doc: 'The greatest distance from a vertex of either geometry to the nearest vertex of the other.',
    overloads: [
      { args: ['Geometry', 'Geometry'], returns: 'Float64', nulls: 'always', lower: 'st_hausdorffdistance($1, $2)' },
    ],
    examples: [
      ["st_hausdorffdistance(to_geometry('LINESTRING(0 0, 1 1)'), to_geometry('LINESTRING(2 2, 3 3)'))", '2.828427125'],
    ],
  },
  {
    name: 'st_azimuth',
    kind: 'scalar',
    doc: 'The direction from one point to another in radians, clockwise from north; NULL if they are the same.',
    overloads: [{ args: ['Geometry', 'Geometry'], returns: 'Float64', nulls: 'always', lower: 'st_azimuth($1, $2)' }],
    examples: [["st_azimuth(to_geometry('POINT(0 0)'), to_geometry('POINT(1 1)'))", '0.785398163']],
  },
];

export const geoRelations: readonly FunctionSpec[] = [...PREDICATES, ...DISTANCES];
