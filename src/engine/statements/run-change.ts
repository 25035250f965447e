import { collect } from '../base/async.ts';
import { SqlError } from '../base/errors.ts';
import type { BoundFrom, BoundQuery, BoundRelation } from '../bind/plan.ts';
import { predicatesOn } from '../execute/pushdown.ts';
import type { Query, SelectItem, TableRef } from '../sql/ast-query.ts';
import type { TableColumn, TableRecord } from '../warehouse/object.ts';
import { applyChanges, columnForm, openChanges } from './change/apply.ts';
import { assignedColumns, boundValues, valueItems } from './change/assignments.ts';
import { keyRanges } from './change/key-ranges.ts';
import { locatedRows } from './change/located.ts';
import { ownerOf, targetRef } from './change/target-ref.ts';
import { findRows, firstRelation, withPlace } from './change/target-scan.ts';
import { countOutcome, type Outcome, type StatementContext } from './context.ts';
import { bindQuery } from './query.ts';
import { selectQuery } from './select.ts';
import type { Delete, Update } from './syntax/dml.ts';
import { findTarget } from './target.ts';

/** UPDATE and DELETE find the rows that they touch by a query, and then rewrite the files that hold one. */

export async function deleteRows(statement: Delete, ctx: StatementContext): Promise<Outcome> {
  const { table } = findTarget(statement.table, ctx);
  if (!statement.where) return deleteAll(table, ctx);
  const query = await bindQuery(changeQuery(statement, [], []), ctx);
  return changeRows({ table, query, columns: [], noun: 'deleted' }, ctx);
}

function deleteAll(table: TableRecord, ctx: StatementContext): Promise<Outcome> {
  return ctx.transact(async (transaction) => {
    const { files, rows = 0 } = await transaction.snapshot(table, ctx.signal);
    transaction.write(table, { added: [], removed: [...files.values()], operation: 'DELETE' });
    return countOutcome('number of rows deleted', rows);
  });
}

export async function update(statement: Update, ctx: StatementContext): Promise<Outcome> {
  const target = findTarget(statement.table, ctx);
  const values = assignedColumns(target, statement.assignments, ownerOf(statement));
  const bound = await bindQuery(changeQuery(statement, valueItems(values), statement.from), ctx);
  const { body } = bound;
  if (body.kind !== 'Select') throw new SqlError('Internal', 'the query of an UPDATE is a SELECT');
  const items = boundValues(values, body.items.values(), ctx);
  const columns = values.map(({ column }) => column);
  const query: BoundQuery = { ...bound, body: { ...body, items }, columns };
  return changeRows({ table: target.table, query, columns, noun: 'updated' }, ctx);
}

/** `SELECT <items> FROM <table>, <from> [WHERE <where>]` */
function changeQuery(statement: Delete | Update, items: readonly SelectItem[], from: readonly TableRef[]): Query {
  const { where, span } = statement;
  const sources = [targetRef(statement), ...from];
  return selectQuery({ with: statement.with, items, from: sources, where, span });
}

interface RowChange {
  readonly table: TableRecord;
  /** New values of these columns, for each row that is touched. */
  readonly query: BoundQuery;
  readonly columns: readonly TableColumn[];
  readonly noun: 'updated' | 'deleted';
}

async function changeRows(change: RowChange, ctx: StatementContext): Promise<Outcome> {
  const { table, columns, noun } = change;
  const relation = firstRelation(change.query);
  const query = withPlace(change.query, relation);
  const indexes = columns.map((column) => table.columns.indexOf(column));
  const strict = ctx.session.settings.get('error_on_nondeterministic_update') === '1';
  return ctx.transact(async (transaction) => {
    const changes = await openChanges(table, transaction, ctx, predicatesOn(query.body, relation));
    const others = { ...ctx, progress: changes.progress.others };
    const join = { query, conditions: whereOf(query), target: relation, source: otherSide(query, relation) };
    const predicates = await keyRanges(join, others);
    let total = 0;
    const target = { ...changes, query, relation, predicates };
    for await (const { files, batches } of findRows(target, others)) {
      const form = columnForm(table, indexes);
      const rows = locatedRows(await collect(batches), form.types);
      const deleted = noun === 'deleted' ? new Uint8Array(rows.places.length).fill(1) : undefined;
      const done = await applyChanges(changes, { files, rows, form: { ...form, deleted, strict } }, ctx);
      total += done.updated + done.deleted;
    }
    const { added, removed } = changes;
    const operation = noun === 'updated' ? 'UPDATE' : 'DELETE';
    if (removed.length > 0) transaction.write(table, { added, removed, operation });
    return countOutcome(`number of rows ${noun}`, total);
  });
}

const whereOf = ({ body }: BoundQuery) => (body.kind === 'Select' ? body.where : undefined);

/** What an UPDATE … FROM joins its target with, where that is a single thing. */
function otherSide({ body }: BoundQuery, target: BoundRelation): BoundFrom | undefined {
  const from = body.kind === 'Select' ? body.from : undefined;
  return from?.kind === 'Join' && from.left === target ? from.right : undefined;
}
