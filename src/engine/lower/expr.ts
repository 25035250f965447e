import { SqlError, unreachable } from '../base/errors.ts';
import { constantOf } from '../bind/build.ts';
import type {
  BoundAggregate,
  BoundBound,
  BoundCase,
  BoundConstruct,
  BoundExpr,
  BoundIn,
  BoundOrder,
  BoundQueryExpr,
  BoundWindow,
} from '../bind/plan.ts';
import type { LoweredCall } from '../functions/function.ts';
import { duckIdentifier, duckType, listsForVectors, sortKey } from '../types/duck.ts';
import type { SqlType } from '../types/type.ts';
import { lowerCast, lowerJson } from './cast.ts';
import type { LowerContext } from './context.ts';
import { lowerLiteral } from './literal.ts';
import { fillAggregate, fillTemplate } from './template.ts';

/** An expression as DuckDB SQL; always safe to stand inside another. */
export function lowerExpr(expr: BoundExpr, ctx: LowerContext): string {
  return ctx.known?.(expr, ctx) ?? lowerParts(expr, ctx);
}

function lowerParts(expr: BoundExpr, ctx: LowerContext): string {
  switch (expr.kind) {
    case 'Literal':
      return lowerLiteral(expr.value, expr.type);
    case 'Column':
      return ctx.column(expr);
    case 'LambdaParam':
      return expr.name;
    case 'Call':
      return fillTemplate(expr.lower, loweredCall(expr.args, expr.type, ctx));
    case 'Cast':
      return lowerCast(lowerExpr(expr.operand, ctx), {
        from: expr.operand.type,
        to: expr.type,
        lenient: expr.lenient,
        settings: ctx.settings,
      });
    case 'Case':
      return lowerCase(expr, ctx);
    case 'In':
      return lowerIn(expr, ctx);
    case 'NullTest':
      return `(${lowerExpr(expr.operand, ctx)} IS ${expr.negated ? 'NOT ' : ''}NULL)`;
    case 'DistinctTest':
      return `(${comparable(expr.left, ctx)} IS ${expr.negated ? 'NOT ' : ''}DISTINCT FROM ${comparable(expr.right, ctx)})`;
    case 'QueryExpr':
      return lowerQueryExpr(expr, ctx);
    case 'Aggregate':
      return lowerAggregate(expr, ctx);
    case 'Window':
      return lowerWindow(expr, ctx);
    case 'Lambda':
      return `lambda ${expr.params.join(', ')}: ${lowerExpr(expr.body, ctx)}`;
    case 'Construct':
      return lowerConstruct(expr, ctx);
    case 'Grouping':
      return `CAST(grouping(${expr.args.map((arg) => lowerExpr(arg, ctx)).join(', ')}) AS UINTEGER)`;
    default:
      return unreachable(expr);
  }
}

function loweredCall(args: readonly BoundExpr[], returns: SqlType, ctx: LowerContext): LoweredCall {
  return {
    args: args.map((arg) => lowerExpr(arg, ctx)),
    argTypes: args.map((arg) => arg.type),
    constants: args.map(constantOf),
    params: [],
    returns,
    timezone: ctx.settings.timezone,
    toJson: (text, type) => lowerJson(text, type, ctx.settings),
  };
}

/** A value whose equality is equality of meaning. */
function comparable(expr: BoundExpr, ctx: LowerContext): string {
  const text = lowerExpr(expr, ctx);
  if (expr.type.kind === 'Variant') return `json_eq_key(${text})`;
  return expr.type.kind === 'TimestampTz' ? `(${text}).ts` : text;
}

/** A value whose order is Databend's order. */
function sortable(expr: BoundExpr, ctx: LowerContext): string {
  return sortKey(lowerExpr(expr, ctx), expr.type);
}

function lowerCase({ branches, otherwise, type }: BoundCase, ctx: LowerContext): string {
  // DuckDB has no CASE over arrays of fixed length.
  const loose = duckType(listsForVectors(type));
  const isCast = loose !== duckType(type);
  const lowered = (expr: BoundExpr) => (isCast ? `CAST(${lowerExpr(expr, ctx)} AS ${loose})` : lowerExpr(expr, ctx));
  const parts = branches.map(({ when, result }) => `WHEN ${lowerExpr(when, ctx)} THEN ${lowered(result)}`);
  const text = `(CASE ${parts.join(' ')}${otherwise ? ` ELSE ${lowered(otherwise)}` : ''} END)`;
  return isCast ? `CAST(${text} AS ${duckType(type)})` : text;
}

function lowerIn({ operand, items, negated }: BoundIn, ctx: LowerContext): string {
  const list = items.map((item) => comparable(item, ctx)).join(', ');
  return `(${comparable(operand, ctx)} ${negated ? 'NOT ' : ''}IN (${list}))`;
}

