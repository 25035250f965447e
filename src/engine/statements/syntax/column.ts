import { SqlError } from '../../base/errors.ts';
import type { Expr, Identifier, TypeName } from '../../sql/ast.ts';
import type { Parser } from '../../sql/parser.ts';
import { printExpr, printIdentifier } from '../../sql/print.ts';
import { printString, printType } from '../../sql/print-name.ts';
import { words } from './clauses.ts';
import type { StatementNode } from './head.ts';

/** A column as CREATE TABLE and ALTER TABLE declare it. */
export interface ColumnDefinition extends StatementNode {
  readonly name: Identifier;
  readonly type: TypeName;
  readonly default: Expr | undefined;
  readonly computed: { readonly expr: Expr; readonly stored: boolean } | undefined;
  readonly autoincrement: { readonly start: number; readonly step: number; readonly ordered: boolean } | undefined;
  readonly check: Expr | undefined;
  readonly comment: string | undefined;
}

type Draft = { -readonly [K in keyof ColumnDefinition]: ColumnDefinition[K] };

/** <name> <type> {NULL | NOT NULL | DEFAULT <expr> | [GENERATED ALWAYS] AS (<expr>) {VIRTUAL | STORED} | …}… [COMMENT 'text'] */
export function parseColumn(p: Parser, what: 'name' | 'column' = 'name'): ColumnDefinition {
  const { start } = p.token;
  const draft: Draft = {
    name: p.name(what),
    type: p.type(),
    default: undefined,
    computed: undefined,
    autoincrement: undefined,
    check: undefined,
    comment: undefined,
    span: { start, end: start },
  };
  let more = true;
  while (more) more = columnOption(p, draft);
  if (p.accept('COMMENT')) draft.comment = p.string();
  const span = p.spanFrom(start);
  if (draft.default && draft.autoincrement) {
    throw new SqlError('SyntaxException', 'DEFAULT and AUTOINCREMENT cannot exist at the same time', { span });
  }
  return { ...draft, span };
}

/** Reads one option if one comes next; what comes later wins. */
function columnOption(p: Parser, draft: Draft): boolean {
  const isNull = p.acceptAny('NOT NULL', 'NULL');
  if (isNull) draft.type = { ...draft.type, nullable: isNull === 'NULL' };
  else if (p.accept('DEFAULT')) draft.default = p.expr();
  else if (p.acceptAny('GENERATED ALWAYS AS', 'AS')) draft.computed = computedColumn(p);
  else if (p.accept('CHECK')) draft.check = p.parenthesized(() => p.expr());
  else if (p.acceptAny('AUTOINCREMENT', 'IDENTITY')) draft.autoincrement = autoincrement(p);
  else return false;
  return true;
}

function computedColumn(p: Parser): ColumnDefinition['computed'] {
  const expr = p.parenthesized(() => p.expr());
  return { expr, stored: p.expectAny('VIRTUAL', 'STORED') === 'STORED' };
}

/** [(<start>, <step>) | START <start> INCREMENT <step>] [ORDER | NOORDER] */
function autoincrement(p: Parser): ColumnDefinition['autoincrement'] {
  let [start, step] = [0, 1];
  if (p.accept('(')) {
    start = p.integer();
    p.expect(',');
    step = p.integer();
    p.expect(')');
  } else if (p.accept('START')) {
    start = p.integer();
    p.expect('INCREMENT');
    step = p.integer();
  }
  return { start, step, ordered: p.acceptAny('ORDER', 'NOORDER') !== 'NOORDER' };
}

export function printColumn(column: ColumnDefinition): string {
  const { computed, autoincrement: sequence } = column;
  return words(
    printIdentifier(column.name),
    printType(column.type),
    column.default && `DEFAULT ${printExpr(column.default)}`,
    computed && `AS (${printExpr(computed.expr)}) ${computed.stored ? 'STORED' : 'VIRTUAL'}`,
    column.check && `CHECK (${printExpr(column.check)})`,
    sequence && `AUTOINCREMENT (${sequence.start}, ${sequence.step}) ${sequence.ordered ? 'ORDER' : 'NOORDER'}`,
    column.comment !== undefined && `COMMENT ${printString(column.comment)}`,
  );
}
