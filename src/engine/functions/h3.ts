import { arrayOf, plain, type SqlType } from '../types/type.ts';
import type { FunctionSpec, Overload } from './function.ts';
import { on, scalar } from './row.ts';

/** The hexagonal grid H3. Kernels take cells as hex digits; what they give as text is cast to the list or tuple. */

const CELL = 'db_h3_str($1)';
const CELLS = 'db_h3_str($1), db_h3_str($2)';
const CELL_AND_NUMBER = 'db_h3_str($1), CAST($2 AS INTEGER)';

function pair(first: SqlType, second: SqlType = first): SqlType {
  return {
    kind: 'Tuple',
    fields: [
      { name: '1', type: first },
      { name: '2', type: second },
    ],
  };
}

const PLACE = pair(plain('Float64'));

/** Of one cell or edge. */
function ofIndex(returns: Overload['returns'], kernel: string): readonly Overload[] {
  return [on('UInt64', returns, `CAST(${kernel}(${CELL}) AS $T)`)];
}

function ofTwo(returns: Overload['returns'], kernel: string): readonly Overload[] {
  return [on('UInt64, UInt64', returns, `CAST(${kernel}(${CELLS}) AS $T)`)];
}

function ofIndexAnd(number: 'UInt8' | 'UInt32', returns: Overload['returns'], kernel: string): readonly Overload[] {
  return [on(`UInt64, ${number}`, returns, `CAST(${kernel}(${CELL_AND_NUMBER}) AS $T)`)];
}

/** A figure of a resolution, which goes from 0 to 15. */
function ofResolution(name: string, returns: string, value: string): readonly Overload[] {
  const failure = `db_fail('1006|invalid resolution (got Some(' || $1 || ')): out of range|${name}(' || $1 || ')')`;
  return [on('UInt8', returns, `CAST(CASE WHEN ($1 > 15) THEN ${failure} ELSE ${value} END AS $T)`)];
}

const CELLS_AND_PLACES: readonly FunctionSpec[] = [
  scalar(
    'geo_to_h3',
    'The cell of a longitude and latitude at a resolution from 0 to 15.',
    [on('Float64, Float64, UInt8', 'UInt64', 'geo_to_h3($1, $2, CAST($3 AS INTEGER))')],
    [['geo_to_h3(37.79506683, 55.71290588, 15)', '644325524701193974']],
  ),
  scalar(
    'h3_to_geo',
    'The longitude and latitude of the centre of a cell.',
    ofIndex(() => PLACE, 'h3_to_geo'),
    [['round(h3_to_geo(644325524701193974).1, 6)', '37.795066']],
  ),
  scalar(
    'h3_to_geo_boundary',
    'The corners of a cell as longitudes and latitudes.',
    ofIndex(() => arrayOf(PLACE), 'h3_to_geo_boundary'),
    [['length(h3_to_geo_boundary(644325524701193974))', '6']],
  ),
  scalar(
    'h3_to_string',
    'The hex digits of a cell.',
    [on('UInt64', 'String', `h3_to_string(${CELL})`)],
    [['h3_to_string(635318325446452991)', '8d11aa6a38826ff']],
  ),
  scalar(
    'string_to_h3',
    'The cell of its hex digits.',
    [on('String', 'UInt64', 'h3_from_string($1)')],
    [["string_to_h3('8d11aa6a38826ff')", '635318325446452991']],
  ),
  scalar('h3_is_valid', 'Whether a number is a cell.', ofIndex('Boolean', 'h3_is_valid'), [
    ['h3_is_valid(644325524701193974)', 'true'],
    ['h3_is_valid(1)', 'false'],
  ]),
  scalar('h3_get_resolution', 'The resolution of a cell.', ofIndex('UInt8', 'h3_get_resolution'), [
    ['h3_get_resolution(644325524701193974)', '15'],
  ]),
  scalar('h3_get_base_cell', 'The number of the base cell that a cell lies in.', ofIndex('UInt8', 'h3_get_base_cell'), [
    ['h3_get_base_cell(644325524701193974)', '8'],
  ]),
  scalar(
    'h3_get_faces',
    'The faces of the icosahedron that a cell touches.',
    ofIndex(() => arrayOf(plain('UInt8')), 'h3_get_faces'),
    [['h3_get_faces(599119489002373119)', '[0,1,2,3,4]']],
  ),
  scalar('h3_is_pentagon', 'Whether a cell has five corners.', ofIndex('Boolean', 'h3_is_pentagon'), [
    ['h3_is_pentagon(599119489002373119)', 'true'],
  ]),
  scalar(
    'h3_is_res_class_iii',
    "Whether a cell's resolution is odd, its orientation that of Class III.",
    ofIndex('Boolean', 'h3_is_res_class_iii'),
    [['h3_is_res_class_iii(635318325446452991)', 'true']],
  ),
];

