import type { Identifier } from '../../sql/ast.ts';
import type { OptionSetting } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import { printIdentifier } from '../../sql/print.ts';
import { printOption } from '../../sql/print-name.ts';
import { FILE_FORMAT_OPTIONS, printCreate, printIfExists, words } from './clauses.ts';
import type { CreateMode, Head, StatementNode } from './head.ts';

export interface CreateFileFormat extends StatementNode {
  readonly kind: 'CreateFileFormat';
  readonly mode: CreateMode;
  readonly name: Identifier;
  readonly options: readonly OptionSetting[];
}

export interface DropFileFormat extends StatementNode {
  readonly kind: 'DropFileFormat';
  readonly ifExists: boolean;
  readonly name: Identifier;
}

/** CREATE [OR REPLACE] FILE FORMAT [IF NOT EXISTS] <name> <option> = <value> [[,] <option> = <value>]… */
export function parseCreateFileFormat(p: Parser, { start, mode }: Head): CreateFileFormat {
  const name = p.name();
  const options: OptionSetting[] = [];
  do {
    options.push(p.optionSetting(FILE_FORMAT_OPTIONS));
  } while (p.accept(',') || !p.atEnd);
  return { kind: 'CreateFileFormat', mode, name, options, span: p.spanFrom(start) };
}

export function printCreateFileFormat({ mode, name, options }: CreateFileFormat): string {
  const settings = options.map((option) => printOption(option)).join(', ');
  return words(printCreate(mode, 'FILE FORMAT'), printIdentifier(name), settings);
}

/** DROP FILE FORMAT [IF EXISTS] <name> */
export function parseDropFileFormat(p: Parser, { start, ifExists }: Head): DropFileFormat {
  return { kind: 'DropFileFormat', ifExists, name: p.name('file format'), span: p.spanFrom(start) };
}

export function printDropFileFormat({ ifExists, name }: DropFileFormat): string {
  return words('DROP FILE FORMAT', printIfExists(ifExists), printIdentifier(name));
}
