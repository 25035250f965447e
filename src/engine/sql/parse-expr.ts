import { SqlError } from '../base/errors.ts';
import type { BinaryOperator, ComparisonOperator, Expr, Identifier, UnaryOperator } from './ast.ts';
import { expectedKind } from './expected.ts';
import { parsePrimary } from './parse-primary.ts';
import type { Parser } from './parser.ts';

/** How tightly operators bind, loosest first; `print.ts` puts parentheses by the same numbers. */
export const PRECEDENCE = {
  or: 5,
  and: 10,
  not: 15,
  isNull: 17,
  comparison: 20,
  bits: 22,
  shift: 23,
  xor: 24,
  sum: 30,
  product: 40,
  sign: 50,
  postfix: 60,
} as const;

const { or, and, not, isNull, comparison, bits, shift, xor, sum, product, sign, postfix } = PRECEDENCE;

/** Binary operators by level. All associate to the left but `^`. */
const LEVELS: readonly (readonly [precedence: number, operators: readonly BinaryOperator[]])[] = [
  [or, ['OR']],
  [and, ['AND']],
  [comparison, ['=', '<>', '<', '<=', '>', '>=', 'REGEXP', 'NOT REGEXP', 'SOUNDS LIKE']],
  [bits, ['|', '&', '#', '<=>', '<+>', '<->']],
  [shift, ['<<', '>>']],
  [xor, ['XOR']],
  [sum, ['+', '-']],
  [product, ['*', '/', '//', 'DIV', '%', '||', '^']],
  [product, ['->', '->>', '#>', '#>>', '?', '?|', '?&', '@>', '<@', '@?', '@@', '#-']],
];

/** Other spellings of an operator. */
const SYNONYMS: readonly (readonly [written: string, operator: BinaryOperator])[] = [
  ['!=', '<>'],
  ['RLIKE', 'REGEXP'],
  ['~', 'REGEXP'],
  ['~*', 'REGEXP'],
  ['!~', 'NOT REGEXP'],
  ['!~*', 'NOT REGEXP'],
];

/** What may follow an operand, by the word of its first token. */
interface Infix {
  /** 0 if the tokens here are no operator after all. */
  precedence(p: Parser): number;
  /** The current token is the operator. */
  parse(p: Parser, left: Expr): Expr;
}

const BINARY_PRECEDENCE = new Map(
  LEVELS.flatMap(([precedence, operators]) => operators.map((operator) => [operator, precedence] as const)),
);

export function precedenceOf(operator: BinaryOperator): number {
  return BINARY_PRECEDENCE.get(operator) ?? comparison;
}

function binary(operator: BinaryOperator): Infix {
  const precedence = precedenceOf(operator);
  const rightPrecedence = operator === '^' ? precedence : precedence + 1;
  return {
    precedence: () => precedence,
    parse(p, left) {
      p.advance();
      const right = parseOperand(p, rightPrecedence);
      return { kind: 'Binary', operator, left, right, span: p.spanFrom(left.span.start) };
    },
  };
}

const COMPARISONS: readonly ComparisonOperator[] = ['=', '<>', '<', '<=', '>', '>='];

/** `a = b`, `a = ANY (SELECT …)`. */
function comparisonInfix(operator: ComparisonOperator): Infix {
  const plain = binary(operator);
  return {
    precedence: plain.precedence,
    parse(p, left) {
      const quantifier = p.ahead(1).word;
      const isQuantified = /^(ANY|SOME|ALL)$/.test(quantifier) && p.ahead(2).word === '(';
      if (!isQuantified) return plain.parse(p, left);
      p.advance();
      p.advance();
      const query = p.parenthesized(() => p.query());
      return {
        kind: 'Quantified',
        operand: left,
        operator,
        quantifier: quantifier === 'ALL' ? 'ALL' : 'ANY',
        query,
        span: p.spanFrom(left.span.start),
      };
    },
  };
}

/** The operators that NOT may stand before. */
const NEGATABLE = new Map<string, (p: Parser, left: Expr, negated: boolean) => Expr>([
  ['LIKE', parseLike],
  ['ILIKE', parseLike],
  ['BETWEEN', parseBetween],
  ['IN', parseIn],
  ['REGEXP', parseNotRegexp],
  ['RLIKE', parseNotRegexp],
]);

