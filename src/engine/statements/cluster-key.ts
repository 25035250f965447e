import { SqlError } from '../base/errors.ts';
import type { ColumnRef, Expr } from '../sql/ast.ts';
import { parseExpr } from '../sql/parser.ts';
import { printExpr } from '../sql/print.ts';
import type { TableColumn, TableRecord } from '../warehouse/object.ts';
import type { ClusterBy } from './syntax/table.ts';
import { mapNodes, visitNodes } from './walk.ts';

/** The expressions of CLUSTER BY as the table keeps them. Throws InvalidClusterKeys for what is no column of it. */
export function clusterKeyOf({ exprs, span }: ClusterBy, columns: readonly TableColumn[]): readonly string[] {
  const names = new Set(columns.map(({ name }) => name));
  for (const name of columnsIn(exprs)) {
    if (names.has(name)) continue;
    throw new SqlError('InvalidClusterKeys', `Cluster by expression \`${name}\` is invalid`, { span });
  }
  return exprs.map(printExpr);
}

/** Whether a column is part of the key. */
export function isInClusterKey({ clusterKey }: TableRecord, column: string): boolean {
  return columnsIn(clusterKey.map((text) => parseExpr(text))).has(column);
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

function columnsIn(exprs: readonly Expr[]): ReadonlySet<string> {
  const names = new Set<string>();
  visitNodes(exprs, (node) => {
    if (node.kind === 'ColumnRef') names.add((node as ColumnRef).parts.at(-1)?.name ?? '');
  });
  return names;
}
