import type { RecordBatch } from 'apache-arrow';
import { type Span, SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import { call, coerce } from '../bind/build.ts';
import { selectOf } from '../bind/build-query.ts';
import { binderFor } from '../bind/index.ts';
import type { BoundExpr } from '../bind/plan.ts';
import { requireRowValue } from '../bind/row-value.ts';
import { someExpr } from '../bind/walk.ts';
import type { Expr, Identifier } from '../sql/ast.ts';
import { parseExpr } from '../sql/parser.ts';
import { printExpr } from '../sql/print.ts';
import { printName } from '../sql/print-name.ts';
import { cellReader } from '../types/cell.ts';
import { plain } from '../types/type.ts';
import type { TableCheck, TableColumn, TableRecord } from '../warehouse/object.ts';
import { bindSession } from './bind-session.ts';
import { rowsRelation } from './change/materialize.ts';
import { bindOverRows } from './change/over-rows.ts';
import type { StatementContext } from './context.ts';
import { columnsIn, renamedIn } from './expr-columns.ts';
import { execute } from './query.ts';
import { selectItem } from './select.ts';
import type { ColumnDefinition } from './syntax/column.ts';
import type { CheckConstraint } from './syntax/table.ts';
import { NO_RELATIONS } from './target.ts';
import { withoutPlaces } from './walk.ts';

const NOWHERE: Span = { start: 0, end: 0 };

export interface CheckedTable {
  readonly name: string;
  readonly columns: readonly TableColumn[];
}

/** The constraints of a CREATE TABLE: those of columns, then those of the table. Throws where one does not bind. */
export async function declaredChecks(
  definitions: readonly ColumnDefinition[],
  constraints: readonly CheckConstraint[],
  table: CheckedTable,
  ctx: StatementContext,
): Promise<readonly TableCheck[] | undefined> {
  const ofColumns = definitions.flatMap(({ check }) => (check ? [{ name: undefined, expr: check }] : []));
  const all = [...ofColumns, ...constraints];
  if (all.length === 0) return undefined;
  const checks: TableCheck[] = [];
  for (const constraint of all) checks.push(await declaredCheck(constraint, checks, table, ctx));
  return checks;
}

/** A constraint without a name is called after its table and column. */
export async function declaredCheck(
  { name, expr }: CheckConstraint,
  known: readonly TableCheck[],
  table: CheckedTable,
  ctx: StatementContext,
): Promise<TableCheck> {
  const { items } = await bindOverRows([selectItem(expr)], table.columns, expr.span, ctx);
  for (const item of items) {
    requireRowValue(item, 'A CHECK constraint');
    // A constraint goes with its table into sessions of other databases, where a name may be that of another table.
    if (someExpr(item, ({ kind }) => kind === 'QueryExpr'))
      throw new SqlError('SemanticError', "A CHECK constraint can't contain subqueries", { span: expr.span });
  }
  const taken = new Set(known.map((check) => check.name));
  if (name && taken.has(name.name))
    throw new SqlError('AlterTableError', `constraint ${name.name} already exists`, { span: name.span });
  return { name: name?.name ?? freeName(table.name, expr, taken), expr: printExpr(expr) };
}

function freeName(table: string, expr: Expr, taken: ReadonlySet<string>): string {
  const [column] = columnsIn(expr);
  const base = [table, column, 'check'].filter((part) => part !== undefined).join('_');
  let name = base;
  for (let number = 1; taken.has(name); number++) name = `${base}${number}`;
  return name;
}

/** Throws where an expression of the table means nothing over columns of other types; `name` is one of these. */
export async function refuseUnlike(
  table: TableRecord,
  { columns, name }: { readonly columns: readonly TableColumn[]; readonly name: Identifier },
  ctx: StatementContext,
): Promise<void> {
  for (const { what, drop, expr } of expressionsOf(table.checks, columns)) {
    try {
      await bindOverRows([selectItem(withoutPlaces(parseExpr(expr)))], columns, NOWHERE, ctx);
    } catch (cause) {
      if (!(cause instanceof SqlError)) throw cause;
      const message = `${what} does not fit the new type of ${name.name}: ${cause.message}`;
      const options = { span: name.span, hint: hint('comesFirst', `ALTER TABLE ${table.name} DROP ${drop}`), cause };
      throw new SqlError('AlterTableError', message, options);
    }
  }
}

interface TableExpression {
  readonly what: string;
  /** What takes it away. */
  readonly drop: string;
  readonly expr: string;
}

function expressionsOf(checks: TableRecord['checks'] = [], columns: readonly TableColumn[]): TableExpression[] {
  const constraints = checks.map(({ name, expr }) => {
    return { what: `CHECK constraint '${name}'`, drop: `CONSTRAINT ${printName(name)}`, expr };
  });
  const computed = columns.flatMap(({ name, computed }) =>
    computed ? [{ what: `computed column '${name}'`, drop: `COLUMN ${printName(name)}`, expr: computed.expr }] : [],
  );
  return [...constraints, ...computed];
}

/** The constraint that is about a column. */
export function checkOn({ checks = [] }: TableRecord, column: string): TableCheck | undefined {
  return checks.find(({ expr }) => columnsIn(parseExpr(expr)).includes(column));
}

/** The constraints after a column got another name. */
export function renamedChecks(checks: readonly TableCheck[], from: string, to: string): readonly TableCheck[] {
  return checks.map(({ name, expr }) => ({ name, expr: renamedIn(expr, from, to) }));
}

/** Throws ConstraintError for the first batch with a row that a constraint of the table is false for. */
export async function rowChecker(
  { columns, checks = [] }: TableRecord,
  ctx: StatementContext,
): Promise<(batch: RecordBatch) => Promise<void>> {
  if (checks.length === 0) return async () => {};
  const exprs = checks.map(({ expr }) => selectItem(withoutPlaces(parseExpr(expr))));
  const { id, items } = await bindOverRows(exprs, columns, NOWHERE, ctx);
  const binder = binderFor(bindSession(NO_RELATIONS, ctx));
  const conditions = items.map((item) => coerce(binder, item, plain('Boolean')));
  const failing = conditions
    .map((condition) => call(binder, 'not', [condition], { span: NOWHERE }))
    .reduce<BoundExpr>((any, one) => call(binder, 'or', [any, one], { span: NOWHERE }), falsehood);
  return async (batch) => {
    const relation = rowsRelation(id, columns, [batch]);
    const { batches } = await execute(selectOf({ items: conditions, from: relation, where: failing }), ctx);
    for await (const found of placed(batches, checks)) {
      if (found.numRows === 0) continue;
      const failed = checks.find((_, index) => {
        const data = found.data.children[index];
        return data !== undefined && cellReader(data, plain('Boolean'))(0) === false;
      });
      throw new SqlError('ConstraintError', `CHECK constraint '${failed?.name ?? ''}' is violated`, {
        hint: failed && hint('falseForRow', failed.expr),
      });
    }
  };
}

/** A constraint may fail to say anything of a value. */
async function* placed(
  batches: AsyncIterable<RecordBatch>,
  checks: readonly TableCheck[],
): AsyncGenerator<RecordBatch> {
  try {
    yield* batches;
  } catch (cause) {
    if (!(cause instanceof SqlError)) throw cause;
    const names = checks.map(({ name }) => `'${name}'`).join(', ');
    throw new SqlError(cause.kind, `${cause.message}\nin CHECK constraint ${names}`, { hint: cause.hint, cause });
  }
}

const falsehood: BoundExpr = {
  kind: 'Literal',
  type: plain('Boolean'),
  value: false,
  nullable: false,
  span: NOWHERE,
};