function parseNotRegexp(p: Parser, left: Expr): Expr {
  p.advance();
  const right = parseOperand(p, comparison + 1);
  return { kind: 'Binary', operator: 'NOT REGEXP', left, right, span: p.spanFrom(left.span.start) };
}

/** `a [NOT] LIKE [ANY] pattern [ESCAPE 'c']` */
function parseLike(p: Parser, operand: Expr, negated: boolean): Expr {
  const caseInsensitive = p.advance().word === 'ILIKE';
  const any = p.ahead(1).word === '(' && p.accept('ANY');
  const patterns = any ? p.parenthesized(() => p.list(() => p.expr())) : [parseOperand(p, comparison + 1)];
  const escapeChar = p.accept('ESCAPE') ? p.string() : undefined;
  const span = p.spanFrom(operand.span.start);
  return { kind: 'Like', operand, patterns, any, caseInsensitive, negated, escape: escapeChar, span };
}

function parseBetween(p: Parser, operand: Expr, negated: boolean): Expr {
  p.advance();
  const low = parseOperand(p, comparison + 1);
  p.expect('AND');
  const high = parseOperand(p, comparison + 1);
  return { kind: 'Between', operand, low, high, negated, span: p.spanFrom(operand.span.start) };
}

function parseIn(p: Parser, operand: Expr, negated: boolean): Expr {
  p.advance();
  p.expect('(');
  const content = p.queryOrExprs();
  p.expect(')');
  const span = p.spanFrom(operand.span.start);
  return content.kind === 'Query'
    ? { kind: 'InQuery', operand, query: content, negated, span }
    : { kind: 'InList', operand, items: content.items, negated, span };
}

const negatable: Infix = {
  precedence: () => comparison,
  parse: (p, left) => NEGATABLE.get(p.token.word)?.(p, left, false) ?? p.fail(),
};

const negation: Infix = {
  precedence(p) {
    if (NEGATABLE.has(p.ahead(1).word)) return comparison;
    for (const word of NEGATABLE.keys()) p.noteAhead(word, 1);
    return 0;
  },
  parse(p, left) {
    p.advance();
    return NEGATABLE.get(p.token.word)?.(p, left, true) ?? p.fail();
  },
};

/** `IS [NOT] NULL` binds looser than `IS [NOT] DISTINCT FROM`. */
const is: Infix = {
  precedence: (p) => (p.ahead(p.ahead(1).word === 'NOT' ? 2 : 1).word === 'DISTINCT' ? comparison : isNull),
  parse(p, left) {
    p.advance();
    const negated = p.accept('NOT');
    if (p.accept('DISTINCT FROM')) {
      const right = parseOperand(p, comparison + 1);
      return { kind: 'IsDistinct', left, right, negated, span: p.spanFrom(left.span.start) };
    }
    p.expect('NULL');
    return { kind: 'IsNull', operand: left, negated, span: p.spanFrom(left.span.start) };
  },
};

const soundsLike: Infix = {
  precedence: (p) => (p.ahead(1).word === 'LIKE' ? comparison : 0),
  parse(p, left) {
    p.advance();
    p.advance();
    const right = parseOperand(p, comparison + 1);
    return { kind: 'Binary', operator: 'SOUNDS LIKE', left, right, span: p.spanFrom(left.span.start) };
  },
};

const cast: Infix = {
  precedence: () => postfix,
  parse(p, operand) {
    p.advance();
    const type = p.type();
    return { kind: 'Cast', operand, type, lenient: false, postfix: true, span: p.spanFrom(operand.span.start) };
  },
};

const factorial: Infix = {
  precedence: () => postfix,
  parse(p, operand) {
    p.advance();
    return { kind: 'Unary', operator: '!', operand, span: p.spanFrom(operand.span.start) };
  },
};

const index: Infix = {
  precedence: () => postfix,
  parse(p, operand) {
    p.advance();
    const accessor = { kind: 'Index', index: p.expr() } as const;
    p.expect(']');
    return { kind: 'Access', operand, accessor, span: p.spanFrom(operand.span.start) };
  },
};

