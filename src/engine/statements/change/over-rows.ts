import { type Span, SqlError } from '../../base/errors.ts';
import { binderFor } from '../../bind/index.ts';
import type { BoundExpr } from '../../bind/plan.ts';
import type { Relations, RowsSource } from '../../bind/relation.ts';
import type { Identifier } from '../../sql/ast.ts';
import type { NamedTable, SelectItem } from '../../sql/ast-query.ts';
import type { Schema } from '../../types/type.ts';
import { bindSession } from '../bind-session.ts';
import type { StatementContext } from '../context.ts';
import { prepareRelations } from '../relations.ts';
import { selectQuery } from '../select.ts';

export interface OverRows {
  /** The number of the relation that stands for the rows. */
  readonly id: number;
  readonly items: readonly BoundExpr[];
}

/** The rows under a name that nobody can write. */
const ROWS = ' rows';
/** No query has so many relations: what is bound on its own must not share their numbers. */
const BEYOND = 1_000_000;

/** Binds expressions over the columns of a query that was bound before. */
export async function bindOverRows(
  items: readonly SelectItem[],
  columns: Schema,
  span: Span,
  ctx: StatementContext,
): Promise<OverRows> {
  const relations = await prepareRelations(items, ctx);
  const rows: RowsSource = { kind: 'Rows', name: 'rows', columns, rows: neverRead };
  const named: Relations['named'] = (ref) => (ref.name.parts[0]?.name === ROWS ? rows : relations.named(ref));
  const binder = binderFor(bindSession({ ...relations, named }, ctx), BEYOND);
  const { body } = binder.query(selectQuery({ items, from: rowsTable(span), span }), undefined);
  if (body.kind !== 'Select' || body.from?.kind !== 'Relation')
    throw new SqlError('Internal', 'expressions over rows have one source');
  return { id: body.from.id, items: body.items };
}

function neverRead(): never {
  throw new SqlError('Internal', 'these rows are not read');
}

function rowsTable(span: Span): NamedTable {
  const part: Identifier = { name: ROWS, quoted: true, span };
  const nothing = { alias: undefined, travel: undefined, changes: undefined, streamOptions: undefined };
  return { kind: 'NamedTable', name: { parts: [part], span }, ...nothing, sample: undefined, pivot: undefined, span };
}
