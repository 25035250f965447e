import { unreachable } from '../base/errors.ts';
import type {
  BoundBody,
  BoundCte,
  BoundFrom,
  BoundGroupBy,
  BoundJoinType,
  BoundQuery,
  BoundQueryOrder,
  BoundSelect,
} from '../bind/plan.ts';
import { visitQuery } from '../bind/walk.ts';
import { duckType, sortKey } from '../types/duck.ts';
import { type SqlType, sameType } from '../types/type.ts';
import { lowerCast } from './cast.ts';
import type { LowerContext, LowerSettings } from './context.ts';
import { lowerExpr, orderSuffix } from './expr.ts';
import { sharedPaths } from './shared-paths.ts';
import { isUnfolding, lowerLateral, lowerUnfolded } from './unfold.ts';

/** Where a base relation's rows are: SQL that may stand in FROM, with columns `c0`, `c1` … by their index. */
export type RelationSql = (id: number) => string;

/** A bound query as DuckDB SQL. Its columns are called `c0`, `c1` …, in the types of `types/duck.ts`. */
export function lowerQuery(query: BoundQuery, relation: RelationSql, settings: LowerSettings): string {
  const ctx: LowerContext & { readonly relation: RelationSql } = {
    settings,
    relation,
    column: ({ relation: id, index }) => `r${id}.c${index}`,
    query: (inner) => lowerInner(inner, ctx),
  };
  return lowerInner(query, ctx);
}

interface QueryContext extends LowerContext {
  readonly relation: RelationSql;
}

function lowerInner(query: BoundQuery, ctx: QueryContext): string {
  const parts = [
    lowerWith(query, ctx),
    lowerBody(query.body, query, ctx),
    query.orderBy.length > 0
      ? `ORDER BY ${query.orderBy.map((item) => lowerQueryOrder(item, query, ctx)).join(', ')}`
      : '',
    query.limit ? `LIMIT ${lowerExpr(query.limit, ctx)}` : '',
    query.offset ? `OFFSET ${lowerExpr(query.offset, ctx)}` : '',
  ];
  return parts.filter(Boolean).join(' ');
}

function lowerWith({ ctes }: BoundQuery, ctx: QueryContext): string {
  if (ctes.length === 0) return '';
  const recursive = ctes.some((cte) => cte.query.recursive);
  return `WITH ${recursive ? 'RECURSIVE ' : ''}${ctes.map((cte) => lowerCte(cte, ctx)).join(', ')}`;
}

function lowerCte({ id, query, materialized }: BoundCte, ctx: QueryContext): string {
  const columns = query.columns.map((_, index) => `c${index}`).join(', ');
  const { body, recursive } = query;
  if (recursive && body.kind === 'SetOperation' && body.all && readsCte(body.right, id))
    return `w${id}(${columns}, depth) AS (${lowerSteps(id, body, ctx)})`;
  return `w${id}(${columns}) AS ${materialized ? 'MATERIALIZED ' : ''}(${lowerInner(query, ctx)})`;
}

function readsCte(query: BoundQuery, id: number): boolean {
  let found = false;
  visitQuery(query, {
    from: (from) => {
      found ||= from.kind === 'CteRef' && from.cte === id;
    },
  });
  return found;
}

/** `max_cte_recursive_depth`. */
const MOST_STEPS = 1000;

/** Each row bears the number of the step that gave it: what never comes to an end fails. */
function lowerSteps(
  id: number,
  { left, right, types }: Extract<BoundBody, { readonly kind: 'SetOperation' }>,
  ctx: QueryContext,
): string {
  const fail = `CAST(db_fail('Internal|Recursive depth is reached' || left(CAST(depth AS VARCHAR), 0)) AS INTEGER)`;
  const step = `CASE WHEN depth >= ${MOST_STEPS} THEN ${fail} ELSE depth + 1 END`;
  return `SELECT *, 0 FROM ${side(left, types, ctx)} UNION ALL SELECT *, (SELECT ${step} FROM w${id} LIMIT 1) FROM ${side(right, types, ctx)}`;
}

