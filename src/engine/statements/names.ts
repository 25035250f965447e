import { SqlError } from '../base/errors.ts';
import { resolvedName, splitName } from '../bind/relation.ts';
import type { Identifier, ObjectName } from '../sql/ast.ts';
import { findDatabase } from '../warehouse/find.ts';
import type { DatabaseRecord } from '../warehouse/object.ts';
import type { CatalogState } from '../warehouse/state.ts';
import type { StatementContext } from './context.ts';

/** `IDENTIFIER($v)` is the name that the variable holds. */
export function nameOf(name: ObjectName, { session }: Pick<StatementContext, 'session'>): ObjectName {
  return resolvedName(name, { variables: session.variables, placeholders: session.script?.values });
}

export interface QualifiedName {
  readonly database: DatabaseRecord;
  readonly name: Identifier;
}

/** The database that a table's or view's name is in, and its last part. Throws UnknownDatabase. */
export function qualified(name: ObjectName, catalog: CatalogState, ctx: StatementContext): QualifiedName {
  const { database, name: last } = splitName(nameOf(name, ctx));
  return at(name, () => ({
    database: findDatabase(catalog, database?.name ?? ctx.session.database),
    name: last,
  }));
}

/** Errors of the look-up get the place of the name. */
export function at<Result>({ span }: Pick<ObjectName, 'span'>, find: () => Result): Result {
  try {
    return find();
  } catch (error) {
    throw error instanceof SqlError ? error.at(span) : error;
  }
}