const HIERARCHY: readonly FunctionSpec[] = [
  scalar(
    'h3_to_parent',
    'The cell of a coarser resolution that a cell lies in; 0 for a finer one.',
    ofIndexAnd('UInt8', 'UInt64', 'h3_to_parent'),
    [
      ['h3_to_parent(635318325446452991, 12)', '630814725819082751'],
      ['h3_to_parent(635318325446452991, 14)', '0'],
    ],
  ),
  scalar(
    'h3_to_center_child',
    'The cell of a finer resolution in the middle of a cell; 0 for a coarser one.',
    ofIndexAnd('UInt8', 'UInt64', 'h3_to_center_child'),
    [['h3_to_center_child(599119489002373119, 15)', '644155484202336256']],
  ),
  scalar(
    'h3_to_children',
    'The cells of a finer resolution in a cell.',
    ofIndexAnd('UInt8', () => arrayOf(plain('UInt64')), 'h3_to_children'),
    [['length(h3_to_children(635318325446452991, 14))', '7']],
  ),
];

const NEIGHBOURS: readonly FunctionSpec[] = [
  scalar('h3_distance', 'How many steps lie between two cells.', ofTwo('Int32', 'h3_distance'), [
    ['h3_distance(599119489002373119, 599119491149856767)', '1'],
  ]),
  scalar(
    'h3_k_ring',
    'The cells within a number of steps of a cell, itself first.',
    ofIndexAnd('UInt32', () => arrayOf(plain('UInt64')), 'h3_k_ring'),
    [
      [
        'h3_k_ring(644325524701193974, 1)',
        '[644325524701193974,644325524701193899,644325524701193869,644325524701193970,644325524701193968,644325524701193972,644325524701193897]',
      ],
    ],
  ),
  scalar(
    'h3_hex_ring',
    'The cells that lie a number of steps from a cell.',
    ofIndexAnd('UInt32', () => arrayOf(plain('UInt64')), 'h3_hex_ring'),
    [['length(h3_hex_ring(599686042433355775, 2))', '12']],
  ),
  scalar(
    'h3_line',
    'The cells on the way from one to another.',
    ofTwo(() => arrayOf(plain('UInt64')), 'h3_line'),
    [['h3_line(599119489002373119, 599119491149856767)', '[599119489002373119,599119491149856767]']],
  ),
  scalar('h3_indexes_are_neighbors', 'Whether two cells touch.', ofTwo('Boolean', 'h3_are_neighbors'), [
    ['h3_indexes_are_neighbors(644325524701193974, 644325524701193897)', 'true'],
  ]),
];

const EDGE = '1248204388774707199';

