import { SqlError } from '../base/errors.ts';
import type { TypedValue } from '../bind/binder.ts';
import type { BoundQuery } from '../bind/plan.ts';
import type { Expr, ObjectName } from '../sql/ast.ts';
import type { Query, Select, Travel } from '../sql/ast-query.ts';
import { parseQuery } from '../sql/parser.ts';
import { type Cell, cellReader } from '../types/cell.ts';
import { showCell } from '../types/show.ts';
import { engineTypeName, isInteger, plain } from '../types/type.ts';
import { findStream } from '../warehouse/find.ts';
import { firstVersion, type TableMoment, tableHistory } from '../warehouse/history.ts';
import type { TableRecord } from '../warehouse/object.ts';
import { findTag } from '../warehouse/snapshot-tags.ts';
import type { StreamOffset } from '../warehouse/table-range.ts';
import type { StatementContext } from './context.ts';
import { execute } from './execute.ts';
import { at, qualified } from './names.ts';

/** A point may be any expression, which is a query of its own. */
export interface TravelAccess {
  readonly ctx: StatementContext;
  bindQuery(query: Query): Promise<BoundQuery>;
}

/**
 * The point of a table's history that is named. Throws InvalidArgument for a value that is no point, and
 * HistoricalDataNotFound where the history does not reach that far.
 */
export async function travelPoint(travel: Travel, table: TableRecord, access: TravelAccess): Promise<StreamOffset> {
  try {
    if (travel.to === 'STREAM') return streamPoint(travel, table, access);
    if (travel.to === 'TAG') return { offset: findTag(table, nameIn(travel), access.ctx.now).version };
    return { offset: await travelVersion(travel, table, access) };
  } catch (error) {
    throw error instanceof SqlError ? error.at(travel.span) : error;
  }
}

/** TAG names one; a text will do. */
function nameIn({ value }: Travel): string {
  const [name, ...more] = value.kind === 'ColumnRef' ? value.parts : [];
  if (name && more.length === 0) return name.name;
  if (value.kind === 'StringLiteral') return value.value;
  throw new SqlError('InvalidArgument', 'TAG must be the name of a tag');
}

function streamPoint({ value }: Travel, table: TableRecord, { ctx }: TravelAccess): StreamOffset {
  const catalog = ctx.catalog();
  const name: ObjectName = { parts: value.kind === 'ColumnRef' ? value.parts : [], span: value.span };
  if (name.parts.length === 0) throw new SqlError('InvalidArgument', 'STREAM must be the name of a stream');
  const { database, name: last } = qualified(name, catalog, ctx);
  const { tableId, offset, ahead } = at(name, () => findStream(catalog, database, last.name));
  if (tableId !== table.id) {
    throw new SqlError('IllegalStream', `The stream '${database.name}.${last.name}' belongs to another table`);
  }
  return { offset, ahead };
}

function travelVersion(travel: Travel, table: TableRecord, access: TravelAccess): Promise<number> {
  const { services, signal } = access.ctx;
  return versionIn(tableHistory(services.warehouse, table, signal), travel, access);
}

/** The version of a history that is named. */
export async function versionIn(
  history: AsyncIterable<TableMoment>,
  { to, value }: Travel,
  access: TravelAccess,
): Promise<number> {
  if (to === 'STREAM' || to === 'TAG')
    throw new SqlError('Unimplemented', `travelling to a ${to} is not supported yet`);
  return firstVersion(history, pointTest(to, await evaluate(value, access), access.ctx.now));
}

/** Tells the newest moment that is meant from those after it. */
function pointTest(
  to: Exclude<Travel['to'], 'STREAM' | 'TAG'>,
  point: TypedValue,
  now: number,
): (moment: TableMoment) => boolean {
  switch (to) {
    case 'SNAPSHOT': {
      const id = snapshotId(point);
      return (moment) => moment.snapshotId === id;
    }
    case 'VERSION': {
      const wanted = versionNumber(point);
      return ({ version }) => version === wanted;
    }
    default: {
      const time = to === 'TIMESTAMP' ? timestamp(point) : now + offset(point);
      return (moment) => moment.timestamp <= time;
    }
  }
}

/** Of the table's Delta log, from 0. */
function versionNumber({ type, value }: TypedValue): number {
  if (isInteger(type) && value !== null) return Number(showCell(value, type, { timezone: 'UTC' }));
  throw new SqlError('InvalidArgument', `VERSION must be a number, but got ${engineTypeName(type)}`);
}

function snapshotId({ type, value }: TypedValue): string {
  if (typeof value === 'string' && type.kind === 'String') return value;
  throw new SqlError('InvalidArgument', `Invalid snapshot id, expected a String but got ${engineTypeName(type)}`);
}

/** In milliseconds. */
function timestamp({ type, value }: TypedValue): number {
  if (type.kind === 'Timestamp' && typeof value === 'bigint') return Number(value / 1000n);
  throw new SqlError('InvalidArgument', `TIMESTAMP must be a Timestamp, but got ${engineTypeName(type)}`);
}

/** In milliseconds, from now on; written in seconds. */
function offset({ type, value }: TypedValue): number {
  const seconds = isInteger(type) && value !== null ? Number(showCell(value, type, { timezone: 'UTC' })) : Number.NaN;
  if (seconds <= 0) return seconds * 1000;
  throw new SqlError('InvalidArgument', 'OFFSET must be a number of seconds that is not positive');
}

/** Constants, variables and subqueries alike. */
async function evaluate(expr: Expr, { ctx, bindQuery }: TravelAccess): Promise<TypedValue> {
  const query = parseQuery('SELECT 0');
  // The text above is a plain SELECT.
  const body = query.body as Select;
  const items: Select['items'] = [{ kind: 'ExprItem', expr, alias: undefined, span: expr.span }];
  const { columns, batches } = await execute(await bindQuery({ ...query, body: { ...body, items } }), ctx);
  const type = columns[0]?.type ?? plain('Null');
  let value: Cell = null;
  for await (const batch of batches) {
    const data = batch.data.children[0];
    if (data && batch.numRows > 0) value = cellReader(data, type)(0);
  }
  return { type, value };
}
