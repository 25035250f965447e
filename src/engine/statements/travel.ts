import { SqlError } from '../base/errors.ts';
import type { TypedValue } from '../bind/binder.ts';
import type { Expr } from '../sql/ast.ts';
import type { Select, Travel } from '../sql/ast-query.ts';
import { parseQuery } from '../sql/parser.ts';
import { type Cell, cellReader } from '../types/cell.ts';
import { showCell } from '../types/show.ts';
import { engineTypeName, isInteger, plain } from '../types/type.ts';
import { versionAtTime, versionOfSnapshot } from '../warehouse/history.ts';
import type { TableRecord } from '../warehouse/object.ts';
import type { StatementContext } from './context.ts';
import { runSelect } from './query.ts';

/**
 * The version of a table that a travel point names. Throws InvalidArgument for a value that is no point, and
 * HistoricalDataNotFound where the history does not reach that far.
 */
export async function travelVersion(travel: Travel, table: TableRecord, ctx: StatementContext): Promise<number> {
  const { warehouse } = ctx.services;
  try {
    switch (travel.to) {
      case 'SNAPSHOT':
        return await versionOfSnapshot(warehouse, table, snapshotId(await evaluate(travel.value, ctx)), ctx.signal);
      case 'TIMESTAMP':
        return await versionAtTime(warehouse, table, timestamp(await evaluate(travel.value, ctx)), ctx.signal);
      case 'OFFSET':
        return await versionAtTime(warehouse, table, ctx.now + offset(await evaluate(travel.value, ctx)), ctx.signal);
      default:
        throw new SqlError('Unimplemented', `travelling to a ${travel.to} is not supported yet`);
    }
  } catch (error) {
    throw error instanceof SqlError ? error.at(travel.span) : error;
  }
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
async function evaluate(expr: Expr, ctx: StatementContext): Promise<TypedValue> {
  const query = parseQuery('SELECT 0');
  // The text above is a plain SELECT.
  const body = query.body as Select;
  const items: Select['items'] = [{ kind: 'ExprItem', expr, alias: undefined, span: expr.span }];
  const { columns, batches } = await runSelect({ ...query, body: { ...body, items } }, ctx);
  const type = columns[0]?.type ?? plain('Null');
  let value: Cell = null;
  for await (const batch of batches) {
    const data = batch.data.children[0];
    if (data && batch.numRows > 0) value = cellReader(data, type)(0);
  }
  return { type, value };
}
