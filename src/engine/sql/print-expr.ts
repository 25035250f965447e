import { unreachable } from '../base/errors.ts';
import type {
  Access,
  Binary,
  Call,
  Case,
  Expr,
  FrameBound,
  Identifier,
  InList,
  InQuery,
  IntervalLiteral,
  Lambda,
  Like,
  ObjectName,
  OrderItem,
  Unary,
  WindowSpec,
} from './ast.ts';
import type { Query } from './ast-query.ts';
import { LAMBDA_FUNCTIONS } from './keywords.ts';
import { PRECEDENCE, precedenceOf } from './parse-expr.ts';
import { printString, printType, printWord, quoteName } from './print-name.ts';

/** How trees are printed: as SQL that parses back to the same tree, or as Databend names a result column. */
export interface Printer {
  readonly isHeader: boolean;
  /** In parentheses if its operators bind less tightly than `min`. */
  expr(expr: Expr, min?: number): string;
  query(query: Query): string;
  identifier(identifier: Identifier): string;
}

const { not, isNull, comparison, product, sign, postfix } = PRECEDENCE;

const PRIMARY = postfix + 10;

/** How tightly an expression binds when it is printed without parentheses. */
function bindingOf(expr: Expr): number {
  switch (expr.kind) {
    case 'Binary':
      return precedenceOf(expr.operator);
    case 'Unary':
      return unaryBinding(expr);
    case 'IsNull':
      return isNull;
    case 'Like':
    case 'Between':
    case 'InList':
    case 'InQuery':
    case 'Quantified':
    case 'IsDistinct':
      return comparison;
    case 'Lambda':
      return 0;
    default:
      return PRIMARY;
  }
}

function unaryBinding({ operator, operand }: Unary): number {
  if (operator === 'NOT') return not;
  if (operator === '-' && operand.kind === 'NumberLiteral') return PRIMARY;
  return operator === '+' || operator === '-' || operator === '~' ? sign : postfix;
}

/** An expression, in parentheses if it binds less tightly than its place asks for. */
export function exprText(printer: Printer, expr: Expr, min: number): string {
  const text = bareText(printer, expr);
  return bindingOf(expr) < min ? `(${text})` : text;
}

function bareText(printer: Printer, expr: Expr): string {
  const { isHeader } = printer;
  const list = (items: readonly Expr[]) => items.map((item) => printer.expr(item)).join(', ');
  switch (expr.kind) {
    case 'NumberLiteral':
      return expr.text;
    case 'StringLiteral':
      return printString(expr.value);
    case 'BinaryLiteral':
      return `X'${expr.hex}'`;
    case 'BooleanLiteral':
      return expr.value ? 'TRUE' : 'FALSE';
    case 'NullLiteral':
      return 'NULL';
    case 'TypedLiteral':
      return `${expr.type} ${printString(expr.value)}`;
    case 'IntervalLiteral':
      return intervalText(printer, expr);
    case 'ColumnRef':
      return expr.parts.map(printer.identifier).join('.');
    case 'PositionRef':
      return `${expr.table ? `${printer.identifier(expr.table)}.` : ''}$${expr.position}`;
    case 'VariableRef':
      return `$${expr.name}`;
    case 'Placeholder':
      return expr.name === undefined ? '?' : `:${printWord(expr.name)}`;
    case 'Keyword':
      return expr.word;
    case 'ArrayLiteral':
      return `[${list(expr.items)}]`;
    case 'MapLiteral': {
      const colon = isHeader ? ':' : ': ';
      return `{${expr.entries.map(({ key, value }) => printer.expr(key) + colon + printer.expr(value)).join(', ')}}`;
    }
    case 'TupleLiteral':
      return `(${list(expr.items)}${expr.items.length === 1 ? ',' : ''})`;
    case 'ScalarQuery':
      return `(${printer.query(expr.query)})`;
    case 'Exists':
      return `${expr.negated ? 'NOT ' : ''}EXISTS (${printer.query(expr.query)})`;
    case 'Case':
      return caseText(printer, expr);
    case 'Call':
      return callText(printer, expr);
    case 'Access':
      return accessText(printer, expr);
    case 'Lambda':
      return lambdaText(printer, expr, true);
    default:
      return operatorText(printer, expr);
  }
}

