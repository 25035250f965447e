import type { ObjectName } from '../sql/ast.ts';
import type { NamedTable, Query } from '../sql/ast-query.ts';
import { printQuery } from '../sql/print.ts';
import type { StatementContext } from './context.ts';
import { refuseSecrets } from './refuse-secrets.ts';
import { mapNodes, visitNodes } from './walk.ts';

/** A view means the same wherever it is used: every table with its database. */
export function canonicalQuery(query: Query, { session }: StatementContext): string {
  const ctes = new Set<string>();
  visitNodes(query, (node) => {
    if (node.kind === 'Query') for (const cte of (node as Query).with?.ctes ?? []) ctes.add(cte.name.name);
  });
  const isTable = (name: ObjectName) => name.parts.length === 1 && !ctes.has(name.parts[0]?.name ?? '');
  const full = mapNodes(query, (node) => {
    if (node.kind !== 'NamedTable') return node;
    const table = node as NamedTable;
    const { name } = table;
    if (!isTable(name)) return table;
    const database = { name: session.database, quoted: false, span: name.span };
    return { ...table, name: { ...name, parts: [database, ...name.parts] } };
  });
  return refuseSecrets(printQuery(full), 'view');
}