const EDGES: readonly FunctionSpec[] = [
  scalar(
    'h3_get_unidirectional_edge',
    'The edge from one cell to its neighbour; 0 if they do not touch.',
    ofTwo('UInt64', 'h3_edge_between'),
    [['h3_get_unidirectional_edge(599686042433355775, 599686043507097599)', EDGE]],
  ),
  scalar('h3_unidirectional_edge_is_valid', 'Whether a number is an edge.', ofIndex('Boolean', 'h3_is_edge'), [
    [`h3_unidirectional_edge_is_valid(${EDGE})`, 'true'],
  ]),
  scalar(
    'h3_get_origin_index_from_unidirectional_edge',
    'The cell that an edge leaves.',
    ofIndex('UInt64', 'h3_edge_origin'),
    [[`h3_get_origin_index_from_unidirectional_edge(${EDGE})`, '599686042433355775']],
  ),
  scalar(
    'h3_get_destination_index_from_unidirectional_edge',
    'The cell that an edge leads to.',
    ofIndex('UInt64', 'h3_edge_destination'),
    [[`h3_get_destination_index_from_unidirectional_edge(${EDGE})`, '599686043507097599']],
  ),
  scalar(
    'h3_get_indexes_from_unidirectional_edge',
    'The cells that an edge leaves and leads to.',
    ofIndex(() => pair(plain('UInt64')), 'h3_edge_cells'),
    [[`h3_get_indexes_from_unidirectional_edge(${EDGE})`, '(599686042433355775,599686043507097599)']],
  ),
  scalar(
    'h3_get_unidirectional_edges_from_hexagon',
    'The edges that leave a cell.',
    ofIndex(() => arrayOf(plain('UInt64')), 'h3_edges_of'),
    [['length(h3_get_unidirectional_edges_from_hexagon(644325524701193974))', '6']],
  ),
  scalar(
    'h3_get_unidirectional_edge_boundary',
    'The points of an edge as latitudes and longitudes.',
    ofIndex(() => arrayOf(PLACE), 'h3_edge_boundary'),
    [[`length(h3_get_unidirectional_edge_boundary(${EDGE}))`, '2']],
  ),
  ...(['km', 'm', 'rads'] as const).map((unit, index) => {
    const words = ['kilometres', 'metres', 'radians'][index];
    const length = ['8.267327', '8267.327', '0.001298'][index] ?? '';
    return scalar(
      `h3_exact_edge_length_${unit}`,
      `The length of an edge in ${words}.`,
      ofIndex('Float64', `h3_edge_length_of_${unit}`),
      [[`round(h3_exact_edge_length_${unit}(1319695429381652479), ${unit === 'm' ? 3 : 6})`, length]],
    );
  }),
];

const FIGURES: readonly FunctionSpec[] = [
  scalar('h3_cell_area_m2', 'The area of a cell in square metres.', ofIndex('Float64', 'h3_cell_area_m2'), [
    ['round(h3_cell_area_m2(599119489002373119), 3)', '127785582.608'],
  ]),
  scalar('h3_cell_area_rads2', 'The area of a cell in square radians.', ofIndex('Float64', 'h3_cell_area_rads2'), [
    ['round(h3_cell_area_rads2(599119489002373119), 12)', '3.148224e-6'],
  ]),
  scalar(
    'h3_hex_area_m2',
    'The average area of cells of a resolution in square metres.',
    ofResolution('h3_hex_area_m2', 'Float64', 'db_h3_area_m2($1)'),
    [['h3_hex_area_m2(1)', '609788441794.1339']],
  ),
  scalar(
    'h3_hex_area_km2',
    'The average area of cells of a resolution in square kilometres.',
    ofResolution('h3_hex_area_km2', 'Float64', 'db_h3_area_km2($1)'),
    [['h3_hex_area_km2(1)', '609788.4417941332']],
  ),
  scalar(
    'h3_edge_length_m',
    'The average length of edges of a resolution in metres.',
    ofResolution('h3_edge_length_m', 'Float64', 'db_h3_edge_m($1)'),
    [['h3_edge_length_m(1)', '483056.8390711111']],
  ),
  scalar(
    'h3_edge_length_km',
    'The average length of edges of a resolution in kilometres.',
    ofResolution('h3_edge_length_km', 'Float64', 'db_h3_edge_km($1)'),
    [['h3_edge_length_km(1)', '483.0568390711111']],
  ),
  scalar(
    'h3_edge_angle',
    'The average length of edges of a resolution in degrees.',
    ofResolution('h3_edge_angle', 'Float64', '(8.99320592271288e-6 * db_h3_edge_m($1))'),
    [['round(h3_edge_angle(10), 12)', '0.000682258621']],
  ),
  scalar(
    'h3_num_hexagons',
    'How many cells a resolution has.',
    ofResolution('h3_num_hexagons', 'UInt64', '(2 + 120 * (CAST(7 AS HUGEINT) ** $1))'),
    [['h3_num_hexagons(10)', '33897029882']],
  ),
];

export const h3Functions: readonly FunctionSpec[] = [
  ...CELLS_AND_PLACES,
  ...HIERARCHY,
  ...NEIGHBOURS,
  ...EDGES,
  ...FIGURES,
];
