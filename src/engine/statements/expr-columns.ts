import type { ColumnRef, Expr } from '../sql/ast.ts';
import type { Query } from '../sql/ast-query.ts';
import { parseExpr, parseQuery } from '../sql/parser.ts';
import { printExpr, printQuery } from '../sql/print.ts';
import { printName } from '../sql/print-name.ts';
import { mapNodes, visitNodes } from './walk.ts';

/** The names of the columns that an expression or a query is over. */
export function columnsIn(expr: Expr | Query): readonly string[] {
  const names: string[] = [];
  visitNodes(expr, (node) => {
    if (node.kind === 'ColumnRef') names.push((node as ColumnRef).parts.at(-1)?.name ?? '');
  });
  return names;
}

/** The SQL of an expression after a column got another name. */
export function renamedIn(sql: string, from: string, to: string): string {
  return printExpr(renamedTree(parseExpr(sql), from, to));
}

/** The same of a query over the one table. */
export function renamedInQuery(sql: string, from: string, to: string): string {
  return printQuery(renamedTree(parseQuery(sql), from, to));
}

function renamedTree<Root>(root: Root, from: string, to: string): Root {
  return mapNodes(root, (node) => {
    if (node.kind !== 'ColumnRef') return node;
    const ref = node as ColumnRef;
    const parts = ref.parts.map((part) =>
      part.name === from ? { ...part, name: to, quoted: printName(to) !== to } : part,
    );
    return { ...ref, parts } satisfies ColumnRef;
  });
}
