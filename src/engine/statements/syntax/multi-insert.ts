import type { Expr, Identifier, ObjectName } from '../../sql/ast.ts';
import type { Hint, Query } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import { printExpr, printHints, printObjectName, printQuery } from '../../sql/print.ts';
import { parseColumnNames, printColumnNames, printOptionalWith, words } from './clauses.ts';
import type { DmlNode, Head } from './head.ts';
import { type InsertValue, insertValue, printInsertValue, startsQueryInParentheses } from './insert-value.ts';

export interface MultiInsert extends DmlNode {
  readonly kind: 'MultiInsert';
  readonly overwrite: boolean;
  /** Whether a row goes to the first branch alone whose condition it satisfies. */
  readonly first: boolean;
  /** One without a condition takes every row, and stands alone. */
  readonly branches: readonly InsertBranch[];
  /** Of ELSE: for rows that no branch takes. */
  readonly otherwise: readonly IntoClause[];
  readonly query: Query;
}

export interface InsertBranch {
  readonly when: Expr | undefined;
  readonly targets: readonly IntoClause[];
}

export interface IntoClause {
  readonly table: ObjectName;
  /** Empty for all columns. */
  readonly columns: readonly Identifier[];
  /** Over the columns of the query; absent where these go by position. */
  readonly values: readonly InsertValue[] | undefined;
}

/** Whether the words behind INSERT are those of a multi-table INSERT and no name of a table. */
export function startsMultiInsert(p: Parser): boolean {
  const at = p.token.word === 'OVERWRITE' ? 1 : 0;
  const [verb, next] = [p.ahead(at).word, p.ahead(at + 1).word];
  return (verb === 'ALL' && /^(INTO|WHEN)$/.test(next)) || (verb === 'FIRST' && next === 'WHEN');
}

interface MultiInsertHead {
  readonly head: Head;
  readonly hints: readonly Hint[];
}

/**
 * [WITH …] INSERT [hint] [OVERWRITE] ALL {INTO <table> [(<column>, …)] [VALUES (<expr> | DEFAULT, …)]}… <query>
 * [WITH …] INSERT [hint] [OVERWRITE] {ALL | FIRST} {WHEN <expr> THEN {INTO …}…}… [ELSE {INTO …}…] <query>
 */
export function parseMultiInsert(p: Parser, { head, hints }: MultiInsertHead): MultiInsert {
  const overwrite = p.accept('OVERWRITE');
  const first = p.expectAny('ALL', 'FIRST') === 'FIRST';
  const branches: InsertBranch[] = [];
  if (!p.peek('WHEN')) branches.push({ when: undefined, targets: intoClauses(p) });
  while (p.accept('WHEN')) {
    const when = p.expr();
    p.expect('THEN');
    branches.push({ when, targets: intoClauses(p) });
  }
  const otherwise = branches[0]?.when && p.accept('ELSE') ? intoClauses(p) : [];
  const node = { overwrite, first, branches, otherwise, query: p.query() };
  return { kind: 'MultiInsert', with: head.with, hints, ...node, span: p.spanFrom(head.start) };
}

function intoClauses(p: Parser): readonly IntoClause[] {
  const clauses: IntoClause[] = [];
  do {
    p.expect('INTO');
    const table = p.objectName('table');
    const columns = startsQueryInParentheses(p) ? [] : parseColumnNames(p);
    const values = p.accept('VALUES') ? p.parenthesized(() => p.list(() => insertValue(p))) : undefined;
    clauses.push({ table, columns, values });
  } while (p.peek('INTO'));
  return clauses;
}

export function printMultiInsert(insert: MultiInsert): string {
  const { branches, otherwise } = insert;
  return words(
    printOptionalWith(insert.with),
    'INSERT',
    printHints(insert.hints),
    insert.overwrite && 'OVERWRITE',
    insert.first ? 'FIRST' : 'ALL',
    ...branches.flatMap(({ when, targets }) => [when && `WHEN ${printExpr(when)} THEN`, ...targets.map(printInto)]),
    otherwise.length > 0 && 'ELSE',
    ...otherwise.map(printInto),
    printQuery(insert.query),
  );
}

function printInto({ table, columns, values }: IntoClause): string {
  return words(
    `INTO ${printObjectName(table)}`,
    printColumnNames(columns),
    values && `VALUES (${values.map(printInsertValue).join(', ')})`,
  );
}
