import type { RecordBatch } from 'apache-arrow';
import { SqlError } from '../base/errors.ts';
import type { BoundJoin, BoundQuery, BoundRelation } from '../bind/plan.ts';
import { pickRows } from '../execute/pick.ts';
import { batchFromColumns } from '../types/build/batch.ts';
import { plain } from '../types/type.ts';
import type { Transaction } from '../warehouse/contract.ts';
import type { TableRecord } from '../warehouse/object.ts';
import { applyChanges, columnForm, openChanges } from './change/apply.ts';
import { keyRanges } from './change/key-ranges.ts';
import { type ChangeForm, type LocatedRows, locatedRows } from './change/located.ts';
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
  const { transaction, table, clauses, ctes } = run;
  const changes = await openChanges(table, transaction, ctx);
  const join = { ...run.join, left: await materialized(run.join.left, ctes, ctx) };
  const plan = mergePlan(table, join, clauses, ctx);
  const predicates = await keyRanges({ conditions: join.on, target: plan.target, source: join.left }, ctx);
  const target = { query: { ...plan.query, ctes }, relation: plan.target, opened: changes.opened, predicates };
  const counts = { Insert: 0, Update: 0, Delete: 0 };
  for await (const { files, batches } of findRows(target, ctx)) {
    const { matched, inserted } = pairsOf(batches, { table, plan, clauses });
    const strict = ctx.session.settings.get('error_on_nondeterministic_update') === '1';
    const done = await applyChanges(changes, { files, rows: matched.rows, form: { ...matched.form, strict } }, ctx);
    const { added, rows } = await writeRows({ transaction, table }, inserted, ctx);
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

interface Pairs {
  readonly matched: { readonly rows: LocatedRows; readonly form: Omit<ChangeForm, 'strict'> };
  /** Rows of the whole table. */
  readonly inserted: AsyncIterable<RecordBatch>;
}

function pairsOf(batches: readonly RecordBatch[], { table, plan, clauses }: PairPlan): Pairs {
  const { types } = columnForm(table, plan.columns);
  const { places, columns } = locatedRows(batches, [plain('Int32'), ...types]);
  const [numbers, ...values] = columns;
  const actions = Array.from((numbers?.values ?? []) as Int32Array, (clause) => clauses[clause]?.action);
  const rowsOf = (isWanted: (action: BoundClause['action'] | undefined) => boolean) =>
    Int32Array.from(actions.flatMap((action, row) => (isWanted(action) ? row : [])));
  const matched = rowsOf((action) => action !== 'Insert');
  const inserted = rowsOf((action) => action === 'Insert');
  const assigned = assignedIndexes(clauses);
  const pick = (index: number, rows: Int32Array) => {
    const [data, type] = [values[plan.columns.indexOf(index)], table.columns[index]?.type];
    if (!data || !type) throw new SqlError('Internal', `column ${index} has no new values`);
    return pickRows(data, type, rows);
  };
  const rows: LocatedRows = {
    places: BigInt64Array.from(matched, (row) => places[row] ?? 0n),
    columns: matched.length === 0 ? [] : assigned.map((index) => pick(index, matched)),
  };
  const deleted = Uint8Array.from(matched, (row) => (actions[row] === 'Delete' ? 1 : 0));
  const whole = () =>
    batchFromColumns(
      table.columns,
      table.columns.map((_, index) => pick(index, inserted)),
      inserted.length,
    );
  return {
    matched: { rows, form: { ...columnForm(table, assigned), deleted } },
    inserted: inOrder(inserted.length === 0 ? [] : [whole()]),
  };
}

/** Of the columns that some UPDATE clause assigns. */
function assignedIndexes(clauses: readonly BoundClause[]): readonly number[] {
  const indexes = clauses.flatMap(({ action, values }) => (action === 'Update' ? [...values.keys()] : []));
  return [...new Set(indexes)].sort((a, b) => a - b);
}

async function* inOrder(batches: readonly RecordBatch[]): AsyncGenerator<RecordBatch> {
  yield* batches;
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
