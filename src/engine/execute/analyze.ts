import type { BoundQuery } from '../bind/plan.ts';
import { lowerQuery } from '../lower/query.ts';
import { usedRelations } from './columns.ts';
import { type Executor, type QueryRequest, runQuery, streamable } from './executor.ts';
import { compact, readText, withRun } from './explain.ts';
import { leaseAll, sqlOf } from './relations.ts';

/** How a query ran. */
export interface QueryProfile {
  /** Milliseconds. */
  readonly loading: number;
  readonly executing: number;
  /** What came out; known where the rows were streamed. */
  readonly rows: number | undefined;
  /** DuckDB's profile, as it draws it. */
  readonly drawing: string;
}

/** Runs the query and forgets its rows. */
export async function analyzeQuery(
  executor: Executor,
  query: BoundQuery,
  request: QueryRequest,
): Promise<QueryProfile> {
  return withRun(executor, request, async (run) => {
    if (await streamable(query, run)) return analyzeStreamed(executor, query, request);
    const start = performance.now();
    const leases = await leaseAll(usedRelations(query), run);
    try {
      const loaded = performance.now();
      const sql = lowerQuery(query, (id) => sqlOf(leases, id), run.settings);
      await executor.workspace.prepare(run.connection, sql);
      run.progress.phase('executing');
      const drawing = await readText(executor.workspace.query(run.connection, `EXPLAIN ANALYZE ${sql}`, run.signal));
      return {
        loading: loaded - start,
        executing: performance.now() - loaded,
        rows: undefined,
        drawing: profileOf(drawing),
      };
    } finally {
      for (const lease of leases.values()) lease.release();
    }
  });
}

async function analyzeStreamed(executor: Executor, query: BoundQuery, request: QueryRequest): Promise<QueryProfile> {
  const start = performance.now();
  let rows = 0;
  for await (const batch of runQuery(executor, query, request).batches) rows += batch.numRows;
  return { loading: 0, executing: performance.now() - start, rows, drawing: '' };
}

/** From the operators on: the head repeats our SQL, the first boxes say that it was explained. */
function profileOf(drawing: string): string {
  const lines = drawing.split('\n');
  const first = lines.findIndex((line) => line.includes('EXPLAIN_ANALYZE'));
  const box = lines.findIndex((line, index) => index > first && line.startsWith('┌'));
  if (first < 0 || box < 0) return drawing;
  const [top = '', ...rest] = lines.slice(box);
  return compact([top.replaceAll('┴', '─'), ...rest].join('\n'));
}
