import { SqlError } from '../base/errors.ts';
import { own } from '../base/own.ts';
import type { Binary, Cast, Expr, IntervalLiteral, TypedLiteral, Unary } from '../sql/ast.ts';
import { plain } from '../types/type.ts';
import { bindAccess } from './access.ts';
import type { Binder, Scope } from './binder.ts';
import { booleanLiteral, call, castTo, literal } from './build.ts';
import { bindCall } from './call.ts';
import { bindColumnRef, bindPositionRef } from './column.ts';
import { bindCase, bindIn, bindIsDistinct, bindIsNull } from './condition.ts';
import { bindArray, bindMap, bindTuple } from './construct.ts';
import { numberConstant } from './fold.ts';
import { bindBetween, bindComparison, bindLike, isComparison } from './operator.ts';
import type { BoundExpr } from './plan.ts';
import { bindExists, bindInQuery, bindQuantified, bindScalarQuery } from './subquery.ts';

type ExprOf<K extends Expr['kind']> = Extract<Expr, { readonly kind: K }>;
type Bind<K extends Expr['kind']> = (binder: Binder, expr: ExprOf<K>, scope: Scope) => BoundExpr;

const BINDERS: { readonly [K in Expr['kind']]: Bind<K> } = {
  NumberLiteral: (_binder, { text, span }) => literal(numberConstant(text), span),
  StringLiteral: (_binder, { value, span }) => literal({ type: plain('String'), value }, span),
  BinaryLiteral: (_binder, { hex, span }) => literal({ type: plain('Binary'), value: bytesOf(hex) }, span),
  BooleanLiteral: (_binder, { value, span }) => booleanLiteral(value, span),
  NullLiteral: (_binder, { span }) => literal({ type: plain('Null'), value: null }, span),
  TypedLiteral: bindTypedLiteral,
  IntervalLiteral: bindInterval,
  ColumnRef: bindColumnRef,
  PositionRef: bindPositionRef,
  VariableRef: (binder, { name, span }) => {
    const value = binder.session.variables.get(name);
    if (!value) throw new SqlError('SemanticError', `invalid variable identifier ${name} in session`, { span });
    return literal(value, span);
  },
  Placeholder: ({ session }, { name, span }) => {
    const value = name === undefined ? undefined : session.placeholders?.get(name);
    if (value) return literal(value, span);
    if (session.placeholders) throw new SqlError('ScriptExecutionError', `variable ${name} is not defined`, { span });
    throw new SqlError('SemanticError', `the placeholder ${name === undefined ? '?' : `:${name}`} has no value here`, {
      span,
    });
  },
  Keyword: (_binder, { word, span }) => literal({ type: plain('String'), value: word.toLowerCase() }, span),
  Unary: bindUnary,
  Binary: bindBinary,
  Like: bindLike,
  Between: bindBetween,
  InList: bindIn,
  InQuery: bindInQuery,
  Quantified: bindQuantified,
  IsNull: bindIsNull,
  IsDistinct: bindIsDistinct,
  Case: bindCase,
  Cast: bindCast,
  Call: bindCall,
  Access: bindAccess,
  ArrayLiteral: bindArray,
  MapLiteral: bindMap,
  TupleLiteral: bindTuple,
  Lambda: (_binder, { span }) => {
    throw new SqlError('SemanticError', 'a lambda can only be an argument of a function that takes one', { span });
  },
  ScalarQuery: bindScalarQuery,
  Exists: bindExists,
};

