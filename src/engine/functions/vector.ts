import { SqlError } from '../base/errors.ts';
import { plain, type SqlType } from '../types/type.ts';
import type { FunctionSpec, LoweredCall, Overload } from './function.ts';
import { on, scalar } from './row.ts';

/** Distances of vectors, and of arrays as vectors. */

/** Two vectors of one size. */
function float32Of(args: readonly SqlType[]): SqlType {
  const [left, right] = args.flatMap((type) => (type.kind === 'Vector' ? type.dimension : []));
  if (left !== undefined && right !== undefined && left !== right)
    throw new SqlError('BadArguments', `Vector length not equal: ${left} != ${right}`);
  return plain('Float32');
}

/** A NULL has no size of its own, so DuckDB could not give it a type. */
function overVectors(name: string): Overload {
  return on('Vector, Vector', float32Of, ({ args, argTypes }) =>
    argTypes.every(({ kind }) => kind === 'Vector') ? `${name}(${args.join(', ')})` : 'CAST(NULL AS FLOAT)',
  );
}

/** The formula over arrays, which must be of one size, in 32 or 64 bits. */
function overArrays(bits: 32 | 64, formula: string): Overload {
  const failure = `db_fail('1006|Vector length not equal: ' || len($1) || ' != ' || len($2))`;
  const type = `Float${bits}`;
  return on(
    `Array(${type}), Array(${type})`,
    type,
    `CAST((CASE WHEN (len($1) <> len($2)) THEN ${failure} ELSE ${formula} END) AS $T)`,
  );
}

interface Formulas {
  /** The function over FLOAT[n]. */
  readonly vectors: string;
  /** Over lists. */
  readonly arrays: string;
  readonly doubles?: string;
}

function distance({ vectors, arrays, doubles = arrays }: Formulas): readonly Overload[] {
  return [overVectors(vectors), overArrays(32, arrays), overArrays(64, doubles)];
}

/** DuckDB's own cosine distance differs in the last digits and is 2 for a vector of zeros, where Databend gives NaN. */
const COSINE =
  '1 - (list_inner_product($1, $2) / (sqrt(list_inner_product($1, $1)) * sqrt(list_inner_product($2, $2))))';

/** With every step in 32 bits. */
const COSINE_32 =
  'CAST(1 AS FLOAT) - CAST((list_inner_product($1, $2) / CAST((CAST(sqrt(list_inner_product($1, $1)) AS FLOAT) * CAST(sqrt(list_inner_product($2, $2)) AS FLOAT)) AS FLOAT)) AS FLOAT)';

const MANHATTAN =
  'list_sum(list_transform(range(1, len($1) + 1), lambda i_manhattan: abs($1[i_manhattan] - $2[i_manhattan])))';

function dimensions({ args, argTypes }: LoweredCall): string {
  const [type] = argTypes;
  return `(CASE WHEN ${args[0]} IS NOT NULL THEN CAST(${type?.kind === 'Vector' ? type.dimension : 'NULL'} AS INTEGER) END)`;
}

export const vectorFunctions: readonly FunctionSpec[] = [
  scalar(
    'cosine_distance',
    'One less the cosine of the angle between two vectors: 0 for the same direction, 2 for the opposite.',
    distance({ vectors: 'db_cos', arrays: COSINE_32, doubles: COSINE }),
    [
      ['cosine_distance([1, 2, 3]::VECTOR(3), [4, 5, 6]::VECTOR(3))', '0.025368214'],
      ['cosine_distance([0, 0]::VECTOR(2), [1, 2]::VECTOR(2))', 'NaN'],
      ['[3, 4]::VECTOR(2) <=> [3, 4]::VECTOR(2)', '0.0'],
    ],
  ),
  scalar(
    'l1_distance',
    'The sum of the differences of two vectors, element by element.',
    distance({ vectors: 'db_l1', arrays: MANHATTAN }),
    [
      ['l1_distance([1, 2, 3]::VECTOR(3), [4, 5, 6]::VECTOR(3))', '9.0'],
      ['l1_distance([1.5, 2], [1, 4.25])', '2.75'],
    ],
  ),
  scalar(
    'l2_distance',
    'The length of the difference of two vectors.',
    distance({ vectors: 'array_distance', arrays: 'list_distance($1, $2)' }),
    [
      ['l2_distance([1, 2, 3]::VECTOR(3), [4, 5, 6]::VECTOR(3))', '5.196152'],
      ['l2_distance([0, 0], [3, 4])', '5.0'],
    ],
  ),
  scalar(
    'inner_product',
    'The sum of the products of two vectors, element by element.',
    distance({ vectors: 'array_inner_product', arrays: 'list_inner_product($1, $2)' }),
    [['inner_product([1, 2, 3]::VECTOR(3), [4, 5, 6]::VECTOR(3))', '32.0']],
  ),
  scalar(
    'vector_dims',
    'How many elements a vector has.',
    [on('Vector', 'Int32', dimensions)],
    [['vector_dims([1, 2, 3]::VECTOR(3))', '3']],
  ),
  scalar(
    'vector_norm',
    'The length of a vector.',
    [on('Vector', float32Of, 'CAST(sqrt(array_inner_product($1, $1)) AS FLOAT)')],
    [['vector_norm([1, 2, 3]::VECTOR(3))', '3.7416575']],
  ),
];
