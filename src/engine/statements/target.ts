import { type Span, SqlError } from '../base/errors.ts';
import { didYouMean } from '../base/text.ts';
import { EMPTY_SCOPE } from '../bind/binder.ts';
import { castTo, literal } from '../bind/build.ts';
import { binderFor } from '../bind/index.ts';
import type { BoundExpr, BoundQuery, BoundSelect } from '../bind/plan.ts';
import type { Relations } from '../bind/relation.ts';
import type { Identifier, ObjectName } from '../sql/ast.ts';
import { parseExpr } from '../sql/parser.ts';
import { zeroCell } from '../types/cell.ts';
import { findTable } from '../warehouse/find.ts';
import type { DatabaseRecord, TableColumn, TableRecord } from '../warehouse/object.ts';
import { bindSession } from './bind-session.ts';
import type { StatementContext } from './context.ts';
import { refuseForeign } from './foreign-table.ts';
import { at, qualified } from './names.ts';
import { withoutPlaces } from './walk.ts';

export interface Target {
  readonly database: DatabaseRecord;
  readonly table: TableRecord;
}

/** The table that a statement writes to. Throws TableEngineNotSupported for one that others write. */
export function findTarget(name: ObjectName, ctx: StatementContext): Target {
  const target = findSource(name, ctx);
  at(name, () => refuseForeign(target.table));
  return target;
}

/** A table, whoever writes it. */
export function findSource(name: ObjectName, ctx: StatementContext): Target {
  const catalog = ctx.catalog();
  const { database, name: last } = qualified(name, catalog, ctx);
  return { database, table: at(name, () => findTable(catalog, database, last.name)) };
}

/** The columns that a list names, or all of them. */
export function targetColumns({ database, table }: Target, names: readonly Identifier[]): readonly TableColumn[] {
  if (names.length === 0) return givenColumns(table);
  return names.map(({ name, span }) => {
    const found = table.columns.find((column) => column.name === name);
    if (found?.computed)
      throw new SqlError('BadArguments', `Cannot give a value to computed column \`${name}\``, { span });
    if (found) return found;
    throw new SqlError(
      'BadArguments',
      `Table "${database.name}.${table.name}" does not have a column with name "${name}"`,
      {
        span,
        suggestions: didYouMean(
          name,
          table.columns.map((column) => column.name),
        ),
      },
    );
  });
}

/** Those that statements may fill. */
export function givenColumns({ columns }: Pick<TableRecord, 'columns'>): readonly TableColumn[] {
  return columns.some(({ computed }) => computed) ? columns.filter(({ computed }) => !computed) : columns;
}

const NOWHERE: Span = { start: 0, end: 0 };

export const NO_RELATIONS: Relations = {
  named: () => {
    throw new SqlError('SemanticError', 'a default cannot read a table');
  },
  staged: () => {
    throw new SqlError('SemanticError', 'a default cannot read files');
  },
  reshaped: () => undefined,
  function: () => undefined,
  defined: () => undefined,
};

/** What a column gets when a statement says nothing: its default, NULL, or the zero of its type. */
export function defaultValue(column: TableColumn, ctx: StatementContext): BoundExpr {
  const { type } = column;
  // The table's writer puts in what has no value yet.
  if (column.computed ?? column.autoincrement) return literal({ type, value: null }, NOWHERE);
  if (column.default === undefined) return literal({ type, value: column.nullable ? null : zeroCell(type) }, NOWHERE);
  const binder = binderFor(bindSession(NO_RELATIONS, ctx));
  return castTo(binder, binder.expr(withoutPlaces(parseExpr(column.default)), EMPTY_SCOPE), type);
}

/** A value as its column takes it. */
export function columnValue(value: BoundExpr, { type }: TableColumn, ctx: StatementContext): BoundExpr {
  return castTo(binderFor(bindSession(NO_RELATIONS, ctx)), value, type);
}

/** The rows of a query, its columns going to `columns` by position, as rows of the whole table. */
export function rowsOfTable(
  query: BoundQuery,
  table: TableRecord,
  columns: readonly TableColumn[],
  ctx: StatementContext,
): BoundQuery {
  const binder = binderFor(bindSession(NO_RELATIONS, ctx));
  const { select, from } = asSelect(query);
  const items = table.columns.map((column) => {
    const position = columns.indexOf(column);
    const item = select.items[position];
    if (!item) return defaultValue(column, ctx);
    const value = castTo(binder, item, column.type);
    const isFilled = value.kind === 'Cast' && value !== item;
    return isFilled ? { ...value, fills: { from: query.columns[position]?.name ?? '', to: column.name } } : value;
  });
  return { ...from, body: { ...select, items }, columns: table.columns };
}

/** The query itself where its items can be replaced, or one around it. */
function asSelect(query: BoundQuery): { readonly select: BoundSelect; readonly from: BoundQuery } {
  const { body, orderBy } = query;
  if (body.kind === 'Select' && !body.distinct && orderBy.length === 0) return { select: body, from: query };
  const id = DERIVED;
  const items = query.columns.map(
    ({ name, type, nullable }, index): BoundExpr => ({
      kind: 'Column',
      relation: id,
      index,
      name,
      type,
      nullable,
      span: NOWHERE,
    }),
  );
  const select: BoundSelect = {
    kind: 'Select',
    distinct: false,
    items,
    from: { kind: 'Derived', id, lateral: false, query, columns: query.columns },
    where: undefined,
    groupBy: undefined,
    having: undefined,
    qualify: undefined,
  };
  const from = { ctes: [], recursive: false, body: select, orderBy: [], limit: undefined, offset: undefined };
  return { select, from: { ...from, columns: query.columns } };
}

/** No binder gives this number to a relation. */
const DERIVED = 0;
