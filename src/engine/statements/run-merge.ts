import type { RecordBatch } from 'apache-arrow';
import { SqlError } from '../base/errors.ts';
import type { BoundJoin, BoundQuery, BoundRelation } from '../bind/plan.ts';
import { pickRows } from '../execute/pick.ts';
import { batchFromColumns } from '../types/build/batch.ts';
import { plain } from '../types/type.ts';
import type { Transaction } from '../warehouse/contract.ts';
import type { TableRecord } from '../warehouse/object.ts';
import { applyChanges, columnForm, openChanges, type TableChanges } from './change/apply.ts';
import { keyRanges } from './change/key-ranges.ts';
import { type ChangeForm, joinedColumn, type LocatedRows, locatedRows } from './change/located.ts';
import { materialized } from './change/materialize.ts';
import { boundClauses, clauseItems, namedClauses } from './change/merge-clauses.ts';
import { type BoundClause, type MergePlan, mergePlan } from './change/merge-plan.ts';
import { targetRef } from './change/target-ref.ts';
import { findRows } from './change/target-scan.ts';
import { column, type Outcome, rowsOutcome, type StatementContext } from './context.ts';
import { bindQuery } from './query.ts';
import { selectQuery } from './select.ts';
import type { Merge } from './syntax/dml.ts';
import { writeRows } from './table-writer.ts';
import { findTarget } from './target.ts';

/** MERGE: the rows of the source with those of the target that match, in one query; then files are rewritten and added. */
export async function merge(statement: Merge, ctx: StatementContext): Promise<Outcome> {
  const target = findTarget(statement.table, ctx);
  const { source, on, span } = statement;
  if (source.kind === 'DerivedTable' && !source.alias)
    throw new SqlError('SyntaxException', 'a query as the source of MERGE needs an alias', { span: source.span });
  const named = namedClauses(statement, target);
  const condition = { kind: 'On', expr: on } as const;
  const right = targetRef(statement);
  const query = await bindQuery(
    selectQuery({
      with: statement.with,
      items: clauseItems(named),
      from: { kind: 'Join', type: 'LEFT', left: source, right, condition, span },
      span,
    }),
    ctx,
  );
  const { join, items } = joinOf(query);
  const clauses = boundClauses(named, items, { target, source: join.left, ref: source }, ctx);
  return ctx.transact((transaction) =>
    runMerge({ transaction, table: target.table, join, clauses, ctes: query.ctes }, ctx),
  );
}

type TargetJoin = BoundJoin & { readonly right: BoundRelation };

function joinOf({ body }: BoundQuery) {
  const join = body.kind === 'Select' ? body.from : undefined;
  if (body.kind !== 'Select' || join?.kind !== 'Join' || join.right.kind !== 'Relation')
    throw new SqlError('Internal', 'a MERGE joins its source with its target');
  return { join: { ...join, right: join.right }, items: body.items };
}

interface MergeRun {
  readonly transaction: Transaction;
  readonly table: TableRecord;
  readonly join: TargetJoin;
  readonly clauses: readonly BoundClause[];
  readonly ctes: BoundQuery['ctes'];
}

async function runMerge(run: MergeRun, ctx: StatementContext): Promise<Outcome> {
  const changes = await openChanges(run.table, run.transaction, ctx);
  const others = { ...ctx, progress: changes.progress.others };
  const { source, release } = await materialized(run.join.left, run.ctes, others);
  try {
    return await mergeRows({ ...run, join: { ...run.join, left: source } }, changes, others);
  } finally {
    release();
  }
}

async function mergeRows(run: MergeRun, changes: TableChanges, ctx: StatementContext): Promise<Outcome> {
  const { transaction, table, join, clauses, ctes } = run;
  const plan = mergePlan(table, join, clauses, ctx);
  const query = { ...plan.query, ctes };
  const keyed = { query, conditions: join.on, target: plan.target, source: join.left };
  const predicates = await keyRanges(keyed, ctx);
  const target = { ...changes, query, relation: plan.target, predicates };
  const counts = { Insert: 0, Update: 0, Delete: 0 };
  const strict = ctx.session.settings.get('error_on_nondeterministic_update') === '1';
  for await (const { files, batches } of findRows(target, ctx)) {
    const matched: MatchedRows[] = [];
    const { added, rows } = await writeRows(
      { transaction, table },
      insertedOf(batches, { table, plan, clauses }, matched),
      ctx,
    );
    const { rows: located, form } = joinedRows(matched, columnForm(table, assignedIndexes(clauses)));
    const done = await applyChanges(changes, { files, rows: located, form: { ...form, strict } }, ctx);
    changes.added.push(...added);
    counts.Update += done.updated;
    counts.Delete += done.deleted;
    counts.Insert += rows;
  }
  const { added, removed } = changes;
  if (added.length + removed.length > 0)
    transaction.write(table, { added, removed, operation: 'MERGE', restsOn: predicates });
  return countsOutcome(clauses, counts);
}

