import { SqlError } from '../base/errors.ts';
import { predicatesOn } from '../execute/pushdown.ts';
import type { Predicate } from '../formats/format.ts';
import type { Expr } from '../sql/ast.ts';
import { parseQuery } from '../sql/parser.ts';
import { printExpr } from '../sql/print.ts';
import { quoteName } from '../sql/print-name.ts';
import { scanSet } from '../table/scan-set.ts';
import type { Change, Of } from './alter-change.ts';
import { firstRelation } from './change/target-scan.ts';
import { bindQuery } from './query.ts';
import { compactFiles } from './rewrite-table.ts';

/**
 * Sorts rows by the cluster key, so that a file holds neighbours: of all files, or of those that WHERE leaves. LIMIT is
 * of files, and is nothing to FINAL.
 */
export async function recluster({ isFinal, where, limit }: Of<'Recluster'>, change: Change): Promise<void> {
  const { table, transaction, ctx } = change;
  if (table.clusterKey.length === 0) throw new SqlError('UnclusteredTable', `Unclustered table '${table.name}'`);
  const snapshot = await transaction.snapshot(table, ctx.signal);
  const found = scanSet(snapshot, where ? await predicatesOf(where, change) : []);
  const files = isFinal ? found : found.slice(0, limit);
  if (files.length > 0) await compactFiles(table, { files, order: table.clusterKey }, transaction, ctx);
}

async function predicatesOf(where: Expr, { table, database, ctx }: Change): Promise<readonly Predicate[]> {
  const from = `${quoteName(database.name)}.${quoteName(table.name)}`;
  const query = await bindQuery(parseQuery(`SELECT 1 FROM ${from} WHERE ${printExpr(where)}`), ctx);
  return predicatesOn(query.body, firstRelation(query));
}
