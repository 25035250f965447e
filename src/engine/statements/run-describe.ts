import type { ObjectName } from '../sql/ast.ts';
import { parseQuery } from '../sql/parser.ts';
import { printString } from '../sql/print-name.ts';
import { isSystemDatabase } from '../system/index.ts';
import { findConnection, findDatabase, findFileFormat, findSequence, findStream } from '../warehouse/find.ts';
import type { Outcome, StatementContext } from './context.ts';
import { describeColumns } from './describe-columns.ts';
import { describeFunction } from './describe-function.ts';
import { at, nameOf, qualified } from './names.ts';
import { runSelect } from './query.ts';
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
  // A stage or a task that is not there has no rows; it is no error.
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
  TASK: (name, ctx) => rowsNamed('tasks', lastPart(name, ctx), ctx),
  SEQUENCE: (name, ctx) => {
    const { name: found } = at(name, () => findSequence(ctx.catalog(), lastPart(name, ctx)));
    return rowsNamed('sequences', found, ctx);
  },
  FUNCTION: describeFunction,
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
