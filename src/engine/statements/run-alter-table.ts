import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import type { Identifier } from '../sql/ast.ts';
import type { Query } from '../sql/ast-query.ts';
import { parseExpr, parseQuery } from '../sql/parser.ts';
import { quoteName } from '../sql/print-name.ts';
import { settleTracking, trackedSince } from '../warehouse/change-tracking.ts';
import { findTable, streamsOn } from '../warehouse/find.ts';
import type { TableColumn, TableRecord } from '../warehouse/object.ts';
import { withoutTag, withTag } from '../warehouse/snapshot-tags.ts';
import { formerColumns, snapshotAtOffset } from '../warehouse/table-range.ts';
import {
  alter,
  type Change,
  findColumn,
  type Kind,
  type Of,
  refuseIndexed,
  refuseWhereTracked,
} from './alter-change.ts';
import { changeTable, renameTo } from './change-table.ts';
import { checkOn, declaredCheck } from './checks.ts';
import { clusterKeyOf, isInClusterKey } from './cluster-key.ts';
import { callsFunction, declaredColumns } from './columns.ts';
import { checkComputed, refuseComputedFrom } from './computed.ts';
import type { Outcome, StatementContext } from './context.ts';
import { refuseForeign } from './foreign-table.ts';
import { modifyColumns, numbersOf, refuseWithRows } from './modify-columns.ts';
import { at, qualified } from './names.ts';
import { optionRecord } from './options.ts';
import { bindQuery, execute } from './query.ts';
import { recluster } from './recluster.ts';
import { renameColumn } from './rename-column.ts';
import { rewriteTable } from './rewrite-table.ts';
import type { AlterTable, AlterTableAction } from './syntax/alter-table.ts';
import { checkTableOptions } from './table-options.ts';
import { travelPoint } from './travel.ts';

export function alterTable({ ifExists, name, action, span }: AlterTable, ctx: StatementContext): Promise<Outcome> {
  return changeTable({ ifExists, name }, ctx, (table, transaction, database) => {
    // Each action has its own runner; no type can say that for a union.
    const run = ACTIONS[action.kind] as
      | ((action: AlterTableAction, change: Change) => void | Promise<void>)
      | undefined;
    if (!run) throw new SqlError('Unimplemented', `this form of ALTER TABLE is not supported yet`, { span });
    if (!NAMING.has(action.kind)) refuseForeign(table);
    return run(action, { table, transaction, database, ctx });
  });
}

type Actions = { readonly [K in Kind]?: (action: Of<K>, change: Change) => void | Promise<void> };

/** They say nothing of the rows, so that tables of others take them too. */
const NAMING: ReadonlySet<Kind> = new Set(['RenameTo', 'SwapWith', 'SetComment']);

const ACTIONS: Actions = {
  RenameTo: ({ to }, { table, transaction, ctx }) => renameTo(table, to, transaction, ctx),
  SwapWith: swapWith,
  SetComment: ({ comment }, change) => alter(change, { comment }),
  AddColumn: addColumn,
  DropColumn: dropColumn,
  RenameColumn: renameColumn,
  ModifyColumns: modifyColumns,
  ModifyComment: ({ column, comment }, change) => {
    const old = findColumn(column, change);
    alter(change, { columns: change.table.columns.map((one) => (one === old ? { ...one, comment } : one)) });
  },
  DropStored: dropStored,
  ClusterBy: async ({ clusterBy }, change) =>
    alter(change, { clusterKey: await clusterKeyOf(clusterBy, change.table.columns, change.ctx) }),
  AddCheck: addCheck,
  DropConstraint: ({ name }, change) => {
    const { checks = [], name: table } = change.table;
    if (!checks.some((check) => check.name === name.name))
      throw new SqlError('AlterTableError', `table ${table} has no constraint ${name.name}`, { span: name.span });
    const left = checks.filter((check) => check.name !== name.name);
    alter(change, { checks: left.length > 0 ? left : undefined });
  },
  RefreshCache: () => {},
  Recluster: recluster,
  DropClusterKey: (_action, change) => alter(change, { clusterKey: [] }),
  FlashbackTo: flashback,
  CreateSnapshotTag: createSnapshotTag,
  DropSnapshotTag: ({ tag }, change) =>
    alter(change, { snapshotTags: at(tag, () => withoutTag(change.table, tag.name)) }),
  SetOptions: setOptions,
  UnsetOptions: unsetOptions,
};

