import { type Span, SqlError } from '../base/errors.ts';
import type { Identifier } from '../sql/ast.ts';
import type {
  DerivedTable,
  NamedTable,
  Query,
  StagedFiles,
  TableAlias,
  TableFunction,
  TableRef,
} from '../sql/ast-query.ts';
import type { Column, Schema } from '../types/type.ts';
import { trackedSince } from '../warehouse/change-tracking.ts';
import {
  type Binder,
  type BoundSource,
  EMPTY_SCOPE,
  type Scope,
  type ScopeColumn,
  type ScopeRelation,
} from './binder.ts';
import { bindJoin } from './join.ts';
import type { BoundExpr, BoundFrom } from './plan.ts';
import {
  CHANGE_COLUMNS,
  ORIGIN_COLUMNS,
  ROW_COLUMNS,
  type RowsSource,
  resolvedName,
  type StreamSource,
  splitName,
  type TableSource,
} from './relation.ts';
import { bindStaged } from './staged.ts';
import { bindTableFunction } from './table-function.ts';

export function bindFrom(binder: Binder, ref: TableRef, scope: Scope): BoundSource {
  switch (ref.kind) {
    case 'NamedTable':
      return bindNamed(binder, ref, scope);
    case 'StagedFiles':
      return bindStagedFiles(binder, ref);
    case 'DerivedTable':
      return bindDerived(binder, ref, scope);
    case 'TableFunction':
      return bindFunction(binder, ref, scope);
    default:
      return bindJoin(binder, ref, scope);
  }
}

function bindNamed(binder: Binder, ref: NamedTable, scope: Scope): BoundSource {
  const query = binder.session.relations.reshaped(ref);
  if (query) return bindQueryOf(binder, { query, ref }, scope);
  const { name, database } = splitName(resolvedName(ref.name, binder.session));
  const cte = database ? undefined : scope.ctes.get(name.name);
  const id = binder.nextId();
  if (cte) {
    if (ref.travel ?? ref.changes ?? ref.streamOptions)
      throw new SqlError('SemanticError', `${name.name} is a CTE, which has no history`, { span: ref.span });
    const from: BoundFrom = { kind: 'CteRef', id, cte: cte.id, columns: cte.query.columns, span: ref.span };
    return source(from, {
      id,
      columns: cte.query.columns,
      alias: ref.alias,
      name: name.name,
      database: undefined,
      span: ref.span,
    });
  }
  const resolved = binder.session.relations.named(ref);
  if (resolved.kind === 'View') return bindView(binder, ref, resolved);
  const columns = columnsOf(resolved);
  const hidden = resolved.kind === 'Table' ? hiddenColumns(resolved) : [];
  const from: BoundFrom = { kind: 'Relation', id, source: resolved, columns: [...columns, ...hidden], span: ref.span };
  return source(from, {
    id,
    columns,
    hidden,
    alias: ref.alias,
    name: name.name,
    database: database?.name ?? binder.session.database,
    span: ref.span,
  });
}

function hiddenColumns({ table }: TableSource): Schema {
  return trackedSince(table) === undefined ? ROW_COLUMNS : [...ROW_COLUMNS, ...ORIGIN_COLUMNS];
}

function columnsOf(resolved: TableSource | StreamSource | RowsSource): Schema {
  if (resolved.kind === 'Rows') return resolved.columns;
  return resolved.kind === 'Table' ? resolved.table.columns : [...resolved.table.columns, ...CHANGE_COLUMNS];
}

type ResolvedView = Extract<ReturnType<Binder['session']['relations']['named']>, { readonly kind: 'View' }>;

/** A view is its query in parentheses; its names mean what they meant where it was made. */
function bindView(binder: Binder, ref: NamedTable, { view, query, database }: ResolvedView): BoundSource {
  if (binder.openViews.has(view.id)) {
    throw new SqlError('ViewDependencyError', `View dependency loop detected (view: ${database}.${view.name})`, {
      span: ref.span,
    });
  }
  binder.openViews.add(view.id);
  const bound = binder.query(query, undefined);
  binder.openViews.delete(view.id);
  const columns = renamed(bound.columns, view.columns ?? [], ref.span);
  const id = binder.nextId();
  return source(
    { kind: 'Derived', id, lateral: false, query: bound, columns, span: ref.span },
    { id, columns, alias: ref.alias, name: view.name, database, span: ref.span },
  );
}

