import { type Span, SqlError } from '../base/errors.ts';
import type { ObjectName } from '../sql/ast.ts';
import { systemTable } from '../system/index.ts';
import { checkTracked, trackedSince, withTracking } from '../warehouse/change-tracking.ts';
import type { Transaction } from '../warehouse/contract.ts';
import { findRelation, findStream, lookUpRelation } from '../warehouse/find.ts';
import type { TableRecord } from '../warehouse/object.ts';
import { readRange, type StreamOffset } from '../warehouse/table-range.ts';
import { NO_ROWS, type Outcome, type StatementContext } from './context.ts';
import { at, nameOf, qualified } from './names.ts';
import { bindQuery } from './query.ts';
import type { CreateStream, DropStream } from './syntax/stream.ts';
import { travelPoint } from './travel.ts';

/** The stream, and the change tracking of its table, in one commit. */
export async function createStream(statement: CreateStream, ctx: StatementContext): Promise<Outcome> {
  return ctx.transact(async (transaction) => {
    const { mode, appendOnly, comment = '' } = statement;
    const { database, name } = qualified(statement.name, transaction.state(), ctx);
    if (mode === 'CREATE IF NOT EXISTS' && lookUpRelation(transaction.state(), database, name.name)) return NO_ROWS;
    const source = sourceTable(statement.table, transaction, ctx);
    const start = await startOf(statement, source, transaction, ctx);
    at(statement.name, () =>
      transaction.create<'Stream'>(
        {
          kind: 'Stream',
          name: name.name,
          databaseId: database.id,
          tableId: source.table.id,
          appendOnly,
          comment,
          ...start,
        },
        { orReplace: mode === 'CREATE OR REPLACE' },
      ),
    );
    return NO_ROWS;
  });
}

interface Source {
  readonly table: TableRecord;
  readonly database: string;
}

/** Throws IllegalStream for what keeps no history. */
function sourceTable(name: ObjectName, transaction: Transaction, ctx: StatementContext): Source {
  const parts = nameOf(name, ctx).parts.map((part) => part.name);
  const system = systemTable(parts.at(-2) ?? ctx.session.database, parts.at(-1) ?? '');
  if (system) throw noSource(system.name, system.database, `uses engine 'SYSTEM', ${ONLY_FUSE}`, name.span);
  const { database, name: last } = qualified(name, transaction.state(), ctx);
  const relation = at(name, () => findRelation(transaction.state(), database, last.name));
  if (relation.kind !== 'Table') {
    const engine = relation.kind.toUpperCase();
    throw noSource(last.name, database.name, `uses engine '${engine}', ${ONLY_FUSE}`, name.span);
  }
  if (relation.session !== undefined)
    throw noSource(last.name, database.name, "is temporary, can't create stream", name.span);
  if (relation.transient) throw noSource(last.name, database.name, "is transient, can't create stream", name.span);
  return { table: relation, database: database.name };
}

const ONLY_FUSE = 'only FUSE tables support stream creation';

function noSource(name: string, database: string, reason: string, span: Span): SqlError {
  return new SqlError('IllegalStream', `The table '${database}.${name}' ${reason}`, { span });
}

/** Where the stream begins: behind what its own transaction has written. Tracking begins now, unless it has before. */
async function startOf(
  { at: travel }: CreateStream,
  { table, database }: Source,
  transaction: Transaction,
  ctx: StatementContext,
): Promise<StreamOffset> {
  const now = await transaction.snapshot(table, ctx.signal);
  const from = { offset: now.version };
  const start = travel
    ? await travelPoint(travel, table, { ctx, bindQuery: (query) => bindQuery(query, ctx) })
    : (await readRange(ctx.services.warehouse, table, { from, now }, ctx.signal)).end;
  const tracked = { ...table, options: withTracking(table.options, now.version) };
  const check = () => checkTracked(tracked, database, start.offset);
  if (travel) at(travel, check);
  else check();
  if (trackedSince(table) === undefined) transaction.alter<'Table'>(tracked);
  return start;
}

export async function dropStream({ ifExists, name }: DropStream, ctx: StatementContext): Promise<Outcome> {
  return ctx.transact(async (transaction) => {
    const catalog = transaction.state();
    const { database, name: last } = qualified(name, catalog, ctx);
    if (ifExists && !lookUpRelation(catalog, database, last.name)) return NO_ROWS;
    transaction.drop(at(name, () => findStream(catalog, database, last.name)));
    return NO_ROWS;
  });
}