/** By way of a third name, since at no moment two tables may have one. */
function swapWith({ other }: Of<'SwapWith'>, { table, transaction, database, ctx }: Change): void {
  const target = qualified(other, transaction.state(), ctx);
  if (target.database.id !== database.id) {
    throw new SqlError('BadArguments', 'Swap table not allow modify catalog or database', { span: other.span });
  }
  const second = at(other, () => findTable(transaction.state(), database, target.name.name));
  if (second.id === table.id) return;
  const moved = transaction.alter<'Table'>({ ...table, name: `${table.name} ${ctx.services.newId()}` });
  transaction.alter<'Table'>({ ...second, name: table.name });
  transaction.alter<'Table'>({ ...moved, name: second.name });
}

/** Columns and rows as they were then; defaults, which only the catalog knows, as they are now. */
async function flashback({ travel }: Of<'FlashbackTo'>, { table, transaction, ctx }: Change): Promise<void> {
  const point = await travelPoint(travel, table, { ctx, bindQuery: (query) => bindQuery(query, ctx) });
  const former = await snapshotAtOffset(ctx.services.warehouse, table, point, ctx.signal);
  const columns = formerColumns(table, former);
  transaction.restore(transaction.alter<'Table'>({ ...table, columns }), former);
}

const UNITS = { DAYS: 86_400_000, SECONDS: 1000 } as const;

async function createSnapshotTag(action: Of<'CreateSnapshotTag'>, change: Change): Promise<void> {
  const { table, transaction, ctx } = change;
  const { tag, retain } = action;
  if (ctx.session.settings.get('enable_experimental_table_ref') !== '1') {
    throw new SqlError('Unimplemented', 'Table ref is an experimental feature', {
      span: tag.span,
      hint: hint('switchOn', 'enable_experimental_table_ref'),
    });
  }
  const now = await transaction.snapshot(table, ctx.signal);
  const access = { ctx, bindQuery: (query: Query) => bindQuery(query, ctx) };
  const point = action.at ? await travelPoint(action.at, table, access) : { offset: now.version };
  const illegal = table.transient || table.session !== undefined;
  if (illegal || point.ahead) {
    const reason = illegal ? 'is transient or temporary and keeps no history' : 'was read beyond a version';
    throw new SqlError('IllegalReference', `The table '${table.name}' ${reason}`, { span: tag.span });
  }
  const expiresOn = retain && ctx.now + retain.count * UNITS[retain.unit];
  const made = { name: tag.name, version: point.offset, createdOn: ctx.now, expiresOn };
  alter(change, { snapshotTags: at(tag, () => withTag(table.snapshotTags ?? [], made, ctx.now)) });
}

/** Rows that are there get the default; NULL they have anyway. */
async function addColumn(action: Of<'AddColumn'>, change: Change): Promise<void> {
  const { table, transaction, ctx } = change;
  const { name, span } = action.column.name;
  const index = positionOf(action, change);
  if (table.columns.some((column) => column.name.toLowerCase() === name.toLowerCase())) {
    if (action.ifNotExists) return;
    throw new SqlError('AddColumnExist', `add column ${name} already exist`, { span });
  }
  const added = await declaredColumns([action.column], ctx);
  await checkAdded(action, added, change);
  if (added.some(isComputed)) refuseWhereTracked(action.column.name, change, 'adding a column with a computed default');
  const columns = table.columns.toSpliced(index, 0, ...added);
  const isNull = added.every((column) => column.nullable && !column.computed && (column.default ?? 'NULL') === 'NULL');
  if (isNull) return alter(change, { columns });
  return rewriteTable(
    table,
    columns.map((column) => ({ column, from: added.includes(column) ? undefined : column.name })),
    transaction,
    ctx,
  );
}