function lowerQueryOrder(item: BoundQueryOrder, query: BoundQuery, ctx: QueryContext): string {
  if (typeof item.by !== 'number') return `${sortKey(lowerExpr(item.by, ctx), item.by.type)} ${orderSuffix(item)}`;
  const type = query.columns[item.by]?.type;
  const column = `c${item.by}`;
  const key = sortKey(column, type);
  return `${key === column ? item.by + 1 : key} ${orderSuffix(item)}`;
}

function lowerBody(body: BoundBody, query: BoundQuery, ctx: QueryContext): string {
  const types = query.columns.map((column) => column.type);
  switch (body.kind) {
    case 'Select':
      return lowerSelect(body, types, ctx);
    case 'SetOperation':
      return `${side(body.left, body.types, ctx)} ${body.operator}${body.all ? ' ALL' : ''} ${side(body.right, body.types, ctx)}`;
    case 'Values': {
      const rows = body.rows.map((row) => `(${row.map((expr) => lowerExpr(expr, ctx)).join(', ')})`);
      return `SELECT * FROM (VALUES ${rows.join(', ')}) v(${types.map((_, index) => `c${index}`).join(', ')})`;
    }
    case 'Nested':
      return `SELECT ${types.map((_, index) => `c${index}`).join(', ')} FROM (${lowerInner(body.query, ctx)})`;
    default:
      return unreachable(body);
  }
}

/** One side of a set operation, its columns brought to the common types. */
function side(query: BoundQuery, types: readonly SqlType[], ctx: QueryContext): string {
  const columns = query.columns.map(({ type }, index) => {
    const to = types[index] ?? type;
    const text = sameType(type, to)
      ? `c${index}`
      : lowerCast(`c${index}`, { from: type, to, lenient: false, settings: ctx.settings });
    return `${text} AS c${index}`;
  });
  return `(SELECT ${columns.join(', ')} FROM (${lowerInner(query, ctx)}))`;
}

function lowerSelect(select: BoundSelect, types: readonly SqlType[], outer: QueryContext): string {
  const ctx = { ...outer, known: sharedPaths(select) };
  const items = select.items.map((item, index) => {
    const text = lowerExpr(item, ctx);
    const to = types[index] ?? item.type;
    if (!sameType(item.type, to))
      return `${lowerCast(text, { from: item.type, to, lenient: false, settings: ctx.settings })} AS c${index}`;
    // A cast to what it is costs nothing and keeps DuckDB's own typing out of the result.
    return item.kind === 'Column' || item.kind === 'Literal'
      ? `${text} AS c${index}`
      : `CAST(${text} AS ${duckType(to)}) AS c${index}`;
  });
  const clause = (keyword: string, expr: BoundSelect['where']) => (expr ? `${keyword} ${lowerExpr(expr, ctx)}` : '');
  const parts = [
    `SELECT ${select.distinct ? 'DISTINCT ' : ''}${items.join(', ')}`,
    select.from ? `FROM ${lowerFrom(select.from, outer)}` : '',
    select.where ? `WHERE ${lowerExpr(select.where, { ...outer, known: undefined })}` : '',
    select.groupBy ? lowerGroupBy(select.groupBy, ctx) : '',
    clause('HAVING', select.having),
    clause('QUALIFY', select.qualify),
  ];
  return parts.filter(Boolean).join(' ');
}

function lowerGroupBy({ exprs, sets }: BoundGroupBy, ctx: QueryContext): string {
  const texts = exprs.map((expr) => lowerExpr(expr, ctx));
  if (!sets) return texts.length > 0 ? `GROUP BY ${texts.join(', ')}` : '';
  const lowered = sets.map((set) => `(${set.map((index) => texts[index]).join(', ')})`);
  return `GROUP BY GROUPING SETS (${lowered.join(', ')})`;
}

