import { SqlError } from '../base/errors.ts';
import { EMPTY_SCOPE } from '../bind/binder.ts';
import { castTo } from '../bind/build.ts';
import { selectOf } from '../bind/build-query.ts';
import { binderFor } from '../bind/index.ts';
import { CHANGE_COLUMNS } from '../bind/relation.ts';
import { requireRowValue } from '../bind/row-value.ts';
import { isNextValue } from '../bind/special.ts';
import { someExpr } from '../bind/walk.ts';
import type { Expr, Identifier } from '../sql/ast.ts';
import { printExpr } from '../sql/print.ts';
import { printString } from '../sql/print-name.ts';
import { type Cell, cellReader } from '../types/cell.ts';
import { showCell } from '../types/show.ts';
import { isNumeric, type SqlType } from '../types/type.ts';
import type { Autoincrement, TableColumn } from '../warehouse/object.ts';
import { bindSession } from './bind-session.ts';
import type { StatementContext } from './context.ts';
import { execute } from './execute.ts';
import type { ColumnDefinition } from './syntax/column.ts';
import { NO_RELATIONS } from './target.ts';
import { visitNodes } from './walk.ts';

/** Names that tables, streams and staged files give columns of their own. */
const RESERVED: ReadonlySet<string> = new Set([
  ...['_snapshot_name', '_segment_name', '_block_name', '_base_row_id', '_base_block_ids', '_search_matched'],
  ...['_search_score', '_vector_score', '_predicate', '_origin_version', '_origin_block_id', '_origin_block_row_num'],
  ...['metadata$filename', 'metadata$file_row_number', 'metadata$file_path', 'metadata$file_basename'],
  ...['metadata$file_content_key', 'metadata$file_last_modified'],
  ...CHANGE_COLUMNS.map(({ name }) => name),
]);

/** Columns as CREATE TABLE and ALTER TABLE declare them. */
export async function declaredColumns(
  definitions: readonly ColumnDefinition[],
  ctx: StatementContext,
): Promise<TableColumn[]> {
  const names = new Set<string>();
  const declared = definitions.map((definition) => {
    const { name, span } = definition.name;
    if (names.has(name.toLowerCase())) throw new SqlError('BadArguments', `Duplicated column name: ${name}`, { span });
    refuseReserved(definition.name);
    names.add(name.toLowerCase());
    return declaredColumn(definition, ctx);
  });
  const folded: TableColumn[] = [];
  for (const [index, column] of declared.entries())
    folded.push(await foldedDefault(column, definitions[index]?.default, ctx));
  return folded;
}

/** A constant that DuckDB has to calculate or to cast. */
async function foldedDefault(column: TableColumn, expr: Expr | undefined, ctx: StatementContext): Promise<TableColumn> {
  if (!expr || callsFunction(expr) || !isFoldable(column.type)) return column;
  const binder = binderFor(bindSession(NO_RELATIONS, ctx));
  const bound = castTo(binder, binder.expr(expr, EMPTY_SCOPE), column.type);
  if (bound.kind === 'Literal') return column;
  const { batches } = await execute(selectOf({ items: [bound], from: undefined }), ctx);
  let value: Cell = null;
  for await (const batch of batches) {
    const data = batch.data.children[0];
    if (data && batch.numRows > 0) value = cellReader(data, column.type)(0);
  }
  // Which moment a text of a time is depends on the session that reads it.
  return column.type.kind === 'Timestamp' ? column : { ...column, default: literalText({ type: column.type, value }) };
}

function isFoldable(type: SqlType): boolean {
  return isNumeric(type) || ['Boolean', 'String', 'Date', 'Timestamp'].includes(type.kind);
}

export function refuseReserved({ name, span }: Identifier): void {
  if (RESERVED.has(name) || name.startsWith('_row_'))
    throw new SqlError('TableWithInternalColumnName', `the column name ${name} is reserved`, { span });
}

export function declaredColumn(definition: ColumnDefinition, ctx: StatementContext): TableColumn {
  const { name, type, computed, autoincrement, comment } = definition;
  if (type.type.kind === 'Null')
    throw new SqlError('BadArguments', `column ${name.name} cannot be of type NULL`, { span: type.span });
  const nullable = type.nullable ?? ctx.session.settings.get('ddl_column_type_nullable') === '1';
  return {
    name: name.name,
    type: type.type,
    nullable,
    default: definition.default && defaultText(definition.default, type.type, ctx),
    comment,
    computed: computed && { expr: printExpr(computed.expr), stored: computed.stored },
    autoincrement: autoincrement && numbering(definition, ctx),
  };
}

function numbering({ name, type, autoincrement, span }: ColumnDefinition, ctx: StatementContext): Autoincrement {
  const { start = 0, step = 1, ordered = true } = autoincrement ?? {};
  if (!isNumeric(type.type)) {
    const message = `column ${name.name} cannot be AUTOINCREMENT: its type is no number`;
    throw new SqlError('SemanticError', message, { span: type.span });
  }
  if (!ordered) throw new SqlError('SemanticError', 'AUTOINCREMENT can only be ORDER', { span });
  if (step < 1) throw new SqlError('SemanticError', 'the step of AUTOINCREMENT must be 1 or more', { span });
  return { start, step, counter: ctx.services.newId() };
}

/** Constants are folded to the column's type; what calls a function may be another value for each row, and is kept. */
function defaultText(expr: Expr, type: SqlType, ctx: StatementContext): string {
  const binder = binderFor(bindSession(NO_RELATIONS, ctx));
  const bound = castTo(binder, binder.expr(expr, EMPTY_SCOPE), type);
  requireRowValue(bound, 'DEFAULT');
  if (someExpr(bound, isNextValue) && !(expr.kind === 'Call' && isNumeric(type)))
    throw new SqlError('SemanticError', 'nextval can only be the whole DEFAULT of a numeric column', {
      span: expr.span,
    });
  return bound.kind === 'Literal' && !callsFunction(expr) ? literalText(bound) : printExpr(expr);
}

export function callsFunction(expr: Expr): boolean {
  let calls = false;
  visitNodes(expr, ({ kind }) => {
    calls ||= kind === 'Call';
  });
  return calls;
}

function literalText({ value, type }: { readonly value: Cell; readonly type: SqlType }): string {
  if (value === null) return 'NULL';
  const text = showCell(value, type, { timezone: 'UTC' });
  return isNumeric(type) || type.kind === 'Boolean' ? text : printString(text);
}
