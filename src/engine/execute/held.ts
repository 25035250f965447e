import { SqlError } from '../base/errors.ts';
import type { BoundRelation } from '../bind/plan.ts';
import type { RowsSource } from '../bind/relation.ts';
import type { Executor, QueryRequest, Run } from './executor.ts';
import { loadOnce, NO_LIMITS, scanRelation } from './relations.ts';

/** Rows that a statement looks at several times. */
export interface HeldRows {
  readonly relation: BoundRelation;
  release(): void;
}

export type RowsRelation = BoundRelation & { readonly source: RowsSource };

/** Reads rows once, and keeps them in DuckDB until they are released: nothing else holds more than a batch of them. */
export async function holdRows(
  executor: Executor,
  relation: RowsRelation,
  request: Omit<QueryRequest, 'drive' | 'load'>,
): Promise<HeldRows> {
  const connection = executor.workspace.connect();
  const run: Run = { ...request, executor, connection };
  const used = { relation, columns: relation.columns.map((_, index) => index) };
  try {
    const lease = await loadOnce(used, scanRelation(used, run, NO_LIMITS), run);
    const release = () => {
      lease.release();
      connection.close();
    };
    const source: RowsSource = { ...relation.source, rows: neverRead, held: lease.sql };
    return { relation: { ...relation, source }, release };
  } catch (error) {
    connection.close();
    throw error;
  }
}

function neverRead(): never {
  throw new SqlError('Internal', 'rows that are held are in DuckDB');
}
