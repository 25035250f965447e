import type { Parser } from '../../sql/parser.ts';
import { words } from './clauses.ts';
import type { Head, StatementNode } from './head.ts';
import type { Statement } from './index.ts';

const FORMS = [
  'AST',
  'SYNTAX',
  'PIPELINE',
  'JOIN',
  'GRAPH',
  'FRAGMENTS',
  'RAW',
  'OPTIMIZED',
  'MEMO',
  'DECORRELATED',
  'ANALYZE PARTIAL',
  'ANALYZE GRAPHICAL',
  'ANALYZE',
  'PERF',
] as const;

const FLAGS = ['VERBOSE', 'LOGICAL', 'OPTIMIZED', 'DECORRELATED'] as const;

export type ExplainForm = (typeof FORMS)[number];
export type ExplainFlag = (typeof FLAGS)[number];

export interface Explain extends StatementNode {
  readonly kind: 'Explain';
  /** Absent for the plan. */
  readonly form: ExplainForm | undefined;
  readonly flags: readonly ExplainFlag[];
  readonly statement: Statement;
}

/** EXPLAIN [(<flag>, …) | VERBOSE] [<form>] <statement> */
export function parseExplain(p: Parser, head: Head): Explain {
  const flags = explainFlags(p);
  const form = p.acceptAny(...FORMS);
  const statement = head.statement(p);
  return { kind: 'Explain', form, flags, statement, span: p.spanFrom(head.start) };
}

/** A parenthesis that begins with a flag; a query may stand in one too. */
function explainFlags(p: Parser): readonly ExplainFlag[] {
  if (p.accept('VERBOSE')) return ['VERBOSE'];
  const isList = p.token.word === '(' && FLAGS.some((flag) => p.ahead(1).word === flag);
  return isList ? p.parenthesized(() => p.list(() => p.expectAny(...FLAGS))) : [];
}

export function printExplain({ form, flags, statement }: Explain, print: (statement: Statement) => string): string {
  return words('EXPLAIN', flags.length > 0 && `(${flags.join(', ')})`, form, print(statement));
}
