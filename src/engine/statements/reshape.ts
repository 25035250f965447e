import { SqlError } from '../base/errors.ts';
import type { QueryRows } from '../execute/executor.ts';
import type { Expr, Identifier } from '../sql/ast.ts';
import type {
  DerivedTable,
  NamedTable,
  Pivot,
  Query,
  Sample,
  Select,
  SelectItem,
  TableRef,
  Unpivot,
  With,
} from '../sql/ast-query.ts';
import { parseExpr, parseQuery } from '../sql/parser.ts';
import { printExpr } from '../sql/print.ts';
import { cellReader } from '../types/cell.ts';
import { showCell } from '../types/show.ts';

/** What stands in FROM with PIVOT, UNPIVOT or SAMPLE behind it. */
export type Reshaped = NamedTable | DerivedTable;

export interface ReshapeAccess {
  /** Of the query around, whose names a pivot's own query may use. */
  readonly with: With | undefined;
  run(query: Query): Promise<QueryRows>;
}

/** The reference as a query of its own, in the words of plain SQL; undefined where it needs none. */
export async function reshaped(ref: Reshaped, access: ReshapeAccess): Promise<Query | undefined> {
  const { pivot } = ref;
  const sample = ref.kind === 'NamedTable' ? ref.sample : undefined;
  const rows = sample && (sample.rowPercent !== undefined || sample.rows !== undefined) ? sample : undefined;
  if (!pivot && !rows) return undefined;
  const base = rows ? sampled(withoutRows(ref), rows) : bare(ref);
  if (!pivot) return selectFrom('SELECT * FROM t', base);
  return pivot.kind === 'Pivot' ? pivoted(base, pivot, access) : unpivoted(base, pivot);
}

function bare(ref: Reshaped): Reshaped {
  return { ...ref, pivot: undefined };
}

/** A sample of blocks is the table's own business. */
function withoutRows(ref: Reshaped): Reshaped {
  if (ref.kind === 'DerivedTable' || !ref.sample) return bare(ref);
  return { ...ref, pivot: undefined, sample: { ...ref.sample, rowPercent: undefined, rows: undefined } };
}

/** Each row by itself, or so many of all. */
function sampled(ref: Reshaped, { rowPercent, rows }: Sample): DerivedTable {
  const text =
    rows === undefined
      ? `SELECT * FROM t WHERE rand() < ${(rowPercent ?? 0) / 100}`
      : `SELECT * FROM t ORDER BY rand() LIMIT ${rows}`;
  return derived(selectFrom(text, ref));
}

function derived(query: Query): DerivedTable {
  return { kind: 'DerivedTable', lateral: false, query, alias: undefined, pivot: undefined, span: query.span };
}

function selectFrom(text: string, ref: TableRef): Query {
  const query = parseQuery(text);
  return { ...query, body: { ...selectOf(query), from: [ref] } };
}

function selectOf({ body }: Query): Select {
  if (body.kind === 'Select') return body;
  throw new SqlError('Internal', 'a template is a SELECT');
}

const named = (expr: Expr, name: string): SelectItem => {
  const { span } = expr;
  return { kind: 'ExprItem', expr, alias: { name, quoted: true, span }, span };
};

const starWithout = (exclude: readonly Identifier[], { span }: TableRef): SelectItem => {
  return { kind: 'StarItem', qualifier: [], exclude, span };
};

const columnRef = (column: Identifier): Expr => ({ kind: 'ColumnRef', parts: [column], span: column.span });

/** `SELECT * EXCLUDE (a, p), agg(a) FILTER (WHERE p = 'x') AS x, … GROUP BY ALL` */
async function pivoted(ref: Reshaped, pivot: Pivot, access: ReshapeAccess): Promise<Query> {
  const { aggregate, column } = pivot;
  const [argument] = aggregate.args;
  if (argument?.kind !== 'ColumnRef') throw new SqlError('Internal', 'a pivot aggregates a column');
  const query = selectFrom('SELECT * FROM t GROUP BY ALL', ref);
  const excluded = [...argument.parts.slice(-1), column];
  const columns = (await valuesOf(ref, pivot, access)).map(
    ({ name, filter }): SelectItem => named({ ...aggregate, filter }, name),
  );
  return { ...query, body: { ...selectOf(query), items: [starWithout(excluded, ref), ...columns] } };
}