function lowerQueryExpr({ use, query }: BoundQueryExpr, ctx: LowerContext): string {
  const sql = ctx.query(query);
  switch (use.kind) {
    case 'Scalar':
      return `(${sql})`;
    case 'Exists':
      return `(${use.negated ? 'NOT ' : ''}EXISTS (${sql}))`;
    case 'In':
      return `(${inOperand(use.operand, ctx)} ${use.negated ? 'NOT ' : ''}IN (${sql}))`;
    case 'Quantified':
      return `(${lowerExpr(use.operand, ctx)} ${use.operator} ${use.quantifier} (${sql}))`;
    default:
      return unreachable(use);
  }
}

/** `(a, b) IN (SELECT …)` wants a row, not a struct with names. */
function inOperand(operand: BoundExpr, ctx: LowerContext): string {
  if (operand.type.kind !== 'Tuple' || operand.kind !== 'Construct') return lowerExpr(operand, ctx);
  return `(${operand.items.map((item) => lowerExpr(item, ctx)).join(', ')})`;
}

export function lowerOrder({ expr, descending, nullsFirst }: BoundOrder, ctx: LowerContext): string {
  return `${sortable(expr, ctx)} ${orderSuffix({ descending, nullsFirst })}`;
}

export function orderSuffix({ descending, nullsFirst }: Pick<BoundOrder, 'descending' | 'nullsFirst'>): string {
  return `${descending ? 'DESC' : 'ASC'} NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
}

function aggregateText(aggregate: BoundAggregate, around: { over: string; nulls: string }, ctx: LowerContext): string {
  const call = { ...loweredCall(aggregate.args, aggregate.type, ctx), params: aggregate.params };
  const orders = aggregate.orderBy.map((item) => lowerOrder(item, ctx));
  const condition = aggregate.filter ? lowerExpr(aggregate.filter, ctx) : undefined;
  return fillAggregate(aggregate.lower, call, {
    D: aggregate.distinct ? 'DISTINCT' : '',
    O: orders.length > 0 ? `ORDER BY ${orders.join(', ')}` : '',
    W: `${condition === undefined ? '' : `FILTER (WHERE ${condition})`}${around.over}`,
    N: around.nulls,
    C: condition ?? 'true',
  });
}

function lowerAggregate(aggregate: BoundAggregate, ctx: LowerContext): string {
  return aggregateText(aggregate, { over: '', nulls: '' }, ctx);
}

function lowerWindow({ function: fn, ignoreNulls, spec }: BoundWindow, ctx: LowerContext): string {
  const parts = [
    spec.partitionBy.length > 0
      ? `PARTITION BY ${spec.partitionBy.map((expr) => lowerExpr(expr, ctx)).join(', ')}`
      : '',
    spec.orderBy.length > 0 ? `ORDER BY ${spec.orderBy.map((item) => lowerOrder(item, ctx)).join(', ')}` : '',
    spec.frame ? `${spec.frame.unit} ${frameText(spec.frame.start, spec.frame.end, ctx)}` : '',
  ];
  const over = ` OVER (${parts.filter(Boolean).join(' ')})`;
  return aggregateText(fn, { over, nulls: ignoreNulls ? 'IGNORE NULLS' : '' }, ctx);
}

function frameText(start: BoundBound, end: BoundBound | undefined, ctx: LowerContext): string {
  return end ? `BETWEEN ${boundText(start, ctx)} AND ${boundText(end, ctx)}` : boundText(start, ctx);
}

function boundText(bound: BoundBound, ctx: LowerContext): string {
  if (bound.kind === 'CurrentRow') return 'CURRENT ROW';
  return `${bound.offset ? lowerExpr(bound.offset, ctx) : 'UNBOUNDED'} ${bound.kind === 'Preceding' ? 'PRECEDING' : 'FOLLOWING'}`;
}

function lowerConstruct({ items, type }: BoundConstruct, ctx: LowerContext): string {
  const texts = items.map((item) => lowerExpr(item, ctx));
  switch (type.kind) {
    case 'Array':
      return `CAST([${texts.join(', ')}] AS ${duckType(type)})`;
    case 'Tuple':
      return `struct_pack(${type.fields.map((field, index) => `${duckIdentifier(field.name)} := ${texts[index]}`).join(', ')})`;
    case 'Map': {
      const keys = texts.filter((_, index) => index % 2 === 0);
      const values = texts.filter((_, index) => index % 2 === 1);
      return `CAST(map([${keys.join(', ')}], [${values.join(', ')}]) AS ${duckType(type)})`;
    }
    default:
      throw new SqlError('Internal', `a construct of ${type.kind}`);
  }
}
