import type { Identifier, ObjectName } from '../../sql/ast.ts';
import type { OptionSetting } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import { printIdentifier, printObjectName } from '../../sql/print.ts';
import { printOptions } from '../../sql/print-name.ts';
import { printCreate, printIfExists, words } from './clauses.ts';
import type { CreateMode, Head, StatementNode } from './head.ts';

export interface CreateDatabase extends StatementNode {
  readonly kind: 'CreateDatabase';
  readonly mode: CreateMode;
  readonly name: ObjectName;
  /** Upper case. */
  readonly engine: string | undefined;
  readonly options: readonly OptionSetting[];
}

export interface DropDatabase extends StatementNode {
  readonly kind: 'DropDatabase';
  readonly ifExists: boolean;
  readonly name: ObjectName;
}

export interface UndropDatabase extends StatementNode {
  readonly kind: 'UndropDatabase';
  readonly name: ObjectName;
}

export interface AlterDatabase extends StatementNode {
  readonly kind: 'AlterDatabase';
  readonly ifExists: boolean;
  readonly name: ObjectName;
  readonly action:
    | { readonly kind: 'RenameTo'; readonly to: Identifier }
    | { readonly kind: 'RefreshCache' }
    | { readonly kind: 'SetOptions'; readonly options: readonly OptionSetting[] };
}

export interface Use extends StatementNode {
  readonly kind: 'Use';
  readonly what: 'DATABASE' | 'CATALOG';
  readonly name: ObjectName;
}

/** CREATE [OR REPLACE] {DATABASE | SCHEMA} [IF NOT EXISTS] <name> [ENGINE = <engine>] [OPTIONS (<key> = <value>, …)] */
export function parseCreateDatabase(p: Parser, { start, mode }: Head): CreateDatabase {
  const name = p.objectName('name');
  const engine = p.accept('ENGINE =') ? p.word() : undefined;
  const options = p.accept('OPTIONS') ? p.optionSettings() : [];
  return { kind: 'CreateDatabase', mode, name, engine, options, span: p.spanFrom(start) };
}

export function printCreateDatabase({ mode, name, engine, options }: CreateDatabase): string {
  return words(
    printCreate(mode, 'DATABASE'),
    printObjectName(name),
    engine && `ENGINE = ${engine}`,
    options.length > 0 && `OPTIONS ${printOptions(options)}`,
  );
}

/** DROP {DATABASE | SCHEMA} [IF EXISTS] <name> */
export function parseDropDatabase(p: Parser, { start, ifExists }: Head): DropDatabase {
  return { kind: 'DropDatabase', ifExists, name: p.objectName('database'), span: p.spanFrom(start) };
}

export function printDropDatabase({ ifExists, name }: DropDatabase): string {
  return words('DROP DATABASE', printIfExists(ifExists), printObjectName(name));
}

/** UNDROP {DATABASE | SCHEMA} <name> */
export function parseUndropDatabase(p: Parser, { start }: Head): UndropDatabase {
  return { kind: 'UndropDatabase', name: p.objectName('database'), span: p.spanFrom(start) };
}

export function printUndropDatabase({ name }: UndropDatabase): string {
  return `UNDROP DATABASE ${printObjectName(name)}`;
}

/** ALTER {DATABASE | SCHEMA} [IF EXISTS] <name> {RENAME TO <name> | REFRESH CACHE | SET OPTIONS (…)} */
export function parseAlterDatabase(p: Parser, { start, ifExists }: Head): AlterDatabase {
  const name = p.objectName('database');
  const action = databaseAction(p);
  return { kind: 'AlterDatabase', ifExists, name, action, span: p.spanFrom(start) };
}

function databaseAction(p: Parser): AlterDatabase['action'] {
  if (p.accept('RENAME TO')) return { kind: 'RenameTo', to: p.name() };
  if (p.accept('REFRESH CACHE')) return { kind: 'RefreshCache' };
  p.expect('SET OPTIONS');
  return { kind: 'SetOptions', options: p.optionSettings() };
}

export function printAlterDatabase({ ifExists, name, action }: AlterDatabase): string {
  return words('ALTER DATABASE', printIfExists(ifExists), printObjectName(name), printDatabaseAction(action));
}

function printDatabaseAction(action: AlterDatabase['action']): string {
  if (action.kind === 'RenameTo') return `RENAME TO ${printIdentifier(action.to)}`;
  return action.kind === 'RefreshCache' ? 'REFRESH CACHE' : `SET OPTIONS ${printOptions(action.options)}`;
}

/** USE [CATALOG] <name> */
export function parseUse(p: Parser, { start }: Head): Use {
  const isCatalog = /^(Word|Quoted)$/.test(p.ahead(1).kind) && p.accept('CATALOG');
  const name = p.objectName('database');
  return { kind: 'Use', what: isCatalog ? 'CATALOG' : 'DATABASE', name, span: p.spanFrom(start) };
}

/** SET CATALOG <name> */
export function parseSetCatalog(p: Parser, { start }: Head): Use {
  return { kind: 'Use', what: 'CATALOG', name: p.objectName('database'), span: p.spanFrom(start) };
}

export function printUse({ what, name }: Use): string {
  return words('USE', what === 'CATALOG' && what, printObjectName(name));
}
