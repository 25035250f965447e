import type { Identifier } from '../../sql/ast.ts';
import type { OptionSetting } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import { printIdentifier } from '../../sql/print.ts';
import { printOption, printString } from '../../sql/print-name.ts';
import { printCreate, printIfExists, words } from './clauses.ts';
import type { CreateMode, Head, StatementNode } from './head.ts';

export interface CreateConnection extends StatementNode {
  readonly kind: 'CreateConnection';
  readonly mode: CreateMode;
  readonly name: Identifier;
  /** As written. */
  readonly storageType: string;
  readonly parameters: readonly OptionSetting[];
}

export interface DropConnection extends StatementNode {
  readonly kind: 'DropConnection';
  readonly ifExists: boolean;
  readonly name: Identifier;
}

/** CREATE [OR REPLACE] CONNECTION [IF NOT EXISTS] <name> STORAGE_TYPE = '<type>' [<key> = '<value>']… */
export function parseCreateConnection(p: Parser, { start, mode }: Head): CreateConnection {
  const name = p.name();
  p.expect('STORAGE_TYPE =');
  const storageType = p.string();
  const parameters: OptionSetting[] = [];
  while (p.token.kind === 'Word') parameters.push(p.optionSetting());
  return { kind: 'CreateConnection', mode, name, storageType, parameters, span: p.spanFrom(start) };
}

export function printCreateConnection({ mode, name, storageType, parameters }: CreateConnection): string {
  return words(
    printCreate(mode, 'CONNECTION'),
    printIdentifier(name),
    `STORAGE_TYPE = ${printString(storageType)}`,
    ...parameters.map((parameter) => printOption(parameter)),
  );
}

/** DROP CONNECTION [IF EXISTS] <name> */
export function parseDropConnection(p: Parser, { start, ifExists }: Head): DropConnection {
  return { kind: 'DropConnection', ifExists, name: p.name('connection'), span: p.spanFrom(start) };
}

export function printDropConnection({ ifExists, name }: DropConnection): string {
  return words('DROP CONNECTION', printIfExists(ifExists), printIdentifier(name));
}
