import type { RecordBatch } from 'apache-arrow';
import { SqlError } from '../../base/errors.ts';
import type { BoundColumn, BoundQuery, BoundRelation } from '../../bind/plan.ts';
import { visitQuery } from '../../bind/walk.ts';
import { rowWise } from '../../execute/driving.ts';
import { predicatesOn } from '../../execute/pushdown.ts';
import type { Predicate } from '../../formats/format.ts';
import type { Chunk } from '../../scan/chunk.ts';
import { type OpenTable, scanDataFile } from '../../scan/table.ts';
import type { AddFile } from '../../table/action.ts';
import { scanSet } from '../../table/scan-set.ts';
import type { StatementContext } from '../context.ts';
import { execute, lowerSettings } from '../query.ts';
import type { TargetProgress } from './target-progress.ts';

/** A query over the table that a statement changes. Its first column is the place of the row. */
export interface TargetQuery {
  readonly query: BoundQuery;
  readonly relation: BoundRelation;
  readonly opened: OpenTable;
  readonly progress: TargetProgress;
  /** Of rows that it may find, besides what its own WHERE says; undefined where it can find none. */
  readonly predicates: readonly Predicate[] | undefined;
}

/** Rows that such a query gives for some of the table's files, which their places number. */
export interface FoundRows {
  readonly files: readonly AddFile[];
  /** While the query runs: to be read to their end before the next files. */
  readonly batches: AsyncIterable<RecordBatch>;
}

/** The query with the place of the target's row before its columns. */
export function withPlace(query: BoundQuery, relation: BoundRelation): BoundQuery {
  const { body } = query;
  if (body.kind !== 'Select') throw new SqlError('Internal', 'the query of a change is a SELECT');
  const column = placeColumn(relation);
  return { ...query, body: { ...body, items: [column, ...body.items] }, columns: [column, ...query.columns] };
}

export function placeColumn({ id, columns }: BoundRelation): BoundColumn {
  const index = columns.findLastIndex(({ name }) => name === '_row_place');
  const column = columns[index];
  if (!column) throw new SqlError('Internal', 'the target of a change has places');
  return { kind: 'Column', relation: id, index, ...column, span: NOWHERE };
}

const NOWHERE = { start: 0, end: 0 };

/** The first relation of FROM. */
export function firstRelation({ body }: BoundQuery): BoundRelation {
  let from = body.kind === 'Select' ? body.from : undefined;
  while (from?.kind === 'Join') from = from.left;
  if (from?.kind === 'Relation') return from;
  throw new SqlError('Internal', 'the target of a change is not in its query');
}

/**
 * Runs the query over the files that its predicates leave: over one after the other where each row stands for itself,
 * else over all of them at once.
 */
export async function* findRows(target: TargetQuery, ctx: StatementContext): AsyncGenerator<FoundRows> {
  const { query, relation, opened, progress } = target;
  const predicates = [...predicatesOn(query.body, relation), ...(target.predicates ?? [])];
  const files = target.predicates ? scanSet(opened.snapshot, predicates) : [];
  progress.begin(files);
  if (!standsForItself(query, relation)) {
    const load = {
      relation,
      chunks: (columns: readonly number[]) => scanFiles({ opened, progress, files, columns, predicates }, ctx),
    };
    yield { files, batches: (await execute(query, ctx, { load })).batches };
    return;
  }
  for (const file of files) {
    const scan = (columns: readonly number[]) =>
      scanFiles({ opened, progress, files: [file], columns, predicates }, ctx);
    const { batches } = await execute(query, ctx, { drive: { relation, chunks: scan } });
    yield { files: [file], batches };
  }
}

/** Whether the query may run over some rows of the target at a time, and reads nothing else again and again. */
function standsForItself(query: BoundQuery, relation: BoundRelation): boolean {
  if (rowWise(query)?.relation.id !== relation.id) return false;
  let isAlone = true;
  visitQuery(query, {
    expr: ({ kind }) => {
      if (kind === 'QueryExpr') isAlone = false;
    },
  });
  return isAlone;
}

interface FilesScan extends Pick<TargetQuery, 'opened' | 'progress'> {
  readonly files: readonly AddFile[];
  readonly columns: readonly number[];
  readonly predicates: readonly Predicate[];
}

async function* scanFiles(
  { opened, progress, files, columns, predicates }: FilesScan,
  ctx: StatementContext,
): AsyncGenerator<Chunk> {
  const { timezone, numericCast } = lowerSettings(ctx, {});
  ctx.progress.phase('scanning');
  for (const [fileNumber, file] of files.entries()) {
    const session = { timezone, numericCast };
    const request = { columns, predicates, limit: undefined, session, progress: progress.finding(file), fileNumber };
    yield* scanDataFile(opened, file, request, ctx.signal);
  }
}
