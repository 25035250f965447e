import { SqlError } from '../base/errors.ts';
import { quoteName } from '../sql/print-name.ts';
import type { StatementContext } from '../statements/context.ts';
import { bindQuery } from '../statements/query.ts';
import { parseStatement } from '../statements/syntax/index.ts';
import type { Column } from '../types/type.ts';
import { lookUp, lookUpRelation } from '../warehouse/find.ts';
import type { Scope, ScopeItem } from './scope.ts';

/** A text with what the names at a place of it may stand for. */
export interface TextScope extends Scope {
  readonly text: string;
}

/** The columns of what stands in FROM; none where it cannot be said. Files of a stage are looked at, no row is read. */
export async function columnsOf(item: ScopeItem, scope: TextScope, ctx: StatementContext): Promise<readonly Column[]> {
  const table = tableColumns(item, scope, ctx);
  if (table) return table;
  const { text } = scope;
  const alone = await columnsOfQuery(`SELECT * FROM ${text.slice(item.start, item.end)}`, scope, ctx);
  if (alone.length > 0 || item.start === item.listStart || item.alias === '') return alone;
  // What LATERAL stands before may need the references on its left.
  const list = text.slice(item.listStart, item.end);
  return columnsOfQuery(`SELECT "${item.alias}".* FROM ${list}`, scope, ctx);
}

function tableColumns({ parts }: ScopeItem, { ctes }: Scope, ctx: StatementContext): readonly Column[] | undefined {
  const [name, database = ctx.session.database] = [...parts].reverse();
  if (name === undefined || (parts.length === 1 && ctes.some((cte) => cte.name === name))) return undefined;
  const catalog = ctx.catalog();
  const owner = lookUp(catalog, 'Database', database);
  const relation = owner && lookUpRelation(catalog, owner, name);
  return relation?.kind === 'Table' ? relation.columns : undefined;
}

/** The columns of a CTE or a relation of the database that FROM does not name yet. */
export function columnsOfName(name: string, scope: TextScope, ctx: StatementContext): Promise<readonly Column[]> {
  return columnsOfQuery(`SELECT * FROM ${quoteName(name)}`, scope, ctx);
}

async function columnsOfQuery(sql: string, scope: TextScope, ctx: StatementContext): Promise<readonly Column[]> {
  return (await boundQuery(sql, scope, ctx))?.columns ?? [];
}

/** A query behind the CTEs of a scope, bound; undefined where it does not parse or bind. */
export async function boundQuery(sql: string, { text, ctes }: TextScope, ctx: StatementContext) {
  const defined = ctes.map(({ start, end }) => text.slice(start, end)).join(', ');
  try {
    const statement = parseStatement(defined === '' ? sql : `WITH RECURSIVE ${defined} ${sql}`);
    return statement.kind === 'Query' ? await bindQuery(statement, ctx) : undefined;
  } catch (error) {
    if (error instanceof SqlError) return undefined;
    throw error;
  }
}
