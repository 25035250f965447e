import type { RecordBatch } from 'apache-arrow';
import { type Span, SqlError } from '../base/errors.ts';
import { castTo } from '../bind/build.ts';
import { selectOf } from '../bind/build-query.ts';
import { binderFor } from '../bind/index.ts';
import type { BoundExpr } from '../bind/plan.ts';
import { requireRowValue } from '../bind/row-value.ts';
import { someExpr } from '../bind/walk.ts';
import type { Call, Expr, Identifier } from '../sql/ast.ts';
import { parseExpr } from '../sql/parser.ts';
import { plain, type Schema } from '../types/type.ts';
import { lookUp } from '../warehouse/find.ts';
import type { TableColumn, TableRecord } from '../warehouse/object.ts';
import type { CatalogState } from '../warehouse/state.ts';
import { bindSession } from './bind-session.ts';
import { rowsRelation } from './change/materialize.ts';
import { bindOverRows } from './change/over-rows.ts';
import type { StatementContext } from './context.ts';
import { columnsIn, renamedIn } from './expr-columns.ts';
import { execute } from './query.ts';
import { selectItem } from './select.ts';
import type { ColumnDefinition } from './syntax/column.ts';
import { NO_RELATIONS } from './target.ts';
import { visitNodes, withoutPlaces } from './walk.ts';

/**
 * Computed columns. Their values rest on nothing but the other columns of their row, so that those of a VIRTUAL one are
 * written with the row like those of a STORED one: whoever opens the table's files finds them there.
 */

const NOWHERE: Span = { start: 0, end: 0 };

const isComputed = ({ computed }: TableColumn) => computed !== undefined;

/** Throws where an expression is none over the other columns of a row, or may have another value tomorrow. */
export async function checkComputed(
  definitions: readonly ColumnDefinition[],
  columns: readonly TableColumn[],
  ctx: StatementContext,
): Promise<void> {
  const others = columns.filter((column) => !isComputed(column));
  for (const { name, computed } of definitions) {
    if (!computed) continue;
    const { expr } = computed;
    const { items } = await bindOverRows([selectItem(expr)], others, expr.span, ctx);
    for (const item of items) {
      requireRowValue(item, 'a computed column');
      const isVolatile = someExpr(item, (part) => part.kind === 'Call' && part.volatile);
      if (!isVolatile && !dependsOnMore(expr, ctx.catalog())) continue;
      const message = `the computed column ${name.name} must give the same value each time`;
      throw new SqlError('SemanticError', message, { span: expr.span });
    }
  }
}

/** On the moment: `now()` and its kin take nothing to go by; on tables; on a user's function, which may be altered. */
function dependsOnMore(expr: Expr, catalog: CatalogState): boolean {
  let found = false;
  visitNodes(expr, (node) => {
    const call = node.kind === 'Call' ? (node as Call) : undefined;
    found ||= call?.args.length === 0 && call.name !== 'pi';
    found ||= call !== undefined && lookUp(catalog, 'Function', call.name) !== undefined;
    found ||= node.kind === 'Query';
  });
  return found;
}

/** Fills the computed columns of rows of the whole table, behind which may be the ids and versions of rows. */
export async function rowComputer(
  { columns }: TableRecord,
  hasTracking: boolean,
  ctx: StatementContext,
): Promise<(batch: RecordBatch) => AsyncIterable<RecordBatch>> {
  if (!columns.some(isComputed)) return inPlace;
  const exprs = columns.flatMap(({ computed }) =>
    computed ? [selectItem(withoutPlaces(parseExpr(computed.expr)))] : [],
  );
  const { id, items } = await bindOverRows(exprs, columns, NOWHERE, ctx);
  const values = items.values();
  const binder = binderFor(bindSession(NO_RELATIONS, ctx));
  const schema: Schema = hasTracking ? [...columns, ...TRACKING] : columns;
  const whole = schema.map((column, index): BoundExpr => {
    const own: BoundExpr = { kind: 'Column', relation: id, index, ...column, nullable: true, span: NOWHERE };
    if (!columns[index]?.computed) return own;
    const { value } = values.next();
    return value ? castTo(binder, value, column.type) : own;
  });
  return async function* (batch) {
    const query = selectOf({ items: whole, from: rowsRelation(id, schema, [batch]), columns: schema });
    yield* (await execute(query, ctx)).batches;
  };
}

const TRACKING: Schema = ['row id', 'row version'].map((name) => ({ name, type: plain('Int64'), nullable: true }));

async function* inPlace(batch: RecordBatch): AsyncGenerator<RecordBatch> {
  yield batch;
}

/** Throws ColumnReferencedByComputedColumn. */
export function refuseComputedFrom({ columns }: TableRecord, { name, span }: Identifier): void {
  const user = columns.find(({ computed }) => computed && columnsIn(parseExpr(computed.expr)).includes(name));
  if (!user) return;
  const message = `column \`${name}\` is referenced by computed column \`${user.name}\``;
  throw new SqlError('ColumnReferencedByComputedColumn', message, { span });
}

/** Computed columns after another one got a new name. */
export function renamedComputed(columns: readonly TableColumn[], from: string, to: string): readonly TableColumn[] {
  return columns.map((column) =>
    column.computed
      ? { ...column, computed: { ...column.computed, expr: renamedIn(column.computed.expr, from, to) } }
      : column,
  );
}
