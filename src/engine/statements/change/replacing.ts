import type { RecordBatch } from 'apache-arrow';
import { collect } from '../../base/async.ts';
import { SqlError } from '../../base/errors.ts';
import { booleanLiteral, coerce } from '../../bind/build.ts';
import { selectOf } from '../../bind/build-query.ts';
import { bind, binderFor } from '../../bind/index.ts';
import type { BoundExpr, BoundQuery } from '../../bind/plan.ts';
import type { Relations } from '../../bind/relation.ts';
import type { Expr } from '../../sql/ast.ts';
import { parseQuery } from '../../sql/parser.ts';
import { quoteName } from '../../sql/print-name.ts';
import { cellReader } from '../../types/cell.ts';
import { showCell } from '../../types/show.ts';
import { plain } from '../../types/type.ts';
import type { TableColumn } from '../../warehouse/object.ts';
import { bindSession } from '../bind-session.ts';
import type { StatementContext } from '../context.ts';
import { execute } from '../query.ts';
import { selectItem } from '../select.ts';
import { columnValue, defaultValue, NO_RELATIONS, type Target } from '../target.ts';
import { rowsRelation } from './materialize.ts';
import { bindOverRows } from './over-rows.ts';

export interface ReplaceSource {
  readonly source: BoundQuery;
  readonly target: Target;
  /** Those that the source fills. */
  readonly columns: readonly TableColumn[];
  readonly deleteWhen: Expr | undefined;
}

const NOWHERE = { start: 0, end: 0 };

/** Rows of the whole table, and behind them whether a row only deletes. */
export async function replacingRows(
  { source, target: { table }, columns, deleteWhen }: ReplaceSource,
  ctx: StatementContext,
): Promise<BoundQuery> {
  const { id, flag } = await deleteFlag(deleteWhen, source, ctx);
  const given = source.columns.map(
    (column, index): BoundExpr => ({ kind: 'Column', relation: id, index, ...column, span: NOWHERE }),
  );
  const values = table.columns.map((column) => {
    const value = given[columns.indexOf(column)];
    return value ? columnValue(value, column, ctx) : defaultValue(column, ctx);
  });
  const from = { kind: 'Derived', id, lateral: false, query: source, columns: source.columns } as const;
  return selectOf({
    items: [...values, flag],
    from,
    columns: [...table.columns, { name: 'deletes', type: plain('Boolean'), nullable: true }],
  });
}

async function deleteFlag(
  deleteWhen: Expr | undefined,
  source: BoundQuery,
  ctx: StatementContext,
): Promise<{ readonly id: number; readonly flag: BoundExpr }> {
  if (!deleteWhen) return { id: 0, flag: booleanLiteral(false, NOWHERE) };
  const { id, items } = await bindOverRows([selectItem(deleteWhen)], source.columns, deleteWhen.span, ctx);
  const [condition] = items;
  if (!condition) throw new SqlError('Internal', 'DELETE WHEN was not bound');
  return { id, flag: coerce(binderFor(bindSession(NO_RELATIONS, ctx)), condition, plain('Boolean')) };
}

/** New rows and the table whose rows they replace, where their keys are equal. */
export interface ReplaceSides {
  readonly target: Target;
  readonly keys: readonly TableColumn[];
  /** Their keys. */
  readonly rows: readonly RecordBatch[];
}

/** The rows that are replaced, as a query over the table joined with the new rows. */
export function replacedRows(sides: ReplaceSides, ctx: StatementContext): BoundQuery {
  const equal = sides.keys.map(({ name }) => `target.${quoteName(name)} = rows.${quoteName(name)}`);
  return bindSides(`SELECT 1 FROM target LEFT SEMI JOIN rows ON ${equal.join(' AND ')}`, sides, ctx);
}

/**
 * Throws StorageOther where two new rows have the same key. As in Databend, keys outside of those that the table has are
 * taken as new without a look at each other.
 */
export async function checkKeysOnce(sides: ReplaceSides, ctx: StatementContext): Promise<void> {
  const names = sides.keys.map(({ name }) => quoteName(name));
  const bounds = names.flatMap((name, index) => [`min(${name}) AS low${index}`, `max(${name}) AS high${index}`]);
  const within = names.map((name, index) => `rows.${name} BETWEEN low${index} AND high${index}`);
  const keys = names.map((name) => `rows.${name}`).join(', ');
  const query = bindSides(
    `SELECT ${keys} FROM rows JOIN (SELECT ${bounds.join(', ')} FROM target) AS bounds ON ${within.join(' AND ')}
     GROUP BY ${keys} HAVING count(*) > 1 LIMIT 1`,
    sides,
    ctx,
  );
  const [twice] = await collect((await execute(query, ctx)).batches);
  if (!twice) return;
  const settings = { timezone: ctx.session.settings.get('timezone') };
  const shown = sides.keys.map(({ name, type }, index) => {
    const data = twice.data.children[index];
    const cell = data ? cellReader(data, type)(0) : null;
    return `${name} = ${cell === null ? 'NULL' : showCell(cell, type, settings)}`;
  });
  throw new SqlError(
    'StorageOther',
    `duplicated data detected in the values being replaced into (only the first one will be described): ${shown.join(', ')}`,
  );
}

function bindSides(sql: string, { target, keys, rows }: ReplaceSides, ctx: StatementContext): BoundQuery {
  const { database, table } = target;
  const named: Relations['named'] = ({ name: { parts } }) => {
    const { source } = rowsRelation(0, keys, rows);
    if (parts[0]?.name === 'rows' && source.kind === 'Rows') return source;
    return { kind: 'Table', database: database.name, table };
  };
  return bind(parseQuery(sql), bindSession({ ...NO_RELATIONS, named }, ctx));
}
