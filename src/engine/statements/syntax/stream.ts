import type { ObjectName } from '../../sql/ast.ts';
import type { Travel } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import { printObjectName, printTravelPoint } from '../../sql/print.ts';
import { parseComment, printComment, printCreate, printIfExists, words } from './clauses.ts';
import type { CreateMode, Head, StatementNode } from './head.ts';

export interface CreateStream extends StatementNode {
  readonly kind: 'CreateStream';
  readonly mode: CreateMode;
  readonly name: ObjectName;
  readonly table: ObjectName;
  readonly at: Travel | undefined;
  readonly appendOnly: boolean;
  readonly comment: string | undefined;
}

export interface DropStream extends StatementNode {
  readonly kind: 'DropStream';
  readonly ifExists: boolean;
  readonly name: ObjectName;
}

/** CREATE [OR REPLACE] STREAM [IF NOT EXISTS] <name> ON TABLE <table> [AT (…)] [APPEND_ONLY = {TRUE | FALSE}] [COMMENT = 'text'] */
export function parseCreateStream(p: Parser, { start, mode }: Head): CreateStream {
  const name = p.objectName('name');
  p.expect('ON TABLE');
  const table = p.objectName('table');
  const at = p.travel();
  const appendOnly = p.accept('APPEND_ONLY =') ? p.boolean() : true;
  const comment = parseComment(p);
  return { kind: 'CreateStream', mode, name, table, at, appendOnly, comment, span: p.spanFrom(start) };
}

export function printCreateStream({ mode, name, table, at, appendOnly, comment }: CreateStream): string {
  return words(
    printCreate(mode, 'STREAM'),
    `${printObjectName(name)} ON TABLE ${printObjectName(table)}`,
    at && `AT ${printTravelPoint(at)}`,
    !appendOnly && 'APPEND_ONLY = FALSE',
    printComment(comment),
  );
}

/** DROP STREAM [IF EXISTS] <name> */
export function parseDropStream(p: Parser, { start, ifExists }: Head): DropStream {
  return { kind: 'DropStream', ifExists, name: p.objectName('stream'), span: p.spanFrom(start) };
}

export function printDropStream({ ifExists, name }: DropStream): string {
  return words('DROP STREAM', printIfExists(ifExists), printObjectName(name));
}
