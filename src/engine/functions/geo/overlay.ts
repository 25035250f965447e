import type { FunctionSpec, TypePattern } from '../function.ts';
import { aggregate, on, scalar } from '../row.ts';

/** Geometries made of others: what they have in common, what surrounds them. */

const EMPTY = { nulls: 'always' } as const;

function operation(name: string, doc: string, ...examples: FunctionSpec['examples']): FunctionSpec {
  return scalar(name, doc, [on('Geometry, Geometry', 'Geometry', `${name}($1, $2)`, EMPTY)], examples);
}

const OPERATIONS: readonly FunctionSpec[] = [
  operation('st_union', 'All points of two geometries.', [
    "st_aswkt(st_union(to_geometry('POINT(0 0)'), to_geometry('POINT(1 1)')))",
    'MULTIPOINT(0 0,1 1)',
  ]),
  operation('st_intersection', 'The points that two geometries have in common; NULL without any.', [
    "st_aswkt(st_intersection(to_geometry('LINESTRING(0 0, 1 1)'), to_geometry('LINESTRING(0 0, 1 1)')))",
    'LINESTRING(0 0,1 1)',
  ]),
  operation('st_difference', 'The points of the first geometry that the second does not have; NULL without any.', [
    "st_aswkt(st_difference(to_geometry('POINT(0 0)'), to_geometry('POINT(1 1)')))",
    'POINT(0 0)',
  ]),
  operation('st_symdifference', 'The points that only one of two geometries has; NULL without any.', [
    "st_aswkt(st_symdifference(to_geometry('POINT(0 0)'), to_geometry('POINT(1 1)')))",
    'MULTIPOINT(0 0,1 1)',
  ]),
];

function withNumber(lower: string, extras = {}): FunctionSpec['overloads'] {
  const args = 'Geometry, Float64';
  const returns: TypePattern = 'Geometry';
  return [on(args, returns, lower, extras)];
}

const SURROUNDINGS: readonly FunctionSpec[] = [
  scalar(
    'st_buffer',
    'All points within a distance as a MULTIPOLYGON; below 0, polygons shrink. NULL if nothing is left.',
    withNumber('st_buffer($1, $2)', EMPTY),
    [
      [
        "st_aswkt(st_buffer(to_geometry('POLYGON((0 0, 4 0, 4 4, 0 4, 0 0))'), 0))",
        'MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)))',
      ],
      ["st_buffer(to_geometry('POINT(0 0)'), 0)", 'NULL'],
      ["st_srid(st_buffer(st_geometryfromwkt('POINT(0 0)', 4326), 1))", '4326'],
    ],
  ),
  scalar(
    'st_convexhull',
    'The smallest convex area around a geometry.',
    [on('Geometry', 'Geometry', 'st_convexhull($1)')],
    [["st_astext(st_convexhull(to_geometry('POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))')))", 'POLYGON((2 0,2 2,0 2,0 0,2 0))']],
  ),
  scalar(
    'st_simplify',
    'A geometry without the points that lie no farther than a distance from the line without them.',
    withNumber('st_simplify($1, $2)'),
    [["st_aswkt(st_simplify(to_geometry('LINESTRING(0 0, 1 0, 1 1, 2 1)'), 0.5))", 'LINESTRING(0 0,2 1)']],
  ),
];

/** Gathers the bytes of a group's geometries as hex digits for a kernel. */
function gathered(name: string, kernel: string, doc: string, example: readonly [string, string]): FunctionSpec {
  const lower = `${kernel}(string_agg($D hex($1), ',' $O) $W)`;
  return aggregate(name, doc, [on('Geometry', 'Geometry', lower, EMPTY)], [example]);
}

const POINTS = "FROM (VALUES ('POINT(1 1)'), ('POINT(2 3)'), (NULL)) t(x)";

const AGGREGATES: readonly FunctionSpec[] = [
  gathered('st_collect', 'st_collect_all', 'The geometries of a group as one of many parts.', [
    `st_aswkt(st_collect(to_geometry(x))) ${POINTS}`,
    'MULTIPOINT(1 1,2 3)',
  ]),
  gathered('st_union_agg', 'st_union_all', 'All points of the geometries of a group.', [
    `st_aswkt(st_union_agg(to_geometry(x))) ${POINTS}`,
    'MULTIPOINT(1 1,2 3)',
  ]),
  gathered('st_intersection_agg', 'st_intersection_all', 'The points that all geometries of a group have in common.', [
    `st_intersection_agg(to_geometry(x)) ${POINTS}`,
    'NULL',
  ]),
  gathered('st_envelope_agg', 'st_envelope_all', 'The rectangle around the geometries of a group.', [
    `st_aswkt(st_envelope_agg(to_geometry(x))) ${POINTS}`,
    'POLYGON((1 1,2 1,2 3,1 3,1 1))',
  ]),
];

export const geoOverlays: readonly FunctionSpec[] = [...OPERATIONS, ...SURROUNDINGS, ...AGGREGATES];
