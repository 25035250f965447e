import { SqlError } from '../base/errors.ts';
import type { LoweredCall } from '../functions/function.ts';
import type { Call, Expr } from '../sql/ast.ts';
import { plain } from '../types/type.ts';
import type { Binder, Scope } from './binder.ts';
import { booleanLiteral, call } from './build.ts';
import { caseOf } from './condition.ts';
import type { BoundCall, BoundExpr } from './plan.ts';

/** is_error, is_not_error and error_or: an expression made to give NULL where it fails, and a test for that. */
interface Softened {
  /** NULL where the expression fails. */
  readonly value: BoundExpr;
  /** Undefined where nothing can fail. */
  readonly failed: BoundExpr | undefined;
}

/** Undefined when it fails already while constants are computed. */
function soften(binder: Binder, expr: Expr, scope: Scope): Softened | undefined {
  try {
    return softenBound(binder, binder.expr(expr, scope));
  } catch (error) {
    if (error instanceof SqlError && error.kind === 'BadArguments') return undefined;
    throw error;
  }
}

function softenBound(binder: Binder, expr: BoundExpr): Softened {
  if (expr.kind === 'Cast' && !expr.lenient) {
    const operand = softenBound(binder, expr.operand);
    const value: BoundExpr = { ...expr, operand: operand.value, lenient: true, nullable: true };
    return { value, failed: anyOf(binder, [operand.failed, becameNull(binder, value, [operand.value])]) };
  }
  return expr.kind === 'Call' && !expr.volatile ? softenCall(binder, expr) : { value: expr, failed: undefined };
}

function softenCall(binder: Binder, expr: BoundCall): Softened {
  const inner = expr.args.map((arg) => softenBound(binder, arg));
  const args = inner.map(({ value }) => value);
  const lenient = `try_${expr.name}`;
  const failures = inner.map(({ failed }) => failed);
  if (binder.session.functions.get(lenient)) {
    const value = call(binder, lenient, args, { span: expr.span });
    return { value, failed: anyOf(binder, [...failures, becameNull(binder, value, args)]) };
  }
  const value: BoundExpr = { ...expr, args, lower: wrapped(expr, (text) => `(${attempt(text)}).v`), nullable: true };
  const failed: BoundExpr = {
    ...expr,
    args,
    name: 'is_error',
    lower: wrapped(expr, (text) => `(${attempt(text)} IS NULL)`),
    type: plain('Boolean'),
    nullable: false,
  };
  return { value, failed: anyOf(binder, [...failures, failed]) };
}

/** NULL only where the value fails: within a struct its own NULL is another. */
const attempt = (text: string) => `TRY(struct_pack(v := ${text}))`;

function wrapped({ lower }: BoundCall, wrap: (text: string) => string): BoundCall['lower'] {
  return typeof lower === 'string' ? wrap(lower) : (lowered: LoweredCall) => wrap(lower(lowered));
}

/** NULL out of arguments none of which is. */
function becameNull(binder: Binder, value: BoundExpr, args: readonly BoundExpr[]): BoundExpr {
  const present = args.map((arg) => nullTest(arg, true));
  return [nullTest(value, false), ...present].reduce((all, test) =>
    call(binder, 'and', [all, test], { span: value.span }),
  );
}

function nullTest(operand: BoundExpr, negated: boolean): BoundExpr {
  return { kind: 'NullTest', operand, negated, type: plain('Boolean'), nullable: false, span: operand.span };
}

function anyOf(binder: Binder, tests: readonly (BoundExpr | undefined)[]): BoundExpr | undefined {
  return tests.reduce(
    (all, test) => (all && test ? call(binder, 'or', [all, test], { span: test.span }) : (all ?? test)),
    undefined,
  );
}

export function bindIsError(binder: Binder, { args: [arg], span }: Call, scope: Scope): BoundExpr {
  if (!arg) throw new SqlError('NumberArgumentsNotMatch', 'Function `is_error` takes one argument', { span });
  const softened = soften(binder, arg, scope);
  return (softened ? softened.failed : booleanLiteral(true, span)) ?? booleanLiteral(false, span);
}

/** The first argument that does not fail; NULL when all do. */
export function bindErrorOr(binder: Binder, { args, span }: Call, scope: Scope): BoundExpr {
  const branches = args.flatMap((arg) => {
    const softened = soften(binder, arg, scope);
    if (!softened) return [];
    const { value, failed = booleanLiteral(false, span) } = softened;
    return [{ when: call(binder, 'not', [failed], { span: arg.span }), result: value }];
  });
  if (branches.length === 0) return { kind: 'Literal', type: plain('Null'), value: null, nullable: true, span };
  return caseOf(binder, branches, undefined, span);
}
