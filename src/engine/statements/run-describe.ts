import { SqlError } from '../base/errors.ts';
import type { ObjectName } from '../sql/ast.ts';
import { parseQuery } from '../sql/parser.ts';
import { printString } from '../sql/print-name.ts';
import { isSystemDatabase, systemTable } from '../system/index.ts';
import { plain, type Schema, typeName } from '../types/type.ts';
import {
  findConnection,
  findDatabase,
  findFileFormat,
  findRelation,
  findStream,
  type Relation,
} from '../warehouse/find.ts';
import type { StreamRecord, TableColumn, ViewRecord } from '../warehouse/object.ts';
import { column, type Outcome, rowsOutcome, type StatementContext } from './context.ts';
import { at, nameOf, qualified } from './names.ts';
import { bindQuery, runSelect } from './query.ts';
import type { Describe, Described } from './syntax/show.ts';

export function describe({ of, name }: Describe, ctx: StatementContext): Promise<Outcome> {
  return DESCRIBERS[of](name, ctx);
}

type Describer = (name: ObjectName, ctx: StatementContext) => Promise<Outcome>;

const lastPart = (name: ObjectName, ctx: StatementContext) => nameOf(name, ctx).parts.at(-1)?.name ?? '';

const DESCRIBERS: { readonly [Kind in Described]: Describer } = {
  TABLE: describeColumns,
  VIEW: describeColumns,
  DATABASE: (name, ctx) => {
    const database = lastPart(name, ctx);
    if (!isSystemDatabase(database)) at(name, () => findDatabase(ctx.catalog(), database));
    return rowsNamed('databases', database, ctx);
  },
  // A stage that is not there has no rows; it is no error.
  STAGE: (name, ctx) => rowsNamed('stages', lastPart(name, ctx), ctx),
  'FILE FORMAT': (name, ctx) => {
    const { name: found } = at(name, () => findFileFormat(ctx.catalog(), lastPart(name, ctx)));
    return rowsNamed('file_formats', found, ctx);
  },
  CONNECTION: (name, ctx) => {
    const { name: found } = at(name, () => findConnection(ctx.catalog(), lastPart(name, ctx)));
    return rowsNamed('connections', found, ctx);
  },
  STREAM: describeStream,
  TASK: (name) => {
    throw new SqlError('Unimplemented', 'DESC TASK is not supported yet', { span: name.span });
  },
};

function rowsNamed(table: string, name: string, ctx: StatementContext): Promise<Outcome> {
  return runSelect(parseQuery(`SELECT * FROM system.${table} WHERE name = ${printString(name)}`), ctx);
}

function describeStream(name: ObjectName, ctx: StatementContext): Promise<Outcome> {
  const { database, name: last } = qualified(name, ctx.catalog(), ctx);
  const stream = at(name, () => findStream(ctx.catalog(), database, last.name));
  const items =
    'created_on, name, database, catalog, table_name AS table_on, owner, comment, mode, invalid_reason, has_data';
  return runSelect(parseQuery(`SELECT ${items} FROM system.streams WHERE stream_id = ${stream.id}`), ctx);
}

const FIELDS: Schema = ['Field', 'Type', 'Null', 'Default', 'Extra'].map((name) => column(name, plain('String')));

/** The columns of whatever can be read by that name. */
export async function describeColumns(name: ObjectName, ctx: StatementContext): Promise<Outcome> {
  const columns = await columnsOf(name, ctx);
  return rowsOutcome(
    FIELDS,
    columns.map((one) => [one.name, typeName(one.type), one.nullable ? 'YES' : 'NO', one.default ?? 'NULL', '']),
  );
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
      return relation.columns;
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

const CHANGE_COLUMNS: Schema = [
  column('change$action', plain('String')),
  column('change$is_update', plain('Boolean')),
  column('change$row_id', plain('String')),
];

function streamColumns({ tableId }: StreamRecord, ctx: StatementContext): readonly TableColumn[] {
  const table = ctx.catalog().objects.get(tableId);
  return [...(table?.kind === 'Table' ? table.columns : []), ...CHANGE_COLUMNS];
}