type Operation = Extract<
  Expr,
  {
    kind:
      | 'Unary'
      | 'Binary'
      | 'Like'
      | 'Between'
      | 'InList'
      | 'InQuery'
      | 'Quantified'
      | 'IsNull'
      | 'IsDistinct'
      | 'Cast';
  }
>;

function operatorText(printer: Printer, expr: Operation): string {
  const left = (operand: Expr) => printer.expr(operand, comparison);
  const right = (operand: Expr) => printer.expr(operand, comparison + 1);
  switch (expr.kind) {
    case 'Unary':
      return unaryText(printer, expr);
    case 'Binary':
      return binaryText(printer, expr);
    case 'Like':
      return likeText(printer, expr);
    case 'InList':
    case 'InQuery':
      return inText(printer, expr);
    case 'Between':
      return `${left(expr.operand)}${negation(expr)} BETWEEN ${right(expr.low)} AND ${right(expr.high)}`;
    case 'Quantified':
      return `${left(expr.operand)} ${expr.operator} ${expr.quantifier} (${printer.query(expr.query)})`;
    case 'IsNull':
      return `${printer.expr(expr.operand, isNull)} IS${negation(expr)} NULL`;
    case 'IsDistinct':
      return `${left(expr.left)} IS${negation(expr)} DISTINCT FROM ${right(expr.right)}`;
    case 'Cast': {
      if (expr.postfix) return `${printer.expr(expr.operand, postfix)}::${printType(expr.type)}`;
      return `${expr.lenient ? 'TRY_CAST' : 'CAST'}(${printer.expr(expr.operand)} AS ${printType(expr.type)})`;
    }
    default:
      return unreachable(expr);
  }
}

function negation({ negated }: { readonly negated: boolean }): string {
  return negated ? ' NOT' : '';
}

function unaryText(printer: Printer, { operator, operand }: Unary): string {
  if (operator === '!') return `${printer.expr(operand, postfix)}!`;
  if (operator === 'NOT') return `NOT ${printer.expr(operand, not)}`;
  if (operator === '-' && operand.kind === 'NumberLiteral') return `-${operand.text}`;
  const min = operator === '+' || operator === '-' || operator === '~' ? sign : postfix;
  const text = printer.expr(operand, min);
  // `- 5::INT8` would be the cast of a negative literal.
  return operator === '-' && /^[0-9.]/.test(text) ? `- (${text})` : `${operator} ${text}`;
}

function binaryText(printer: Printer, { operator, left, right }: Binary): string {
  const precedence = precedenceOf(operator);
  // All operators of one level associate to the left but `^`, which takes what follows it.
  const endsOpen = precedence === product && left.kind === 'Binary' && left.operator === '^';
  const isPower = operator === '^';
  const leftText = printer.expr(left, isPower || endsOpen ? precedence + 1 : precedence);
  return `${leftText} ${operator} ${printer.expr(right, isPower ? precedence : precedence + 1)}`;
}

function likeText(printer: Printer, expr: Like): string {
  const operator = expr.caseInsensitive ? 'ILIKE' : 'LIKE';
  const pattern = expr.any
    ? `ANY (${expr.patterns.map((item) => printer.expr(item)).join(', ')})`
    : expr.patterns.map((item) => printer.expr(item, comparison + 1)).join('');
  const escapeChar = expr.escape === undefined ? '' : ` ESCAPE ${printString(expr.escape)}`;
  return `${printer.expr(expr.operand, comparison)}${negation(expr)} ${operator} ${pattern}${escapeChar}`;
}