async function checkAdded({ column }: Of<'AddColumn'>, added: readonly TableColumn[], change: Change): Promise<void> {
  const { table, ctx } = change;
  const { span } = column;
  if (column.computed?.stored) {
    throw new SqlError('Unimplemented', 'can not add a stored computed column', {
      span,
      hint: hint('addVirtual'),
    });
  }
  const numbers = numbersOf(column);
  if (numbers) refuseWithRows(numbers, column.name, change);
  await checkComputed([column], [...table.columns, ...added], ctx);
}

function dropStored({ column }: Of<'DropStored'>, change: Change): void {
  const old = findColumn(column, change);
  if (!old.computed?.stored) {
    throw new SqlError('AlterTableError', `column ${old.name} is not a STORED computed column`, { span: column.span });
  }
  const { computed: _, ...rest } = old;
  alter(change, { columns: change.table.columns.map((one) => (one === old ? rest : one)) });
}

function positionOf({ position }: Of<'AddColumn'>, { table: { name, columns } }: Change): number {
  if (position === undefined) return columns.length;
  if (position === 'FIRST') return 0;
  const index = columns.findIndex((column) => column.name === position.after.name);
  if (index >= 0) return index + 1;
  const message = `Unable to get field named "${position.after.name}" of table ${name}`;
  throw new SqlError('BadArguments', message, { span: position.after.span });
}

function dropColumn({ column }: Of<'DropColumn'>, change: Change): void {
  const { table } = change;
  const old = findColumn(column, change);
  if (table.columns.length === 1) {
    throw new SqlError('DropColumnEmpty', 'cannot drop table column to empty', { span: column.span });
  }
  refuseIndexed(table, column);
  refuseComputedFrom(table, column);
  refuseChecked(table, column);
  if (isInClusterKey(table, old.name)) {
    throw new SqlError('AlterTableError', `column ${old.name} is part of the cluster key`, {
      span: column.span,
      hint: hint('comesFirst', `ALTER TABLE ${table.name} DROP CLUSTER KEY`),
    });
  }
  alter(change, { columns: table.columns.filter((one) => one !== old) });
}

/** Rows that are there have to meet it. */
async function addCheck({ check }: Of<'AddCheck'>, change: Change): Promise<void> {
  const { table, database, ctx } = change;
  const added = await declaredCheck(check, table.checks ?? [], table, ctx);
  const from = `${quoteName(database.name)}.${quoteName(table.name)}`;
  const query = parseQuery(`SELECT 1 FROM ${from} WHERE NOT (${added.expr}) LIMIT 1`);
  const { batches } = await execute(await bindQuery(query, ctx), ctx);
  for await (const batch of batches) {
    if (batch.numRows === 0) continue;
    const message = `CHECK constraint '${added.name}' is violated by rows of the table`;
    throw new SqlError('ConstraintError', message, { span: check.expr.span });
  }
  alter(change, { checks: [...(table.checks ?? []), added] });
}

function refuseChecked(table: TableRecord, { name, span }: Identifier): void {
  const check = checkOn(table, name);
  if (!check) return;
  throw new SqlError('AlterTableError', `column ${name} is part of the constraint ${check.name}`, {
    span,
    hint: hint('comesFirst', `ALTER TABLE ${table.name} DROP CONSTRAINT ${check.name}`),
  });
}

/** Rows that were there before would have another value each time that they are read. */
const isComputed = ({ default: text }: TableColumn) => text !== undefined && callsFunction(parseExpr(text));

function setOptions({ options }: Of<'SetOptions'>, change: Change): void {
  const set = optionRecord(options);
  checkTableOptions(options, 'alter table');
  alterOptions(change, { ...change.table.options, ...set });
}

function unsetOptions({ names }: Of<'UnsetOptions'>, change: Change): void {
  checkTableOptions(names, 'alter table');
  const kept = Object.entries(change.table.options).filter(([key]) => !names.some(({ name }) => name === key));
  alterOptions(change, Object.fromEntries(kept));
}

function alterOptions(change: Change, options: TableRecord['options']): void {
  const { table, transaction } = change;
  const version = transaction.state().tableVersions.get(table.id)?.version ?? 0;
  const settled = settleTracking(options, table.options, version);
  if (trackedSince({ options: settled }) === undefined) {
    for (const stream of streamsOn(transaction.state(), table.id)) transaction.alter({ ...stream, ended: true });
  }
  alter(change, { options: settled });
}
