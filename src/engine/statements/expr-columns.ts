import type { ColumnRef, Expr } from '../sql/ast.ts';
import { parseExpr } from '../sql/parser.ts';
import { printExpr } from '../sql/print.ts';
import { printName } from '../sql/print-name.ts';
import { mapNodes, visitNodes } from './walk.ts';

/** The names of the columns that an expression is over. */
export function columnsIn(expr: Expr): readonly string[] {
  const names: string[] = [];
  visitNodes(expr, (node) => {
    if (node.kind === 'ColumnRef') names.push((node as ColumnRef).parts.at(-1)?.name ?? '');
  });
  return names;
}

/** The SQL of an expression after a column got another name. */
export function renamedIn(sql: string, from: string, to: string): string {
  const renamed = mapNodes(parseExpr(sql), (node) => {
    if (node.kind !== 'ColumnRef') return node;
    const ref = node as ColumnRef;
    const parts = ref.parts.map((part) =>
      part.name === from ? { ...part, name: to, quoted: printName(to) !== to } : part,
    );
    return { ...ref, parts } satisfies ColumnRef;
  });
  return printExpr(renamed);
}
