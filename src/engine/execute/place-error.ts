import { type Span, SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import type { BoundCast, BoundExpr, BoundQuery } from '../bind/plan.ts';
import { visitQuery } from '../bind/walk.ts';
import { engineColumnType, isInteger, isNumeric, type SqlType } from '../types/type.ts';

/**
 * An error that came up while a query ran, with the place of the expression that it comes from, if that can only be one.
 * A cast that stands for a column's type says which columns it is about, as Databend does.
 */
export function placedError(error: unknown, query: BoundQuery): unknown {
  if (!(error instanceof SqlError) || error.kind !== 'BadArguments' || error.span) return error;
  const isSuspect = suspectsOf(error.message);
  const found: BoundExpr[] = [];
  visitQuery(query, {
    expr: (expr) => {
      if (isSuspect(expr)) found.push(expr);
    },
  });
  const named = namedCast(error, found);
  const [first] = found;
  if (!first || found.some(({ span }) => span.start !== first.span.start || span.end !== first.span.end)) return named;
  const told = first.kind === 'Cast' ? castFailure(named, first) : named;
  return isSomewhere(first.span) ? told.at(first.span) : told;
}

/** `to_int` by the name that Databend has for it, where the type of the integer can only be one. */
function namedCast(error: SqlError, suspects: readonly BoundExpr[]): SqlError {
  const [name, ...others] = new Set(suspects.map(({ type }) => type.kind.toLowerCase()));
  if (name === undefined || others.length > 0 || !error.message.includes('`to_int(')) return error;
  const { kind, message, hint, suggestions, cause } = error;
  return new SqlError(kind, message.replace('`to_int(', `\`to_${name}(`), { hint, suggestions, cause });
}

const isSomewhere = ({ start, end }: Span) => end > start;

/** What a cast says that a person wrote, or one that stands for a column's type. */
function castFailure(error: SqlError, cast: BoundCast): SqlError {
  if (cast.fills) return filling(error, cast, cast.fills);
  const { kind, message, suggestions, cause } = error;
  return new SqlError(kind, message, { hint: error.hint ?? hint('tryCast'), suggestions, cause });
}

function filling(error: SqlError, { operand, type, nullable }: BoundCast, { from, to }: Filled): SqlError {
  const { kind, hint, suggestions, cause } = error;
  const [source, target] = [engineColumnType(operand), engineColumnType({ type, nullable })];
  const message = `fail to auto cast column ${from} (${source}) to column ${to} (${target})\n${error.message}`;
  return new SqlError(kind, message, { hint, suggestions, cause });
}

type Filled = NonNullable<BoundCast['fills']>;

const ARITHMETIC: ReadonlySet<string> = new Set(['plus', 'minus', 'multiply', 'negate', 'divide', 'div', 'modulo']);

/** Which expressions give such a message. */
function suspectsOf(message: string): (expr: BoundExpr) => boolean {
  const unread = /^cannot parse to type `(\w+)/.exec(message)?.[1]?.toLowerCase();
  if (unread !== undefined)
    return (expr) => expr.kind === 'Cast' && !expr.lenient && reads(expr.operand.type) && isCalled(expr.type, unread);
  const name = /while evaluating function `(\w+)\(/.exec(message)?.[1];
  const target = name === undefined ? undefined : targetOf(name);
  if (name !== undefined) {
    const isCast = (expr: BoundExpr) =>
      expr.kind === 'Cast' &&
      !expr.lenient &&
      target !== undefined &&
      reads(expr.operand.type) &&
      isCalled(expr.type, target);
    return (expr) => isCast(expr) || (expr.kind === 'Call' && expr.name === name);
  }
  if (!/^(number overflowed|Decimal overflow)/.test(message)) return () => false;
  return (expr) =>
    (expr.kind === 'Cast' && !expr.lenient && isNumeric(expr.type)) ||
    (expr.kind === 'Call' && ARITHMETIC.has(expr.name)) ||
    expr.kind === 'Aggregate';
}

/** The type that a function reads text as. */
function targetOf(name: string): string | undefined {
  return name === 'parse_json' ? 'variant' : /^to_(\w+)$/.exec(name)?.[1];
}

/** Only text is parsed. */
const reads = ({ kind }: SqlType) => kind === 'String' || kind === 'Variant';

/** `to_int` stands for all integers. */
function isCalled(type: SqlType, name: string): boolean {
  return name === 'int' ? isInteger(type) : type.kind.toLowerCase() === name.replaceAll('_', '');
}
