import type { RecordBatch } from 'apache-arrow';
import { collect } from '../../base/async.ts';
import { selectOf } from '../../bind/build-query.ts';
import type { BoundCte, BoundExpr, BoundFrom, BoundRelation } from '../../bind/plan.ts';
import type { StatementContext } from '../context.ts';
import { execute } from '../query.ts';

/** What a source gives, computed once, so that every look at it sees the same rows. */
export async function materialized(
  source: BoundFrom,
  ctes: readonly BoundCte[],
  ctx: StatementContext,
): Promise<BoundFrom> {
  if (source.kind === 'Join' || source.kind === 'Relation') return source;
  const { id, columns } = source;
  const items = columns.map(
    (column, index): BoundExpr => ({ kind: 'Column', relation: id, index, ...column, span: { start: 0, end: 0 } }),
  );
  const { batches } = await execute({ ...selectOf({ items, from: source, columns }), ctes }, ctx);
  return rowsRelation(id, columns, await collect(batches));
}

/** Rows that are there, as a relation with this number. */
export function rowsRelation(
  id: number,
  columns: BoundRelation['columns'],
  rows: readonly RecordBatch[],
): BoundRelation {
  return {
    kind: 'Relation',
    id,
    columns,
    source: {
      kind: 'Rows',
      name: 'source rows',
      columns,
      async *rows() {
        yield* rows;
      },
    },
  };
}
