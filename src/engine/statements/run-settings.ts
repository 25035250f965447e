import { SqlError } from '../base/errors.ts';
import type { TypedValue } from '../bind/binder.ts';
import type { Expr } from '../sql/ast.ts';
import type { Query } from '../sql/ast-query.ts';
import { type Cell, cellReader } from '../types/cell.ts';
import { showCell } from '../types/show.ts';
import { NO_ROWS, type Outcome, type StatementContext } from './context.ts';
import { runSelect } from './query.ts';
import { selectItem, selectQuery } from './select.ts';
import type { Assignments, SetSettings, SetVariables, UnsetSettings, UnsetVariables } from './syntax/settings.ts';

export async function setSettings(statement: SetSettings, ctx: StatementContext): Promise<Outcome> {
  const values = await valuesOf(statement, ctx);
  for (const [index, { name, span }] of statement.names.entries()) {
    try {
      ctx.session.settings.set(name, textOf(values[index]));
    } catch (error) {
      throw error instanceof SqlError ? error.at(span) : error;
    }
  }
  ctx.changed({ kind: 'Setting', database: undefined, name: '' });
  return NO_ROWS;
}

export async function unsetSettings({ names }: UnsetSettings, ctx: StatementContext): Promise<Outcome> {
  for (const { name } of names) ctx.session.settings.unset(name);
  ctx.changed({ kind: 'Setting', database: undefined, name: '' });
  return NO_ROWS;
}

export async function setVariables(statement: SetVariables, ctx: StatementContext): Promise<Outcome> {
  const values = await valuesOf(statement, ctx);
  for (const [index, { name }] of statement.names.entries()) {
    const value = values[index];
    if (value) ctx.session.variables.set(name, value);
  }
  ctx.changed({ kind: 'Session', database: undefined, name: 'variables' });
  return NO_ROWS;
}

export async function unsetVariables({ names }: UnsetVariables, ctx: StatementContext): Promise<Outcome> {
  for (const { name } of names) ctx.session.variables.delete(name);
  ctx.changed({ kind: 'Session', database: undefined, name: 'variables' });
  return NO_ROWS;
}

/** A constant in a SETTINGS prefix; a query there is a syntax error. */
export function settingValue(expr: Expr): string {
  if (expr.kind === 'StringLiteral') return expr.value;
  if (expr.kind === 'NumberLiteral') return expr.text;
  if (expr.kind === 'BooleanLiteral') return expr.value ? '1' : '0';
  throw new SqlError('SyntaxException', 'a setting of one statement must be a constant', { span: expr.span });
}

function textOf(value: TypedValue | undefined): string {
  if (!value || value.value === null) return '';
  if (typeof value.value === 'boolean') return value.value ? '1' : '0';
  return showCell(value.value, value.type, { timezone: 'UTC' });
}

/** The expressions, or the columns of a query's one row, as values. */
async function valuesOf({ names, values }: Assignments, ctx: StatementContext): Promise<TypedValue[]> {
  const query = 'kind' in values ? values : selectOf(values);
  const { columns, batches } = await runSelect(query, ctx);
  if (columns.length !== names.length) {
    throw new SqlError('BadArguments', `${names.length} names but ${columns.length} values`, { span: names[0]?.span });
  }
  let row: readonly Cell[] | undefined;
  for await (const batch of batches) {
    if (batch.numRows > 1 || (row && batch.numRows > 0))
      throw new SqlError('BadArguments', 'the query of a SET must give one row', { span: query.span });
    if (batch.numRows === 0) continue;
    row = columns.map(({ type }, index) => {
      const data = batch.data.children[index];
      return data ? cellReader(data, type)(0) : null;
    });
  }
  return columns.map(({ type }, index) => ({ type, value: row?.[index] ?? null }));
}

function selectOf(values: readonly Expr[]): Query {
  const span = { start: values[0]?.span.start ?? 0, end: values.at(-1)?.span.end ?? 0 };
  return selectQuery({ items: values.map(selectItem), span });
}