function inText(printer: Printer, expr: InList | InQuery): string {
  const content =
    expr.kind === 'InQuery' ? printer.query(expr.query) : expr.items.map((item) => printer.expr(item)).join(', ');
  const word = printer.isHeader ? 'IN' : 'IN ';
  return `${printer.expr(expr.operand, comparison)}${negation(expr)} ${word}(${content})`;
}

function intervalText(printer: Printer, { value, unit }: IntervalLiteral): string {
  const text = printer.expr(value);
  if (unit === undefined) return `INTERVAL ${text}`;
  const isPlain = /^-?[0-9.]+$/.test(text) || value.kind === 'StringLiteral' || printer.isHeader;
  return `INTERVAL ${isPlain ? text : `(${text})`} ${unit}`;
}

function caseText(printer: Printer, { operand, branches, otherwise }: Case): string {
  const parts = ['CASE'];
  if (operand) parts.push(printer.expr(operand));
  for (const { when, result } of branches) parts.push(`WHEN ${printer.expr(when)} THEN ${printer.expr(result)}`);
  if (otherwise) parts.push(`ELSE ${printer.expr(otherwise)}`);
  return [...parts, 'END'].join(' ');
}

function accessText(printer: Printer, { operand, accessor }: Access): string {
  const base = printer.expr(operand, postfix);
  switch (accessor.kind) {
    case 'Index':
      return `${base}[${printer.expr(accessor.index)}]`;
    case 'Colon':
      return `${base}:${keyText(printer, accessor.key, accessor.quoted)}`;
    case 'Dot': {
      // Without parentheses `a.b` is a column of a table, and `1.2` a number.
      const isOpen = isNumber(operand) || (operand.kind === 'ColumnRef' && !/^[0-9]/.test(accessor.name));
      return `${isOpen ? `(${base})` : base}.${keyText(printer, accessor.name, accessor.quoted)}`;
    }
    default:
      return unreachable(accessor);
  }
}

function isNumber(expr: Expr): boolean {
  return expr.kind === 'NumberLiteral' || (expr.kind === 'Unary' && expr.operand.kind === 'NumberLiteral');
}

function keyText({ isHeader }: Printer, key: string, quoted: boolean): string {
  return quoted && !isHeader ? quoteName(key) : key;
}

function lambdaText(printer: Printer, { params, body }: Lambda, bare: boolean): string {
  const names = params.map(printer.identifier).join(', ');
  return `${bare && params.length === 1 ? names : `(${names})`} -> ${printer.expr(body)}`;
}

function callText(printer: Printer, call: Call): string {
  const suffixes = suffixTexts(printer, call);
  return [formText(printer, call), ...suffixes].join(' ');
}

const FORM_NAMES = { extract: 'EXTRACT', trim: 'TRIM', position: 'POSITION', substring: 'SUBSTRING' } as const;

function formText(printer: Printer, call: Call): string {
  const { form, written, args } = call;
  if (form === 'plain') return plainText(printer, call);
  const texts = args.map((arg) => printer.expr(arg));
  const [first = '', second = '', third] = texts;
  if (form === 'chained') {
    const [receiver] = args;
    const base = receiver ? printer.expr(receiver, postfix) : '';
    const rest = { ...call, args: args.slice(1), argNames: call.argNames.slice(1) };
    return `${receiver && isNumber(receiver) ? `(${base})` : base}.${plainText(printer, rest)}`;
  }
  const name = printer.isHeader ? FORM_NAMES[form] : written;
  switch (form) {
    case 'extract':
      return `${name}(${first} FROM ${second})`;
    case 'trim':
      return `${name}(${first} ${second} FROM ${third})`;
    case 'position':
      return `${name}(${args[0] ? printer.expr(args[0], comparison + 1) : ''} IN ${second})`;
    case 'substring':
      return `${name}(${first} FROM ${second}${third === undefined ? '' : ` FOR ${third}`})`;
    default:
      return unreachable(form);
  }
}

