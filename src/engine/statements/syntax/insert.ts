import type { Expr, Identifier, ObjectName } from '../../sql/ast.ts';
import type { Location, OptionSetting, Query } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import { printExpr, printHints, printObjectName, printQuery } from '../../sql/print.ts';
import {
  parseColumnNames,
  parseConnectedLocation,
  parseFileFormat,
  printColumnNames,
  printConnectedLocation,
  printFileFormat,
  printOptionalWith,
  words,
} from './clauses.ts';
import type { DmlNode, Head, StatementNode } from './head.ts';
import { type InsertValue, insertValue, printInsertValue, startsQueryInParentheses } from './insert-value.ts';
import { type MultiInsert, parseMultiInsert, startsMultiInsert } from './multi-insert.ts';

export interface Insert extends DmlNode {
  readonly kind: 'Insert';
  readonly overwrite: boolean;
  readonly table: ObjectName;
  /** Empty for all columns. */
  readonly columns: readonly Identifier[];
  readonly source: InsertSource;
}

export interface Replace extends StatementNode {
  readonly kind: 'Replace';
  readonly table: ObjectName;
  readonly columns: readonly Identifier[];
  /** The columns of ON: rows with equal values are replaced. */
  readonly on: readonly Identifier[];
  readonly deleteWhen: Expr | undefined;
  readonly source: InsertSource;
}

export type InsertSource =
  | { readonly kind: 'InsertValues'; readonly rows: readonly (readonly InsertValue[])[] }
  | { readonly kind: 'InsertQuery'; readonly query: Query }
  | {
      readonly kind: 'InsertFiles';
      /** Literals, and a Placeholder for each column of the files; absent for the columns as they come. */
      readonly values: readonly InsertValue[] | undefined;
      readonly location: Location;
      readonly fileFormat: readonly OptionSetting[] | undefined;
    };

/** [WITH …] INSERT [hint] {INTO [TABLE] | OVERWRITE [INTO] [TABLE]} <table> [(<column>, …)] <source> */
export function parseInsert(p: Parser, head: Head): Insert | MultiInsert {
  const hints = p.hints();
  if (startsMultiInsert(p)) return parseMultiInsert(p, { head, hints });
  const overwrite = p.expectAny('INTO', 'OVERWRITE') === 'OVERWRITE';
  if (overwrite) p.accept('INTO');
  acceptTableWord(p);
  const table = p.objectName('table');
  const columns = startsQueryInParentheses(p) ? [] : parseColumnNames(p);
  const source = insertSource(p);
  return { kind: 'Insert', with: head.with, hints, overwrite, table, columns, source, span: p.spanFrom(head.start) };
}

/** `TABLE`, unless it is itself the name of one. */
function acceptTableWord(p: Parser): void {
  if (/^(Word|Quoted)$/.test(p.ahead(1).kind) && !/^(VALUES|SELECT|WITH|FROM)$/.test(p.ahead(1).word))
    p.accept('TABLE');
}

/** {VALUES (<expr> | DEFAULT, …), … | <query> | [VALUES [(…)]] FROM <location> FILE_FORMAT = (…)} */
function insertSource(p: Parser): InsertSource {
  if (!p.accept('VALUES')) {
    const isFiles = p.token.word === 'FROM' && /^(At|String)$/.test(p.ahead(1).kind);
    return isFiles ? insertFiles(p, undefined) : { kind: 'InsertQuery', query: p.query() };
  }
  if (p.peek('FROM')) return insertFiles(p, undefined);
  const rows = p.list(() => p.parenthesized(() => p.list(() => insertValue(p))));
  const [first] = rows;
  if (rows.length === 1 && p.peek('FROM')) return insertFiles(p, first);
  return { kind: 'InsertValues', rows };
}

function insertFiles(p: Parser, values: readonly InsertValue[] | undefined): InsertSource {
  p.expect('FROM');
  const location = parseConnectedLocation(p);
  return { kind: 'InsertFiles', values, location, fileFormat: parseFileFormat(p) };
}

export function printInsert(insert: Insert): string {
  return words(
    printOptionalWith(insert.with),
    'INSERT',
    printHints(insert.hints),
    insert.overwrite ? 'OVERWRITE' : 'INTO',
    printObjectName(insert.table),
    printColumnNames(insert.columns),
    printSource(insert.source),
  );
}

function printSource(source: InsertSource): string {
  if (source.kind === 'InsertQuery') return printQuery(source.query);
  if (source.kind === 'InsertValues') return `VALUES ${source.rows.map(printRow).join(', ')}`;
  const { values, location, fileFormat } = source;
  return words(
    values && `VALUES ${printRow(values)}`,
    `FROM ${printConnectedLocation(location)}`,
    printFileFormat(fileFormat),
  );
}

function printRow(row: readonly InsertValue[]): string {
  return `(${row.map(printInsertValue).join(', ')})`;
}

/** REPLACE [INTO] <table> [(<column>, …)] ON [CONFLICT] (<column>, …) [DELETE WHEN <expr>] {VALUES … | <query>} */
export function parseReplace(p: Parser, { start }: Head): Replace {
  p.accept('INTO');
  const table = p.objectName('table');
  const columns = parseColumnNames(p);
  p.expect('ON');
  p.accept('CONFLICT');
  const on = p.parenthesized(() => p.list(() => p.name('column')));
  const deleteWhen = p.accept('DELETE WHEN') ? p.expr() : undefined;
  return { kind: 'Replace', table, columns, on, deleteWhen, source: insertSource(p), span: p.spanFrom(start) };
}

export function printReplace({ table, columns, on, deleteWhen, source }: Replace): string {
  return words(
    'REPLACE INTO',
    printObjectName(table),
    printColumnNames(columns),
    `ON ${printColumnNames(on)}`,
    deleteWhen && `DELETE WHEN ${printExpr(deleteWhen)}`,
    printSource(source),
  );
}
