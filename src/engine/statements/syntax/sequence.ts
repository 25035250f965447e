import type { Identifier } from '../../sql/ast.ts';
import type { Parser } from '../../sql/parser.ts';
import { printIdentifier } from '../../sql/print.ts';
import { parseComment, printComment, printCreate, printIfExists, words } from './clauses.ts';
import type { CreateMode, Head, StatementNode } from './head.ts';

export interface CreateSequence extends StatementNode {
  readonly kind: 'CreateSequence';
  readonly mode: CreateMode;
  readonly name: Identifier;
  readonly start: number | undefined;
  readonly step: number | undefined;
  readonly comment: string | undefined;
}

export interface DropSequence extends StatementNode {
  readonly kind: 'DropSequence';
  readonly ifExists: boolean;
  readonly name: Identifier;
}

/** CREATE [OR REPLACE] SEQUENCE [IF NOT EXISTS] <name> [START [WITH | =] <n>] [INCREMENT [BY | =] <n>] [COMMENT = '…'] */
export function parseCreateSequence(p: Parser, { start: begin, mode }: Head): CreateSequence {
  const name = p.name();
  const start = p.acceptAny('START WITH', 'START =', 'START') ? p.integer() : undefined;
  const step = p.acceptAny('INCREMENT BY', 'INCREMENT =', 'INCREMENT') ? p.integer() : undefined;
  const comment = parseComment(p);
  return { kind: 'CreateSequence', mode, name, start, step, comment, span: p.spanFrom(begin) };
}

export function printCreateSequence({ mode, name, start, step, comment }: CreateSequence): string {
  return words(
    printCreate(mode, 'SEQUENCE'),
    printIdentifier(name),
    start !== undefined && `START = ${start}`,
    step !== undefined && `INCREMENT = ${step}`,
    printComment(comment),
  );
}

/** DROP SEQUENCE [IF EXISTS] <name> */
export function parseDropSequence(p: Parser, { start, ifExists }: Head): DropSequence {
  return { kind: 'DropSequence', ifExists, name: p.name('sequence'), span: p.spanFrom(start) };
}

export function printDropSequence({ ifExists, name }: DropSequence): string {
  return words('DROP SEQUENCE', printIfExists(ifExists), printIdentifier(name));
}
