import type { Parser } from '../../sql/parser.ts';
import { printString } from '../../sql/print-name.ts';
import type { Head, StatementNode } from './head.ts';

export interface Begin extends StatementNode {
  readonly kind: 'Begin';
}

export interface Commit extends StatementNode {
  readonly kind: 'Commit';
}

export interface Rollback extends StatementNode {
  readonly kind: 'Rollback';
}

export interface Kill extends StatementNode {
  readonly kind: 'Kill';
  readonly what: 'QUERY' | 'CONNECTION';
  readonly id: string;
}

/** BEGIN [TRANSACTION] | START TRANSACTION */
export function parseBegin(p: Parser, { start }: Head): Begin {
  p.accept('TRANSACTION');
  return { kind: 'Begin', span: p.spanFrom(start) };
}

/** COMMIT */
export function parseCommit(p: Parser, { start }: Head): Commit {
  return { kind: 'Commit', span: p.spanFrom(start) };
}

/** ROLLBACK | ABORT */
export function parseRollback(p: Parser, { start }: Head): Rollback {
  return { kind: 'Rollback', span: p.spanFrom(start) };
}

/** KILL {QUERY | CONNECTION} '<id>' */
export function parseKill(p: Parser, { start }: Head): Kill {
  const what = p.expectAny('QUERY', 'CONNECTION');
  return { kind: 'Kill', what, id: p.string(), span: p.spanFrom(start) };
}

export function printKill({ what, id }: Kill): string {
  return `KILL ${what} ${printString(id)}`;
}
