import type { Expr, Identifier } from '../../sql/ast.ts';
import type { Query } from '../../sql/ast-query.ts';
import type { ExpectedKind } from '../../sql/expected.ts';
import type { Parser } from '../../sql/parser.ts';
import { printExpr, printIdentifier, printQuery } from '../../sql/print.ts';
import { words } from './clauses.ts';
import type { Head, StatementNode } from './head.ts';
import type { Statement } from './index.ts';

/** One value for each name, or a query that gives them as its columns. */
export interface Assignments {
  readonly names: readonly Identifier[];
  readonly values: readonly Expr[] | Query;
}

export interface SetSettings extends StatementNode, Assignments {
  readonly kind: 'SetSettings';
  readonly global: boolean;
}

export interface SetVariables extends StatementNode, Assignments {
  readonly kind: 'SetVariables';
}

export interface UnsetSettings extends StatementNode {
  readonly kind: 'UnsetSettings';
  readonly global: boolean;
  readonly names: readonly Identifier[];
}

export interface UnsetVariables extends StatementNode {
  readonly kind: 'UnsetVariables';
  readonly names: readonly Identifier[];
}

/** `SETTINGS (…)` before a statement that they hold for. */
export interface WithSettings extends StatementNode {
  readonly kind: 'WithSettings';
  readonly settings: readonly { readonly name: Identifier; readonly value: Expr }[];
  readonly statement: Statement;
}

/** SET [SESSION | GLOBAL] {<name> = <expr> | (<name>, …) = {(<expr>, …) | <query>}} | SET VARIABLE … */
export function parseSet(p: Parser, { start }: Head): SetSettings | SetVariables {
  if (p.ahead(1).word !== '=' && p.accept('VARIABLE')) {
    return { kind: 'SetVariables', ...assignments(p, 'variable'), span: p.spanFrom(start) };
  }
  const global = p.ahead(1).word !== '=' && p.acceptAny('SESSION', 'GLOBAL') === 'GLOBAL';
  return { kind: 'SetSettings', global, ...assignments(p, 'setting'), span: p.spanFrom(start) };
}

function assignments(p: Parser, what: ExpectedKind): Assignments {
  if (!p.peek('(')) {
    const name = p.name(what);
    p.expect('=');
    return { names: [name], values: [p.expr()] };
  }
  const names = nameList(p, what);
  p.expect('=');
  return { names, values: valueList(p) };
}

function nameList(p: Parser, what: ExpectedKind): Identifier[] {
  return p.peek('(') ? p.parenthesized(() => p.list(() => p.name(what))) : [p.name(what)];
}

function valueList(p: Parser): Assignments['values'] {
  if (p.startsQuery()) return p.query();
  const content = p.parenthesized(() => p.queryOrExprs());
  return content.kind === 'Query' ? content : content.items;
}

function printAssignments({ names, values }: Assignments): string {
  const [name, value] = [names[0], 'kind' in values ? undefined : values[0]];
  if (names.length === 1 && name && value) return `${printIdentifier(name)} = ${printExpr(value)}`;
  const content = 'kind' in values ? printQuery(values) : values.map(printExpr).join(', ');
  return `(${names.map(printIdentifier).join(', ')}) = (${content})`;
}

export function printSetSettings(set: SetSettings): string {
  return words('SET', set.global && 'GLOBAL', printAssignments(set));
}

export function printSetVariables(set: SetVariables): string {
  return `SET VARIABLE ${printAssignments(set)}`;
}

/** UNSET [SESSION | GLOBAL] {<name> | (<name>, …)} | UNSET VARIABLE {<name> | (<name>, …)} */
export function parseUnset(p: Parser, { start }: Head): UnsetSettings | UnsetVariables {
  const hasNames = !p.atEnd && p.ahead(1).kind !== 'End' && p.ahead(1).word !== ';';
  if (hasNames && p.accept('VARIABLE')) {
    return { kind: 'UnsetVariables', names: nameList(p, 'variable'), span: p.spanFrom(start) };
  }
  const global = hasNames && p.acceptAny('SESSION', 'GLOBAL') === 'GLOBAL';
  return { kind: 'UnsetSettings', global, names: nameList(p, 'setting'), span: p.spanFrom(start) };
}

function printNames(names: readonly Identifier[]): string {
  const list = names.map(printIdentifier).join(', ');
  return names.length === 1 ? list : `(${list})`;
}

export function printUnsetSettings({ global, names }: UnsetSettings): string {
  return words('UNSET', global && 'GLOBAL', printNames(names));
}

export function printUnsetVariables({ names }: UnsetVariables): string {
  return `UNSET VARIABLE ${printNames(names)}`;
}

/** SETTINGS (<name> = <constant>, …) <statement> */
export function parseWithSettings(p: Parser, head: Head): WithSettings {
  const settings = p.parenthesized(() =>
    p.list(() => {
      const name = p.name('setting');
      p.expect('=');
      return { name, value: p.expr() };
    }),
  );
  const statement = head.statement(p);
  return { kind: 'WithSettings', settings, statement, span: p.spanFrom(head.start) };
}

export function printWithSettings(
  { settings, statement }: WithSettings,
  print: (statement: Statement) => string,
): string {
  const list = settings.map(({ name, value }) => `${printIdentifier(name)} = ${printExpr(value)}`);
  return `SETTINGS (${list.join(', ')}) ${print(statement)}`;
}
