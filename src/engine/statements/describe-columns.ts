import { CHANGE_COLUMNS } from '../bind/relation.ts';
import type { ObjectName } from '../sql/ast.ts';
import { parseQuery } from '../sql/parser.ts';
import { systemTable } from '../system/index.ts';
import { plain, type Schema, typeName } from '../types/type.ts';
import { findRelation, type Relation } from '../warehouse/find.ts';
import type { StreamRecord, TableColumn, ViewRecord } from '../warehouse/object.ts';
import { column, type Outcome, rowsOutcome, type StatementContext } from './context.ts';
import { currentForeign } from './foreign-table.ts';
import { at, nameOf, qualified } from './names.ts';
import { bindQuery } from './query.ts';

const FIELDS: Schema = ['Field', 'Type', 'Null', 'Default', 'Extra'].map((name) => column(name, plain('String')));

/** The columns of whatever can be read by that name. */
export async function describeColumns(name: ObjectName, ctx: StatementContext): Promise<Outcome> {
  const columns = await columnsOf(name, ctx);
  return rowsOutcome(
    FIELDS,
    columns.map((one) => [
      one.name,
      typeName(one.type),
      one.nullable ? 'YES' : 'NO',
      one.default ?? 'NULL',
      extraText(one),
    ]),
  );
}

function extraText({ computed }: TableColumn): string {
  return computed ? `${computed.stored ? 'STORED' : 'VIRTUAL'} COMPUTED COLUMN \`${computed.expr}\`` : '';
}

async function columnsOf(name: ObjectName, ctx: StatementContext): Promise<readonly TableColumn[]> {
  const { parts } = nameOf(name, ctx);
  const system = systemTable(parts.at(-2)?.name ?? ctx.session.database, parts.at(-1)?.name ?? '');
  if (system) return system.columns;
  const { database, name: last } = qualified(name, ctx.catalog(), ctx);
  return relationColumns(
    at(name, () => findRelation(ctx.catalog(), database, last.name)),
    ctx,
  );
}

async function relationColumns(relation: Relation, ctx: StatementContext): Promise<readonly TableColumn[]> {
  switch (relation.kind) {
    case 'Table':
      return relation.external === undefined ? relation.columns : (await currentForeign(relation, ctx)).columns;
    case 'View':
      return viewColumns(relation, ctx);
    case 'Stream':
      return streamColumns(relation, ctx);
  }
}

async function viewColumns(view: ViewRecord, ctx: StatementContext): Promise<Schema> {
  const { columns } = await bindQuery(parseQuery(view.query), ctx);
  return columns.map((one, index) => ({ ...one, name: view.columns?.[index] ?? one.name }));
}

function streamColumns({ tableId }: StreamRecord, ctx: StatementContext): readonly TableColumn[] {
  const table = ctx.catalog().objects.get(tableId);
  return [...(table?.kind === 'Table' ? table.columns : []), ...CHANGE_COLUMNS];
}
