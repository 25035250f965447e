import type { Span } from '../base/errors.ts';
import type { FunctionSession } from '../functions/function.ts';
import type { FunctionRegistry } from '../functions/resolve.ts';
import type { Call, Expr, Identifier, WindowSpec } from '../sql/ast.ts';
import type { Query, TableRef } from '../sql/ast-query.ts';
import type { Cell } from '../types/cell.ts';
import type { Column, SqlType } from '../types/type.ts';
import type { ObjectId } from '../warehouse/object.ts';
import type { BoundCte, BoundExpr, BoundFrom, BoundQuery } from './plan.ts';
import type { Relations } from './relation.ts';

/**
 * The parts of the binder as they see each other: every file binds one kind of thing and reaches the others through
 * this value, so that no two files import each other. `index.ts` puts them together.
 */
export interface Binder {
  readonly session: BindSession;
  expr(expr: Expr, scope: Scope): BoundExpr;
  query(query: Query, outer: Scope | undefined): BoundQuery;
  from(ref: TableRef, scope: Scope): BoundSource;
  /** A number that no relation of this statement has yet. */
  nextId(): number;
  /** The views whose queries are being bound: none may be in its own. */
  readonly openViews: Set<ObjectId>;
}

/** All that binding a statement rests on; nothing here changes while it is bound. */
export interface BindSession extends FunctionSession {
  readonly functions: FunctionRegistry;
  readonly relations: Relations;
  /** What DuckDB knows a sequence by while the statement runs. Throws where there is none of the name. */
  readonly sequence: (name: string) => string;
  readonly numericCast: 'rounding' | 'truncating';
  readonly nullsFirst: { readonly ascending: boolean; readonly descending: boolean };
  readonly variables: ReadonlyMap<string, TypedValue>;
  /** Variables of a script, written `:name`; undefined outside of scripts. */
  readonly placeholders: ReadonlyMap<string, TypedValue> | undefined;
}

export interface TypedValue {
  readonly type: SqlType;
  readonly value: Cell;
}

/** A search function of a WHERE clause; SCORE() may stand anywhere in its query. */
export interface BoundSearch {
  readonly call: Call;
  readonly condition: BoundExpr;
  readonly score: BoundExpr;
}

/** What names mean at one place of a statement. */
export interface Scope {
  readonly outer: Scope | undefined;
  readonly relations: readonly ScopeRelation[];
  /** Columns that `*` and bare names see, in order: a column shared by USING stands once. */
  readonly visible: readonly VisibleColumn[];
  readonly ctes: ReadonlyMap<string, BoundCte>;
  /** Select items by their alias. */
  readonly aliases: ReadonlyMap<string, BoundExpr>;
  /** Whether an alias wins over a column of the same name (HAVING, QUALIFY, ORDER BY). */
  readonly aliasesFirst: boolean;
  readonly lambdaParams: ReadonlyMap<string, BoundExpr>;
  readonly windows: ReadonlyMap<string, WindowSpec>;
  /** Of WHERE, for SCORE(). */
  readonly searches: readonly BoundSearch[];
  /** Where aggregates and windows may not stand, the name of the clause for the error. */
  readonly without: { readonly aggregates?: string; readonly windows?: string };
}

export interface ScopeRelation {
  readonly id: number;
  /** Alias, or the name of the table. */
  readonly name: string | undefined;
  readonly database: string | undefined;
  readonly columns: readonly ScopeColumn[];
  /** Named, but not part of `*`: `metadata$filename`. */
  readonly hidden: readonly ScopeColumn[];
  /** How `$1` reads here: the n-th column, an error, or (staged files) what the format says. */
  readonly position: (position: number, span: Span) => BoundExpr;
  /** Staged files of which there are none: no column of theirs is known. */
  readonly hasNoFiles?: boolean;
}

export interface ScopeColumn extends Column {
  readonly expr: BoundExpr;
  /** Matches any spelling of its name that differs in case only: columns of files. */
  readonly anyCase: boolean;
}

export interface VisibleColumn {
  readonly name: string;
  readonly expr: BoundExpr;
  /** Of the relation it comes from; absent for columns shared by USING. */
  readonly relation: number | undefined;
  readonly anyCase: boolean;
}

/** A FROM item with what it brings into scope. */
export interface BoundSource {
  readonly from: BoundFrom;
  readonly relations: readonly ScopeRelation[];
  readonly visible: readonly VisibleColumn[];
}

export const EMPTY_SCOPE: Scope = {
  outer: undefined,
  relations: [],
  visible: [],
  ctes: new Map(),
  aliases: new Map(),
  aliasesFirst: false,
  lambdaParams: new Map(),
  windows: new Map(),
  searches: [],
  without: {},
};

/** Names are compared as they are; the lexer has folded the unquoted ones. */
export function nameMatches(column: { readonly name: string; readonly anyCase: boolean }, id: Identifier): boolean {
  if (column.name === id.name) return true;
  return column.anyCase && !id.quoted && column.name.toLowerCase() === id.name;
}