function plainText(printer: Printer, call: Call): string {
  const params = call.params.length > 0 ? `(${call.params.map((param) => printer.expr(param)).join(', ')})` : '';
  if (call.star) return `${printer.isHeader ? call.written.toUpperCase() : call.written}${params}(*)`;
  const args = call.args.map((arg, index) => argumentText(printer, call, arg, index)).join(', ');
  const takesUnit = call.args.some(({ kind }) => kind === 'Keyword');
  const name = printer.isHeader && takesUnit ? call.written.toUpperCase() : call.written;
  return `${name}${params}(${call.distinct ? 'DISTINCT ' : ''}${args})`;
}

function argumentText(printer: Printer, call: Call, arg: Expr, index: number): string {
  const name = call.argNames[index];
  const prefix = name === undefined ? '' : `${printWord(name)} => `;
  const isLambdaFunction = LAMBDA_FUNCTIONS.has(call.name);
  if (arg.kind === 'Lambda') return prefix + lambdaText(printer, arg, isLambdaFunction);
  // POSITION reads its first argument up to IN.
  const text = printer.expr(arg, call.name === 'position' && index === 0 ? comparison + 1 : 0);
  const looksLikeLambda = /^(\([^()]*\)|[^\s()]+) -> /.test(text);
  return prefix + (looksLikeLambda && !printer.isHeader ? `(${text})` : text);
}

/** `WITHIN GROUP (…)`, `FILTER (…)`, `IGNORE NULLS` and `OVER …`, those that the call has. */
function suffixTexts(printer: Printer, { orderBy, filter, nulls, over }: Call): string[] {
  const suffixes: string[] = [];
  if (orderBy.length > 0) suffixes.push(`WITHIN GROUP (ORDER BY ${orderText(printer, orderBy)})`);
  if (filter) suffixes.push(`FILTER (WHERE ${printer.expr(filter)})`);
  if (nulls) suffixes.push(`${nulls} NULLS`);
  if (over?.kind === 'WindowName') suffixes.push(`OVER ${printer.identifier(over.name)}`);
  if (over?.kind === 'WindowSpec') suffixes.push(`OVER ${windowText(printer, over)}`);
  return suffixes;
}

export function orderText(printer: Printer, items: readonly OrderItem[]): string {
  return items
    .map(({ expr, descending, nulls }) => {
      const direction = descending ? ' DESC' : '';
      return printer.expr(expr) + direction + (nulls ? ` NULLS ${nulls}` : '');
    })
    .join(', ');
}

/** `([w] [PARTITION BY …] [ORDER BY …] [frame])` */
export function windowText(printer: Printer, { base, partitionBy, orderBy, frame }: WindowSpec): string {
  const parts: string[] = [];
  if (base) parts.push(printer.identifier(base));
  if (partitionBy.length > 0) parts.push(`PARTITION BY ${partitionBy.map((item) => printer.expr(item)).join(', ')}`);
  if (orderBy.length > 0) parts.push(`ORDER BY ${orderText(printer, orderBy)}`);
  if (frame) {
    const start = boundText(printer, frame.start);
    parts.push(`${frame.unit} ${frame.end ? `BETWEEN ${start} AND ${boundText(printer, frame.end)}` : start}`);
  }
  return `(${parts.join(' ')})`;
}

function boundText(printer: Printer, bound: FrameBound): string {
  if (bound.kind === 'CurrentRow') return 'CURRENT ROW';
  const offset = bound.offset ? printer.expr(bound.offset, comparison + 1) : 'UNBOUNDED';
  return `${offset} ${bound.kind === 'Preceding' ? 'PRECEDING' : 'FOLLOWING'}`;
}

export function objectNameText(printer: Printer, { parts, variable }: ObjectName): string {
  return variable ? `IDENTIFIER(${printer.expr(variable)})` : parts.map(printer.identifier).join('.');
}