const colon: Infix = {
  precedence: () => postfix,
  parse(p, operand) {
    p.advance();
    const key = p.member();
    return { kind: 'Access', operand, accessor: pathKey(p, key), span: p.spanFrom(operand.span.start) };
  },
};

/** Keys of a path keep the letters they were written with. */
function pathKey(p: Parser, { name, quoted, span }: Identifier): { kind: 'Colon'; key: string; quoted: boolean } {
  return { kind: 'Colon', key: quoted ? name : p.text.slice(span.start, span.end), quoted };
}

const dot: Infix = {
  precedence: () => postfix,
  parse(p, operand) {
    p.advance();
    const position = p.token.kind === 'Number' ? p.advance().text : undefined;
    if (position !== undefined) {
      const accessor = { kind: 'Dot', name: position, quoted: false } as const;
      return { kind: 'Access', operand, accessor, span: p.spanFrom(operand.span.start) };
    }
    if (p.token.kind === 'Word' && p.ahead(1).word === '(') return p.call(operand);
    const { key, quoted } = pathKey(p, p.member());
    const accessor = isPath(operand)
      ? ({ kind: 'Colon', key, quoted } as const)
      : ({ kind: 'Dot', name: key, quoted } as const);
    return { kind: 'Access', operand, accessor, span: p.spanFrom(operand.span.start) };
  },
};

function isPath(expr: Expr): boolean {
  if (expr.kind !== 'Access') return false;
  return expr.accessor.kind === 'Colon' || isPath(expr.operand);
}

const INFIX = new Map<string, Infix>([
  ...[...BINARY_PRECEDENCE.keys()].map((operator): [string, Infix] => [operator, binary(operator)]),
  ...COMPARISONS.map((operator): [string, Infix] => [operator, comparisonInfix(operator)]),
  ...SYNONYMS.map(([written, operator]): [string, Infix] => [written, binary(operator)]),
  ['!=', comparisonInfix('<>')],
  ['LIKE', negatable],
  ['ILIKE', negatable],
  ['BETWEEN', negatable],
  ['IN', negatable],
  ['NOT', negation],
  ['IS', is],
  ['SOUNDS', soundsLike],
  ['::', cast],
  ['!', factorial],
  ['[', index],
  [':', colon],
  ['.', dot],
]);

/** The words among the operators, for completion behind an operand. */
export const OPERATOR_WORDS: readonly string[] = [...INFIX.keys()].filter((word) => /^[A-Z]/.test(word));

const PREFIX = new Map<string, readonly [operator: UnaryOperator, precedence: number]>([
  ['NOT', ['NOT', not]],
  ['+', ['+', sign]],
  ['-', ['-', sign]],
  ['~', ['~', sign]],
  ['|/', ['|/', postfix]],
  ['||/', ['||/', postfix]],
  ['@', ['@', postfix]],
]);

const MAX_DEPTH = 300;

/** An expression whose operators all bind at least as tightly as `min`. */
export function parseOperand(p: Parser, min = 0): Expr {
  if (p.depth >= MAX_DEPTH) throw new SqlError('SyntaxException', 'expression is nested too deeply', { span: p.token });
  p.depth++;
  let left = parsePrefix(p);
  while (true) {
    const infix = INFIX.get(p.token.word);
    const precedence = infix?.precedence(p) ?? 0;
    if (!infix || precedence === 0 || precedence < min) break;
    left = infix.parse(p, left);
  }
  p.note(expectedKind('operator'));
  p.depth--;
  return left;
}

function parsePrefix(p: Parser): Expr {
  const { word, start } = p.token;
  const prefix = PREFIX.get(word);
  if (!prefix) return parsePrimary(p);
  const [operator, precedence] = prefix;
  if (operator === 'NOT' && p.ahead(1).word === 'EXISTS') return parsePrimary(p);
  p.advance();
  // A negative literal is one literal: the cast of `-5::INT8` is of -5.
  const isNegativeLiteral = operator === '-' && p.token.kind === 'Number';
  const operand = isNegativeLiteral ? parsePrimary(p) : parseOperand(p, precedence);
  return { kind: 'Unary', operator, operand, span: p.spanFrom(start) };
}