export function bindExpr(binder: Binder, expr: Expr, scope: Scope): BoundExpr {
  // One entry per kind, each typed for its kind: the compiler cannot follow that the look-up picks the right one.
  const bind = BINDERS[expr.kind] as (binder: Binder, expr: Expr, scope: Scope) => BoundExpr;
  return bind(binder, expr, scope);
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function bindTypedLiteral(binder: Binder, { type, value, span }: TypedLiteral): BoundExpr {
  const text = literal({ type: plain('String'), value }, span);
  return castTo(binder, text, plain(type === 'DATE' ? 'Date' : 'Timestamp'));
}

const INTERVAL_FUNCTIONS: { readonly [unit: string]: readonly [name: string, factor: number] } = {
  YEAR: ['to_years', 1],
  QUARTER: ['to_months', 3],
  MONTH: ['to_months', 1],
  WEEK: ['to_days', 7],
  DAY: ['to_days', 1],
  HOUR: ['to_hours', 1],
  MINUTE: ['to_minutes', 1],
  SECOND: ['to_seconds', 1],
  MILLISECOND: ['to_milliseconds', 1],
  MICROSECOND: ['to_microseconds', 1],
};

function bindInterval(binder: Binder, { value, unit, span }: IntervalLiteral, scope: Scope): BoundExpr {
  const bound = binder.expr(value, scope);
  if (unit === undefined) return castTo(binder, bound, plain('Interval'));
  const [name, factor] = own(INTERVAL_FUNCTIONS, unit) ?? [];
  if (!name || !factor) throw new SqlError('SyntaxException', `unknown interval unit ${unit}`, { span });
  const count = castTo(binder, bound, plain('Int64'));
  const scaled =
    factor === 1
      ? count
      : call(binder, 'multiply', [count, literal({ type: plain('Int64'), value: BigInt(factor) }, span)], { span });
  return call(binder, name, [scaled], { span });
}

const UNARY_FUNCTIONS: { readonly [K in Unary['operator']]: string } = {
  '+': 'plus',
  '-': 'negate',
  '~': 'bit_not',
  NOT: 'not',
  '|/': 'sqrt',
  '||/': 'cbrt',
  '@': 'abs',
  '!': 'factorial',
};

function bindUnary(binder: Binder, { operator, operand, span }: Unary, scope: Scope): BoundExpr {
  const bound = binder.expr(operand, scope);
  return operator === '+' ? bound : call(binder, UNARY_FUNCTIONS[operator], [bound], { span });
}

type PlainOperator = Exclude<Binary['operator'], '=' | '<>' | '<' | '<=' | '>' | '>='>;

const BINARY_FUNCTIONS: { readonly [K in PlainOperator]: string } = {
  AND: 'and',
  OR: 'or',
  XOR: 'xor',
  '+': 'plus',
  '-': 'minus',
  '*': 'multiply',
  '/': 'divide',
  '//': 'div',
  DIV: 'div',
  '%': 'modulo',
  '^': 'pow',
  '||': 'concat',
  '|': 'bit_or',
  '&': 'bit_and',
  '#': 'bit_xor',
  '<<': 'bit_shift_left',
  '>>': 'bit_shift_right',
  '<=>': 'cosine_distance',
  '<->': 'l2_distance',
  '<+>': 'l1_distance',
  '->': 'get',
  '->>': 'get_string',
  '#>': 'get_by_keypath',
  '#>>': 'get_by_keypath_string',
  '?': 'json_exists_key',
  '?|': 'json_exists_any_keys',
  '?&': 'json_exists_all_keys',
  '@>': 'json_contains_in_left',
  '<@': 'json_contains_in_right',
  '@?': 'json_path_exists',
  '@@': 'json_path_match',
  '#-': 'delete_by_keypath',
  REGEXP: 'regexp',
  'NOT REGEXP': 'regexp',
  'SOUNDS LIKE': 'soundex',
};

function bindBinary(binder: Binder, { operator, left, right, span }: Binary, scope: Scope): BoundExpr {
  const operands = [binder.expr(left, scope), binder.expr(right, scope)] as const;
  if (isComparison(operator)) return bindComparison(binder, operator, operands, span);
  if (operator === 'SOUNDS LIKE') {
    const sounds = operands.map((operand) => call(binder, 'soundex', [operand], { span }));
    return call(binder, 'eq', sounds, { span });
  }
  const bound = call(binder, BINARY_FUNCTIONS[operator], operands, { span });
  return operator === 'NOT REGEXP' ? call(binder, 'not', [bound], { span }) : bound;
}

function bindCast(binder: Binder, { operand, type, lenient, span }: Cast, scope: Scope): BoundExpr {
  const bound = binder.expr(operand, scope);
  // A constant is cast at once: it is the cast that fails then, not what stands in it.
  const cast = castTo(binder, bound.kind === 'Literal' ? { ...bound, span } : bound, type.type, lenient);
  return cast === bound ? bound : { ...cast, span };
}
