import type { Identifier, ObjectName } from '../../sql/ast.ts';
import type { Query } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import { printObjectName, printQuery } from '../../sql/print.ts';
import { parseColumnNames, printColumnNames, printCreate, printIfExists, words } from './clauses.ts';
import type { CreateMode, Head, StatementNode } from './head.ts';

export interface CreateView extends StatementNode {
  readonly kind: 'CreateView';
  readonly mode: CreateMode;
  readonly name: ObjectName;
  /** Empty where the query names them. */
  readonly columns: readonly Identifier[];
  readonly query: Query;
}

export interface AlterView extends StatementNode {
  readonly kind: 'AlterView';
  readonly name: ObjectName;
  readonly columns: readonly Identifier[];
  readonly query: Query;
}

export interface DropView extends StatementNode {
  readonly kind: 'DropView';
  readonly ifExists: boolean;
  readonly name: ObjectName;
}

/** CREATE [OR REPLACE] VIEW [IF NOT EXISTS] <name> [(<column>, …)] AS <query> */
export function parseCreateView(p: Parser, { start, mode }: Head): CreateView {
  return { kind: 'CreateView', mode, ...viewBody(p, 'name'), span: p.spanFrom(start) };
}

/** ALTER VIEW <name> [(<column>, …)] AS <query> */
export function parseAlterView(p: Parser, { start }: Head): AlterView {
  return { kind: 'AlterView', ...viewBody(p, 'table'), span: p.spanFrom(start) };
}

function viewBody(p: Parser, what: 'name' | 'table'): Pick<AlterView, 'name' | 'columns' | 'query'> {
  const name = p.objectName(what);
  const columns = parseColumnNames(p, 'name');
  p.expect('AS');
  return { name, columns, query: p.query() };
}

function printBody({ name, columns, query }: Pick<AlterView, 'name' | 'columns' | 'query'>): string {
  return words(printObjectName(name), printColumnNames(columns), 'AS', printQuery(query));
}

export function printCreateView(view: CreateView): string {
  return words(printCreate(view.mode, 'VIEW'), printBody(view));
}

export function printAlterView(view: AlterView): string {
  return words('ALTER VIEW', printBody(view));
}

/** DROP VIEW [IF EXISTS] <name> */
export function parseDropView(p: Parser, { start, ifExists }: Head): DropView {
  return { kind: 'DropView', ifExists, name: p.objectName('table'), span: p.spanFrom(start) };
}

export function printDropView({ ifExists, name }: DropView): string {
  return words('DROP VIEW', printIfExists(ifExists), printObjectName(name));
}
