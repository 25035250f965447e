import type { BoundFlatten, BoundFrom, BoundUnnest } from '../bind/plan.ts';
import { duckString } from '../types/duck.ts';
import type { LowerContext } from './context.ts';
import { lowerExpr } from './expr.ts';

/** FROM items that unfold each row of what stands before them into several. */
export type Unfolding = BoundFlatten | BoundUnnest;

export function isUnfolding(from: BoundFrom): from is Unfolding {
  return from.kind === 'Flatten' || from.kind === 'Unnest';
}

/**
 * Rows with what they unfold to, in their order, which a lateral join of DuckDB would lose. The relations on the left
 * become columns of their names, each a struct, so that `r1.c0` means the same as before.
 */
export function lowerUnfolded(left: BoundFrom, leftSql: string, right: Unfolding, ctx: LowerContext): string {
  const relations = idsOf(left)
    .map((id) => `r${id}`)
    .join(', ');
  const numbered = `SELECT ${relations}, row_number() OVER () AS s FROM ${leftSql}`;
  const unfolded = `SELECT ${relations}, s, unnest(${listOf(right, ctx)}) AS f FROM (${numbered})`;
  const columns = columnsOf(right, 's', ctx).map((text, index) => `c${index} := ${text}`);
  return `(SELECT ${relations}, struct_pack(${columns.join(', ')}) AS r${right.id} FROM (${unfolded})) AS x${right.id}`;
}

/** The same beside a row that stays where nothing comes of it: for LEFT JOIN, and where nothing stands before. */
export function lowerLateral(right: Unfolding, ctx: LowerContext): string {
  const columns = columnsOf(right, '1', ctx).map((text, index) => `${text} AS c${index}`);
  return `LATERAL (SELECT ${columns.join(', ')} FROM (SELECT unnest(${listOf(right, ctx)}) AS f)) AS r${right.id}`;
}

function idsOf(from: BoundFrom): readonly number[] {
  return from.kind === 'Join' ? [...idsOf(from.left), ...idsOf(from.right)] : [from.id];
}

/** One text a row, its fields separated by unit separators, as the kernel of FLATTEN gives them. */
function listOf(right: Unfolding, ctx: LowerContext): string {
  if (right.kind === 'Unnest') return lowerExpr(right.list, ctx);
  const { input, path, outer, recursive, mode } = right;
  const options = `${duckString(path)}, ${outer ? 1 : 0}, ${recursive ? 1 : 0}, ${duckString(mode)}`;
  return `string_split(json_flatten(${lowerExpr(input, ctx)}, ${options}), chr(30))`;
}

/** Out of `f`, an item of the list; `sequence` numbers the inputs. */
function columnsOf(right: Unfolding, sequence: string, ctx: LowerContext): readonly string[] {
  if (right.kind === 'Unnest') return ['f'];
  const { input, path, recursive } = right;
  const document = lowerExpr(input, ctx);
  const field = (index: number) => `nullif(string_split(f, chr(31))[${index}], chr(29))`;
  // Unless recursive, all rows of an input stand in the same container.
  const whole = path === '' ? document : `json_get_path(${document}, ${duckString(path)})`;
  const container = recursive ? field(5) : `CASE WHEN ${field(4)} IS NOT NULL THEN ${whole} END`;
  return [`CAST(${sequence} AS UBIGINT)`, field(1), field(2), `CAST(${field(3)} AS UBIGINT)`, field(4), container];
}