interface PairPlan {
  readonly table: TableRecord;
  readonly plan: MergePlan;
  readonly clauses: readonly BoundClause[];
}

/** Rows of the target that a clause takes, with new values of the columns that some UPDATE assigns. */
interface MatchedRows extends LocatedRows {
  readonly deleted: Uint8Array;
}

/** The rows to insert, as they are found; only the matched ones are kept, for the files that they stand in. */
async function* insertedOf(
  batches: AsyncIterable<RecordBatch>,
  plan: PairPlan,
  matched: MatchedRows[],
): AsyncGenerator<RecordBatch> {
  for await (const batch of batches) {
    const pairs = pairsOf(batch, plan);
    if (pairs.matched.places.length > 0) matched.push(pairs.matched);
    if (pairs.inserted.numRows > 0) yield pairs.inserted;
  }
}

interface Pairs {
  readonly matched: MatchedRows;
  /** Rows of the whole table. */
  readonly inserted: RecordBatch;
}

function pairsOf(batch: RecordBatch, { table, plan, clauses }: PairPlan): Pairs {
  const { types } = columnForm(table, plan.columns);
  const { places, columns } = locatedRows([batch], [plain('Int32'), ...types]);
  const [numbers, ...values] = columns;
  const numbered = (numbers?.values as Int32Array | undefined)?.subarray(0, batch.numRows) ?? [];
  const actions = Array.from(numbered, (clause) => clauses[clause]?.action);
  const rowsOf = (isWanted: (action: BoundClause['action'] | undefined) => boolean) =>
    Int32Array.from(actions.flatMap((action, row) => (isWanted(action) ? row : [])));
  const matched = rowsOf((action) => action !== 'Insert');
  const inserted = rowsOf((action) => action === 'Insert');
  const pick = (index: number, rows: Int32Array) => {
    const [data, type] = [values[plan.columns.indexOf(index)], table.columns[index]?.type];
    if (!data || !type) throw new SqlError('Internal', `column ${index} has no new values`);
    return pickRows(data, type, rows);
  };
  const whole = inserted.length === 0 ? [] : table.columns.map((_, index) => pick(index, inserted));
  return {
    matched: {
      places: BigInt64Array.from(matched, (row) => places[row] ?? 0n),
      columns: matched.length === 0 ? [] : assignedIndexes(clauses).map((index) => pick(index, matched)),
      deleted: Uint8Array.from(matched, (row) => (actions[row] === 'Delete' ? 1 : 0)),
    },
    inserted: batchFromColumns(inserted.length === 0 ? [] : table.columns, whole, inserted.length),
  };
}

function joinedRows(
  parts: readonly MatchedRows[],
  form: Pick<ChangeForm, 'columns' | 'types'>,
): { readonly rows: LocatedRows; readonly form: Omit<ChangeForm, 'strict'> } {
  const rows = parts.reduce((sum, { places }) => sum + places.length, 0);
  const [places, deleted] = [new BigInt64Array(rows), new Uint8Array(rows)];
  let at = 0;
  for (const part of parts) {
    places.set(part.places, at);
    deleted.set(part.deleted, at);
    at += part.places.length;
  }
  const columns = form.types.map((type, index) =>
    joinedColumn(
      parts.flatMap((part) => part.columns[index] ?? []),
      type,
    ),
  );
  return { rows: { places, columns }, form: { ...form, deleted } };
}

/** Of the columns that some UPDATE clause assigns. */
function assignedIndexes(clauses: readonly BoundClause[]): readonly number[] {
  const indexes = clauses.flatMap(({ action, values }) => (action === 'Update' ? [...values.keys()] : []));
  return [...new Set(indexes)].sort((a, b) => a - b);
}

const NOUNS = { Insert: 'inserted', Update: 'updated', Delete: 'deleted' } as const;
const KINDS = ['Insert', 'Update', 'Delete'] as const;

/** A column for each kind of action that stands in the statement. */
function countsOutcome(
  clauses: readonly BoundClause[],
  counts: Readonly<Record<BoundClause['action'], number>>,
): Outcome {
  const kinds = KINDS.filter((kind) => clauses.some(({ action }) => action === kind));
  const columns = kinds.map((kind) => column(`number of rows ${NOUNS[kind]}`, { kind: 'UInt64' }));
  const total = kinds.reduce((sum, kind) => sum + counts[kind], 0);
  return rowsOutcome(columns, [kinds.map((kind) => BigInt(counts[kind]))], total);
}
