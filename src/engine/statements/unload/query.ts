import { SqlError } from '../../base/errors.ts';
import type { Expr } from '../../sql/ast.ts';
import type { DerivedTable, NamedTable, Query, Select, TableRef } from '../../sql/ast-query.ts';
import { parseQuery } from '../../sql/parser.ts';
import type { CopyIntoLocation } from '../syntax/copy-location.ts';

/** The rows to unload; with PARTITION BY sorted by their partition, which is the last column. */
export function unloadedQuery({ source, with: ctes, partitionBy }: CopyIntoLocation): Query {
  const query = source.kind === 'Query' ? source : selectFrom(tableRef(source));
  const whole = ctes ? { ...query, with: merged(ctes, query.with) } : query;
  return partitionBy ? partitioned(whole, partitionBy) : whole;
}

function merged(outer: NonNullable<Query['with']>, inner: Query['with']): Query['with'] {
  return { recursive: outer.recursive || inner?.recursive === true, ctes: [...outer.ctes, ...(inner?.ctes ?? [])] };
}

function tableRef({ name, streamOptions }: Exclude<CopyIntoLocation['source'], Query>): NamedTable {
  const { span } = name;
  const nothing = { alias: undefined, travel: undefined, changes: undefined, sample: undefined, pivot: undefined };
  return { kind: 'NamedTable', name, streamOptions, ...nothing, span };
}

const selectFrom = (ref: TableRef): Query => fromClause(parseQuery('SELECT * FROM t'), ref);

/** Within a partition the rows keep the order of their query. */
function partitioned(query: Query, partition: Expr): Query {
  const inner = parseQuery(
    'SELECT *, row_number() OVER () AS `row of unload`, CAST(0 AS VARCHAR) AS `partition of unload` FROM t',
  );
  const rows = fromClause(withPartition(inner, partition), derived(query));
  const sorted = parseQuery(
    'SELECT * EXCLUDE (`row of unload`) FROM t ORDER BY `partition of unload`, `row of unload`',
  );
  return fromClause(sorted, derived(rows));
}

function derived(query: Query): DerivedTable {
  return { kind: 'DerivedTable', lateral: false, query, alias: undefined, pivot: undefined, span: query.span };
}

function fromClause(query: Query, ref: TableRef): Query {
  return { ...query, body: { ...selectOf(query), from: [ref] } };
}

/** Puts the expression into the cast that the template has. */
function withPartition(query: Query, operand: Expr): Query {
  const select = selectOf(query);
  const items = select.items.map((item) =>
    item.kind === 'ExprItem' && item.expr.kind === 'Cast' ? { ...item, expr: { ...item.expr, operand } } : item,
  );
  return { ...query, body: { ...select, items } };
}

function selectOf({ body }: Query): Select {
  if (body.kind === 'Select') return body;
  throw new SqlError('Internal', 'a SELECT has a list of items');
}