/** PIVOT and its kin: a query that stands for the reference, under its name. The columns are named inside it. */
function bindQueryOf(
  binder: Binder,
  { query, ref }: { readonly query: Query; readonly ref: NamedTable | DerivedTable },
  scope: Scope,
): BoundSource {
  const own = ref.kind === 'NamedTable' ? splitName(resolvedName(ref.name, binder.session)).name : undefined;
  const name = ref.alias?.name ?? own;
  const alias = ref.pivot?.alias ?? (name && { name, columns: [] });
  return bindDerived(
    binder,
    { kind: 'DerivedTable', lateral: false, query, alias, pivot: undefined, span: ref.span },
    scope,
  );
}

function bindDerived(binder: Binder, ref: DerivedTable, scope: Scope): BoundSource {
  const { query, lateral, alias, span } = ref;
  const other = binder.session.relations.reshaped(ref);
  if (other) return bindQueryOf(binder, { query: other, ref }, scope);
  // Without LATERAL the query sees the CTEs and the queries around, but not its neighbours in FROM.
  const outer: Scope = lateral ? scope : { ...EMPTY_SCOPE, outer: scope.outer, ctes: scope.ctes };
  const bound = binder.query(query, outer);
  const id = binder.nextId();
  const from: BoundFrom = { kind: 'Derived', id, lateral, query: bound, columns: bound.columns, span };
  return source(from, { id, columns: bound.columns, alias, name: undefined, database: undefined, span });
}

function bindFunction(binder: Binder, ref: TableFunction, scope: Scope): BoundSource {
  const { from, columns } = bindTableFunction(binder, ref, scope);
  const id = 'id' in from ? from.id : 0;
  return source(from, { id, columns, alias: ref.alias, name: ref.call.name, database: undefined, span: ref.span });
}

function bindStagedFiles(binder: Binder, ref: StagedFiles): BoundSource {
  const id = binder.nextId();
  const { from, relation } = bindStaged(binder, ref, id);
  const named = ref.alias ? { ...relation, name: ref.alias.name.name } : relation;
  return { from, relations: [named], visible: visibleOf(named) };
}

export interface SourceNames {
  readonly id: number;
  readonly columns: Schema;
  readonly alias: TableAlias | undefined;
  readonly name: string | undefined;
  readonly database: string | undefined;
  readonly span: Span;
  /** Columns that stand behind the others and only answer to their names. */
  readonly hidden?: Schema;
}

/** A FROM item as one relation of the scope, under its alias. */
function source(from: BoundFrom, names: SourceNames): BoundSource {
  const { id, columns, alias, name, database, span, hidden = [] } = names;
  const shown = alias
    ? renamed(
        columns,
        alias.columns.map((column: Identifier) => column.name),
        span,
      )
    : columns;
  const scopeColumns = shown.map((column, index) => scopeColumn(column, { relation: id, index, span }));
  const relation: ScopeRelation = {
    id,
    name: alias?.name.name ?? name,
    database: alias ? undefined : database,
    columns: scopeColumns,
    hidden: hidden.map((column, index) => scopeColumn(column, { relation: id, index: columns.length + index, span })),
    position: (position, at) => {
      const column = scopeColumns[position - 1];
      if (!column) throw new SqlError('SemanticError', `column position ${position} doesn't exist`, { span: at });
      return column.expr;
    },
  };
  return { from, relations: [relation], visible: visibleOf(relation) };
}

function renamed(columns: Schema, names: readonly string[], span: Span): Schema {
  if (names.length > columns.length) {
    throw new SqlError('SemanticError', `the alias has ${names.length} columns, the table only ${columns.length}`, {
      span,
    });
  }
  return columns.map((column, index) => ({ ...column, name: names[index] ?? column.name }));
}

interface ColumnPlace {
  readonly relation: number;
  readonly index: number;
  readonly span: Span;
}

export function scopeColumn(column: Column, { relation, index, span }: ColumnPlace): ScopeColumn {
  const expr: BoundExpr = {
    kind: 'Column',
    relation,
    index,
    name: column.name,
    type: column.type,
    nullable: column.nullable,
    span,
  };
  return { ...column, expr, anyCase: false };
}

export function visibleOf(relation: ScopeRelation): BoundSource['visible'] {
  return relation.columns.map(({ name, expr, anyCase }) => ({ name, expr, anyCase, relation: relation.id }));
}