interface PivotValue {
  /** Of the new column: the text of the value, in lower case like any name without quotes. */
  readonly name: string;
  readonly filter: Expr;
}

async function valuesOf(
  ref: Reshaped,
  { column, values }: Pivot,
  access: ReshapeAccess,
): Promise<readonly PivotValue[]> {
  if ('any' in values) {
    const query = selectFrom('SELECT 0 FROM t GROUP BY ALL ORDER BY 1', ref);
    const items = [{ kind: 'ExprItem', expr: columnRef(column), alias: undefined, span: column.span } as const];
    const orderBy = values.any.length > 0 ? values.any : query.orderBy;
    const found = { ...query, with: access.with, orderBy, body: { ...selectOf(query), items } };
    return (await textsOf(found, access)).map((text) => valueByText(column, text));
  }
  if ('kind' in values) {
    const texts = await textsOf({ ...values, with: values.with ?? access.with }, access);
    return texts.sort().map((text) => valueByText(column, text));
  }
  return values.map((value) => {
    const text = value.kind === 'StringLiteral' ? value.value : printExpr(value);
    const left = columnRef(column);
    return {
      name: text.toLowerCase(),
      filter: { kind: 'Binary', operator: '=', left, right: value, span: value.span },
    };
  });
}

function valueByText(column: Identifier, text: string): PivotValue {
  const template = parseExpr("CAST(0 AS VARCHAR) = ''");
  if (template.kind !== 'Binary' || template.left.kind !== 'Cast')
    throw new SqlError('Internal', 'a template is what it is');
  const left = { ...template.left, operand: columnRef(column) };
  const right: Expr = { kind: 'StringLiteral', value: text, span: column.span };
  return { name: text.toLowerCase(), filter: { ...template, left, right } };
}

/** The values of a query's only column, each once. */
async function textsOf(query: Query, access: ReshapeAccess): Promise<string[]> {
  const { columns, batches } = await access.run(query);
  const [only] = columns;
  if (columns.length !== 1 || !only) {
    throw new SqlError('SemanticError', 'The subquery of `pivot in` must return one column', { span: query.span });
  }
  const texts = new Set<string>();
  for await (const batch of batches) {
    const data = batch.data.children[0];
    const read = data ? cellReader(data, only.type) : () => null;
    for (let row = 0; row < batch.numRows; row++) {
      const cell = read(row);
      if (cell !== null) texts.add(typeof cell === 'string' ? cell : showCell(cell, only.type, { timezone: 'UTC' }));
    }
  }
  return [...texts];
}

/** One row for each of the columns, their names beside their values. */
function unpivoted(ref: Reshaped, { valueColumn, nameColumn, columns }: Unpivot): Query {
  const excluded = columns.map(({ column }) => column);
  const parts = columns.map(({ column, label }): Select => {
    const select = selectOf(selectFrom('SELECT * FROM t', ref));
    const text: Expr = { kind: 'StringLiteral', value: label ?? column.name, span: column.span };
    const items = [
      starWithout(excluded, ref),
      named(text, nameColumn.name),
      named(columnRef(column), valueColumn.name),
    ];
    return { ...select, items };
  });
  const [first, ...others] = parts;
  if (!first) throw new SqlError('SyntaxException', 'UNPIVOT names at least one column', { span: ref.span });
  const body = others.reduce<Query['body']>(
    (left, right) => ({ kind: 'SetOperation', operator: 'UNION', all: true, left, right, span: ref.span }),
    first,
  );
  return { ...parseQuery('SELECT 0'), body };
}
