import type { RecordBatch } from 'apache-arrow';
import { selectOf } from '../../bind/build-query.ts';
import type { BoundCte, BoundExpr, BoundFrom, BoundRelation } from '../../bind/plan.ts';
import type { RowsSource } from '../../bind/relation.ts';
import type { StatementContext } from '../context.ts';
import { execute, hold } from '../query.ts';

export interface Materialized {
  readonly source: BoundFrom;
  release(): void;
}

/** What a source gives, computed once, so that every look at it sees the same rows; a table is looked at as it stands. */
export async function materialized(
  source: BoundFrom,
  ctes: readonly BoundCte[],
  ctx: StatementContext,
): Promise<Materialized> {
  if (source.kind === 'Join' || source.kind === 'Relation') return { source, release: () => {} };
  const { id, columns } = source;
  const items = columns.map(
    (column, index): BoundExpr => ({ kind: 'Column', relation: id, index, ...column, span: { start: 0, end: 0 } }),
  );
  const { batches } = await execute({ ...selectOf({ items, from: source, columns }), ctes }, ctx);
  const rows: RowsSource = { kind: 'Rows', name: 'source rows', columns, rows: () => batches };
  const { relation, release } = await hold({ kind: 'Relation', id, columns, source: rows }, ctx);
  return { source: relation, release };
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
