import { SqlError } from '../base/errors.ts';
import type { BoundExpr } from '../bind/plan.ts';
import { someExpr } from '../bind/walk.ts';
import type { Call, ColumnRef, Expr } from '../sql/ast.ts';
import { parseExpr } from '../sql/parser.ts';
import { printExpr } from '../sql/print.ts';
import type { TableColumn, TableRecord } from '../warehouse/object.ts';
import { bindOverRows } from './change/over-rows.ts';
import type { StatementContext } from './context.ts';
import { columnsIn } from './expr-columns.ts';
import { selectItem } from './select.ts';
import type { ClusterBy } from './syntax/table.ts';
import { mapNodes, visitNodes } from './walk.ts';

/** The expressions of CLUSTER BY as the table keeps them. Throws InvalidClusterKeys for what says nothing of a row. */
export async function clusterKeyOf(
  clusterBy: ClusterBy | undefined,
  columns: readonly TableColumn[],
  ctx: StatementContext,
): Promise<readonly string[]> {
  if (!clusterBy) return [];
  const { exprs, type, span } = clusterBy;
  const names = new Set(columns.map(({ name }) => name));
  for (const name of exprs.flatMap(columnsIn)) {
    if (names.has(name)) continue;
    throw new SqlError('InvalidClusterKeys', `Cluster by expression \`${name}\` is invalid`, { span });
  }
  if (type === 'HILBERT' && exprs.length !== 2)
    throw new SqlError('InvalidClusterKeys', 'Hilbert clustering takes two expressions', { span });
  for (const expr of exprs) await checkKey(expr, columns, ctx);
  return exprs.map(printExpr);
}

/** It gives the same value for a row each time. */
async function checkKey(expr: Expr, columns: readonly TableColumn[], ctx: StatementContext): Promise<void> {
  const wrong = (cause?: unknown) =>
    new SqlError('InvalidClusterKeys', `Cluster by expression \`${printExpr(expr)}\` is invalid`, {
      span: expr.span,
      cause,
    });
  const { items } = await bindOverRows([selectItem(expr)], columns, expr.span, ctx).catch((error: unknown) => {
    throw error instanceof SqlError ? wrong(error) : error;
  });
  const isUnfit = (part: BoundExpr) =>
    part.kind === 'Aggregate' ||
    part.kind === 'Window' ||
    part.kind === 'QueryExpr' ||
    (part.kind === 'Call' && part.volatile);
  if (items.some((item) => someExpr(item, isUnfit)) || asksTheMoment(expr)) throw wrong();
}

/** Whether a column is part of the key. */
export function isInClusterKey({ clusterKey }: TableRecord, column: string): boolean {
  return clusterKey.some((text) => columnsIn(parseExpr(text)).includes(column));
}

/** The key after a column got another name. */
export function renamedClusterKey({ clusterKey }: TableRecord, from: string, to: string): readonly string[] {
  return clusterKey.map((text) =>
    printExpr(
      mapNodes(parseExpr(text), (node) => {
        if (node.kind !== 'ColumnRef') return node;
        const ref = node as ColumnRef;
        const parts = ref.parts.map((part) => (part.name === from ? { ...part, name: to, quoted: true } : part));
        return { ...ref, parts } satisfies ColumnRef;
      }),
    ),
  );
}

/** `now()` and its kin take nothing to go by. */
function asksTheMoment(expr: Expr): boolean {
  let asks = false;
  visitNodes(expr, (node) => {
    asks ||= node.kind === 'Call' && (node as Call).args.length === 0 && (node as Call).name !== 'pi';
  });
  return asks;
}