const JOIN_WORDS: { readonly [K in Exclude<BoundJoinType, 'ANY INNER' | 'ANY LEFT'>]: string } = {
  INNER: 'JOIN',
  LEFT: 'LEFT JOIN',
  RIGHT: 'RIGHT JOIN',
  FULL: 'FULL JOIN',
  CROSS: 'CROSS JOIN',
  SEMI: 'SEMI JOIN',
  ANTI: 'ANTI JOIN',
  ASOF: 'ASOF JOIN',
  'ASOF LEFT': 'ASOF LEFT JOIN',
  'ASOF RIGHT': 'ASOF RIGHT JOIN',
  'ASOF FULL': 'ASOF FULL JOIN',
};

function lowerFrom(from: BoundFrom, ctx: QueryContext): string {
  switch (from.kind) {
    case 'Relation':
      return `${ctx.relation(from.id)} AS r${from.id}`;
    case 'Derived':
      return `${from.lateral ? 'LATERAL ' : ''}(${lowerInner(from.query, ctx)}) AS r${from.id}`;
    case 'CteRef':
      return `w${from.cte} AS r${from.id}`;
    case 'Series':
      return lowerSeries(from, ctx);
    case 'Unnest':
    case 'Flatten':
      return lowerLateral(from, ctx);
    case 'Join':
      return lowerJoin(from, ctx);
    default:
      return unreachable(from);
  }
}

function lowerJoin({ type, left, right, on }: BoundFrom & { kind: 'Join' }, ctx: QueryContext): string {
  if (isUnfolding(right) && (type === 'CROSS' || (type === 'INNER' && !on)))
    return lowerUnfolded(left, lowerFrom(left, ctx), right, ctx);
  const condition = on ? lowerExpr(on, ctx) : undefined;
  if (type === 'ANY INNER' || type === 'ANY LEFT') {
    // At most one match a row: the first that the right side gives.
    const id = 'id' in right ? right.id : 0;
    const one = `LATERAL (SELECT * FROM ${lowerFrom(right, ctx)} WHERE ${condition ?? 'true'} LIMIT 1) AS r${id}`;
    return `${lowerFrom(left, ctx)} ${type === 'ANY INNER' ? 'JOIN' : 'LEFT JOIN'} ${one} ON true`;
  }
  const rightSql = right.kind === 'Join' ? `(${lowerFrom(right, ctx)})` : lowerFrom(right, ctx);
  const suffix = type === 'CROSS' ? '' : ` ON ${condition ?? 'true'}`;
  return `${lowerFrom(left, ctx)} ${JOIN_WORDS[type]} ${rightSql}${suffix}`;
}

/** Counted as 64-bit integers; dates count days, timestamps microseconds. */
function lowerSeries(
  { id, start, stop, step, inclusive, columns }: BoundFrom & { kind: 'Series' },
  ctx: QueryContext,
): string {
  const [column] = columns;
  const name = inclusive ? 'generate_series' : 'range';
  const bounds = [start, stop].map((expr) => asCount(lowerExpr(expr, ctx), expr.type));
  const by = step ? `, ${lowerExpr(step, ctx)}` : '';
  const value = fromCount('n', column?.type);
  return `(SELECT ${value} AS c0 FROM ${name}(${bounds.join(', ')}${by}) s(n)) AS r${id}`;
}

function asCount(text: string, type: SqlType): string {
  if (type.kind === 'Date') return `CAST((${text} - DATE '1970-01-01') AS BIGINT)`;
  return type.kind === 'Timestamp' ? `epoch_us(${text})` : text;
}

function fromCount(text: string, type: SqlType | undefined): string {
  if (type?.kind === 'Date') return `CAST((DATE '1970-01-01' + CAST(${text} AS INTEGER)) AS DATE)`;
  if (type?.kind === 'Timestamp') return `make_timestamp(${text})`;
  return `CAST(${text} AS ${type ? duckType(type) : 'BIGINT'})`;
}
