import { type Span, SqlError } from '../base/errors.ts';
import type { Constant, FunctionSpec } from '../functions/function.ts';
import { type BindLambda, type Resolved, resolveOverload, unknownFunction } from '../functions/resolve.ts';
import { autoCastCost } from '../types/cast.ts';
import type { Cell } from '../types/cell.ts';
import { engineTypeName, plain, type SqlType, sameType } from '../types/type.ts';
import type { Binder, TypedValue } from './binder.ts';
import { foldArithmetic, foldCast, foldNegate } from './fold.ts';
import type { BoundCall, BoundExpr } from './plan.ts';

/** Pieces of bound expressions, each with its casts written out. */

export function literal({ type, value }: TypedValue, span: Span): BoundExpr {
  return { kind: 'Literal', type, value, nullable: value === null, span };
}

export function booleanLiteral(value: boolean, span: Span): BoundExpr {
  return literal({ type: plain('Boolean'), value }, span);
}

/** The expression as a type, by CAST's rules; constants are cast at once. */
export function castTo(binder: Binder, operand: BoundExpr, type: SqlType, lenient = false): BoundExpr {
  if (sameType(operand.type, type)) return operand;
  const { span } = operand;
  if (operand.kind === 'Literal') {
    const value = foldOr(lenient, span, () => foldCast(operand, type, binder.session));
    if (value !== undefined) return literal({ type, value }, span);
  }
  const mayFail = lenient || operand.type.kind === 'Variant';
  return { kind: 'Cast', operand, type, lenient, nullable: operand.nullable || mayFail, span };
}

function foldOr(lenient: boolean, span: Span, fold: () => Cell | undefined): Cell | undefined {
  try {
    return fold();
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    if (lenient) return null;
    throw error.at(span);
  }
}

/** What a parameter gets: like `castTo`, but text inside a VARIANT that does not read as the type is NULL. */
export function coerce(binder: Binder, operand: BoundExpr, type: SqlType): BoundExpr {
  return castTo(binder, operand, type, operand.type.kind === 'Variant');
}

/** Casts where Databend casts by itself; what has no implicit cast is an error that names both types. */
export function unify(binder: Binder, operand: BoundExpr, type: SqlType): BoundExpr {
  if (
    operand.type.kind !== 'Variant' &&
    autoCastCost(operand.type, type) === undefined &&
    !widens(operand.type, type)
  ) {
    throw new SqlError(
      'SemanticError',
      `unable to unify \`${engineTypeName(operand.type)}\` with \`${engineTypeName(type)}\``,
      {
        span: operand.span,
      },
    );
  }
  return coerce(binder, operand, type);
}

/** A common super type may be one that overload resolution would not cast to by itself. */
function widens(from: SqlType, to: SqlType): boolean {
  return (
    to.kind === 'Variant' ||
    from.kind === to.kind ||
    to.kind === 'Decimal' ||
    to.kind === 'Float32' ||
    to.kind === 'Boolean'
  );
}

export interface CallOptions {
  readonly span: Span;
  /** Of the function's name, for errors about the function itself. */
  readonly nameSpan?: Span;
  readonly params?: readonly Constant[] | undefined;
  readonly bindLambda?: BindLambda | undefined;
}

/** A scalar function over bound arguments. */
export function call(binder: Binder, name: string, args: readonly BoundExpr[], options: CallOptions): BoundExpr {
  const spec = binder.session.functions.get(name);
  if (!spec) throw unknownFunction(name, binder.session.functions).at(options.nameSpan ?? options.span);
  const folded = foldCall(name, args);
  if (folded) return literal(folded, options.span);
  const resolved = resolve(spec, args, options);
  return boundCall(binder, spec, { resolved, args, span: options.span });
}

/** The overload for bound arguments; undefined ones are lambdas still to be bound. */
export function resolve(
  spec: FunctionSpec,
  args: readonly (BoundExpr | undefined)[],
  { span, ...options }: CallOptions,
): Resolved {
  try {
    return resolveOverload(
      spec,
      args.map((arg) => arg?.type),
      { ...options, constants: args.map((arg) => arg && constantOf(arg)) },
    );
  } catch (error) {
    throw error instanceof SqlError ? error.at(span) : error;
  }
}

interface ResolvedCall {
  readonly resolved: Resolved;
  readonly args: readonly BoundExpr[];
  readonly span: Span;
}

export function boundCall(binder: Binder, spec: FunctionSpec, { resolved, args, span }: ResolvedCall): BoundExpr {
  const { overload, returns } = resolved;
  if (overload.fold) {
    const value = overload.fold({
      argTypes: args.map((arg) => arg.type),
      argNullable: args.map((arg) => arg.nullable),
      constants: args.map(constantOf),
      session: binder.session,
    });
    return literal({ type: returns, value }, span);
  }
  const [subject] = args;
  if (overload.cast && subject) return castTo(binder, subject, returns, overload.cast === 'lenient');
  const casted = args.map((arg, index) =>
    arg.kind === 'Lambda' ? arg : coerce(binder, arg, resolved.args[index] ?? arg.type),
  );
  const bound: BoundCall = {
    kind: 'Call',
    name: spec.name,
    lower: overload.lower,
    args: casted,
    type: returns,
    nullable: isNullable(overload.nulls ?? 'propagate', casted),
    volatile: spec.volatile ?? false,
    span,
  };
  return bound;
}

function isNullable(nulls: 'propagate' | 'never' | 'always', args: readonly BoundExpr[]): boolean {
  return nulls === 'always' || (nulls === 'propagate' && args.some((arg) => arg.nullable));
}

/** Arithmetic on number constants gives a constant again, with the smallest type that holds it. */
function foldCall(name: string, args: readonly BoundExpr[]): TypedValue | undefined {
  const [left, right] = args;
  if (left?.kind !== 'Literal') return undefined;
  if (name === 'negate') return foldNegate(left);
  return right?.kind === 'Literal' ? foldArithmetic(name, left, right) : undefined;
}

/** A constant argument as the functions see it; undefined when it is not a constant. */
export function constantOf(expr: BoundExpr): Constant | undefined {
  if (expr.kind === 'Cast') return expr.lenient ? undefined : castConstant(expr.operand, expr.type);
  if (expr.kind !== 'Literal') return undefined;
  const { value, type } = expr;
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value !== 'bigint') return undefined;
  return type.kind === 'Decimal' && type.scale > 0 ? Number(value) / 10 ** type.scale : value;
}

/** Casts that keep a constant what it is to a function: text stays text, numbers numbers. */
function castConstant(operand: BoundExpr, type: SqlType): Constant | undefined {
  const value = constantOf(operand);
  return type.kind === 'String' && typeof value !== 'string' ? undefined : value;
}
