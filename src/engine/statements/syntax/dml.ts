import type { Expr, Identifier, ObjectName } from '../../sql/ast.ts';
import type { TableRef } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import { printExpr, printHints, printIdentifier, printTableRef } from '../../sql/print.ts';
import {
  parseColumnNames,
  parseTargetAlias,
  printColumnNames,
  printOptionalWith,
  printTarget,
  words,
} from './clauses.ts';
import type { DmlNode, Head } from './head.ts';
import { type InsertValue, insertValue, printInsertValue } from './insert-value.ts';

export interface Delete extends DmlNode {
  readonly kind: 'Delete';
  readonly table: ObjectName;
  readonly alias: Identifier | undefined;
  readonly where: Expr | undefined;
}

export interface Update extends DmlNode {
  readonly kind: 'Update';
  readonly table: ObjectName;
  readonly alias: Identifier | undefined;
  readonly assignments: readonly Assignment[];
  readonly from: readonly TableRef[];
  readonly where: Expr | undefined;
}

export interface Assignment {
  /** Names of the table and maybe its database, before the dot. */
  readonly qualifier: readonly Identifier[];
  readonly column: Identifier;
  readonly value: InsertValue;
}

export interface Merge extends DmlNode {
  readonly kind: 'Merge';
  readonly table: ObjectName;
  readonly alias: Identifier | undefined;
  readonly source: TableRef;
  readonly on: Expr;
  /** In the order written. */
  readonly clauses: readonly MergeClause[];
}

export interface MergeClause {
  readonly matched: boolean;
  readonly and: Expr | undefined;
  readonly action: MergeAction;
}

export type MergeAction =
  | { readonly kind: 'MergeDelete' }
  /** `UPDATE *` and `INSERT *` go by name. */
  | { readonly kind: 'MergeUpdate'; readonly assignments: readonly Assignment[] | '*' }
  | {
      readonly kind: 'MergeInsert';
      readonly columns: readonly Identifier[];
      readonly values: readonly InsertValue[] | '*';
    };

/** [WITH …] DELETE FROM <table> [[AS] <alias>] [WHERE <expr>] */
export function parseDelete(p: Parser, head: Head): Delete {
  const hints = p.hints();
  p.expect('FROM');
  const table = p.objectName('table');
  const alias = parseTargetAlias(p);
  const where = p.accept('WHERE') ? p.expr() : undefined;
  return { kind: 'Delete', with: head.with, hints, table, alias, where, span: p.spanFrom(head.start) };
}

export function printDelete({ with: with_, hints, table, alias, where }: Delete): string {
  return words(
    printOptionalWith(with_),
    'DELETE',
    printHints(hints),
    `FROM ${printTarget(table, alias)}`,
    where && `WHERE ${printExpr(where)}`,
  );
}

/** [WITH …] UPDATE <table> [[AS] <alias>] SET [<alias>.]<column> = <expr>, … [FROM <source>, …] [WHERE <expr>] */
export function parseUpdate(p: Parser, head: Head): Update {
  const hints = p.hints();
  const table = p.objectName('table');
  const alias = parseTargetAlias(p);
  p.expect('SET');
  const assignments = p.list(() => assignment(p));
  const from = p.accept('FROM') ? p.list(() => p.tableRef()) : [];
  const where = p.accept('WHERE') ? p.expr() : undefined;
  return {
    kind: 'Update',
    with: head.with,
    hints,
    table,
    alias,
    assignments,
    from,
    where,
    span: p.spanFrom(head.start),
  };
}

function assignment(p: Parser): Assignment {
  const parts = [p.name('column')];
  while (p.accept('.')) parts.push(p.member());
  p.expect('=');
  const value = insertValue(p);
  const column = parts.pop() ?? p.fail();
  return { qualifier: parts, column, value };
}

function printAssignments(assignments: readonly Assignment[]): string {
  return assignments
    .map(({ qualifier, column, value }) => {
      const name = [...qualifier, column].map(printIdentifier).join('.');
      return `${name} = ${printInsertValue(value)}`;
    })
    .join(', ');
}

export function printUpdate({ with: with_, hints, table, alias, assignments, from, where }: Update): string {
  return words(
    printOptionalWith(with_),
    'UPDATE',
    printHints(hints),
    printTarget(table, alias),
    `SET ${printAssignments(assignments)}`,
    from.length > 0 && `FROM ${from.map(printTableRef).join(', ')}`,
    where && `WHERE ${printExpr(where)}`,
  );
}

/**
 * [WITH …] MERGE [hint] INTO <table> [[AS] <alias>] USING <source> ON <expr>
 *   {WHEN MATCHED [AND <expr>] THEN {UPDATE SET … | UPDATE * | DELETE} |
 *    WHEN NOT MATCHED [AND <expr>] THEN INSERT {[(<column>, …)] VALUES (…) | *}}…
 */
export function parseMerge(p: Parser, head: Head): Merge {
  const hints = p.hints();
  p.expect('INTO');
  const table = p.objectName('table');
  const alias = parseTargetAlias(p);
  p.expect('USING');
  const source = p.tableRef();
  p.expect('ON');
  const on = p.expr();
  const clauses = [mergeClause(p)];
  while (p.peek('WHEN')) clauses.push(mergeClause(p));
  return { kind: 'Merge', with: head.with, hints, table, alias, source, on, clauses, span: p.spanFrom(head.start) };
}

function mergeClause(p: Parser): MergeClause {
  p.expect('WHEN');
  const matched = p.expectAny('MATCHED', 'NOT MATCHED') === 'MATCHED';
  const and = p.accept('AND') ? p.expr() : undefined;
  p.expect('THEN');
  return { matched, and, action: matched ? matchedAction(p) : insertAction(p) };
}

function matchedAction(p: Parser): MergeAction {
  if (p.accept('DELETE')) return { kind: 'MergeDelete' };
  p.expect('UPDATE');
  if (p.accept('*')) return { kind: 'MergeUpdate', assignments: '*' };
  p.expect('SET');
  return { kind: 'MergeUpdate', assignments: p.list(() => assignment(p)) };
}

function insertAction(p: Parser): MergeAction {
  p.expect('INSERT');
  if (p.accept('*')) return { kind: 'MergeInsert', columns: [], values: '*' };
  const columns = parseColumnNames(p);
  p.expect('VALUES');
  return { kind: 'MergeInsert', columns, values: p.parenthesized(() => p.list(() => insertValue(p))) };
}

export function printMerge({ with: with_, hints, table, alias, source, on, clauses }: Merge): string {
  return words(
    printOptionalWith(with_),
    'MERGE',
    printHints(hints),
    `INTO ${printTarget(table, alias)}`,
    `USING ${printTableRef(source)}`,
    `ON ${printExpr(on)}`,
    ...clauses.map(printClause),
  );
}

function printClause({ matched, and, action }: MergeClause): string {
  const when = `WHEN ${matched ? 'MATCHED' : 'NOT MATCHED'}`;
  return words(when, and && `AND ${printExpr(and)}`, 'THEN', printMergeAction(action));
}

function printMergeAction(action: MergeAction): string {
  if (action.kind === 'MergeDelete') return 'DELETE';
  if (action.kind === 'MergeUpdate') {
    return action.assignments === '*' ? 'UPDATE *' : `UPDATE SET ${printAssignments(action.assignments)}`;
  }
  if (action.values === '*') return 'INSERT *';
  return words(
    'INSERT',
    printColumnNames(action.columns),
    `VALUES (${action.values.map(printInsertValue).join(', ')})`,
  );
}
