import { type Span, SqlError } from '../base/errors.ts';
import { didYouMean } from '../base/text.ts';
import type { Access, Identifier } from '../sql/ast.ts';
import { duckString } from '../types/duck.ts';
import { plain, type SqlType } from '../types/type.ts';
import type { Binder, Scope } from './binder.ts';
import { call, castTo, coerce, literal } from './build.ts';
import type { BoundExpr } from './plan.ts';

/** `v['k']`, `v:k`, `v.k`, `a[1]`, `m['k']`, `t.1`: what it means depends on the type of the operand. */
export function bindAccess(binder: Binder, access: Access, scope: Scope): BoundExpr {
  const operand = binder.expr(access.operand, scope);
  const { accessor, span } = access;
  switch (accessor.kind) {
    case 'Index':
      return accessIndex(binder, operand, binder.expr(accessor.index, scope), span);
    case 'Colon':
      return accessKey(binder, operand, { name: accessor.key, quoted: true, span }, span);
    default:
      return accessField(binder, operand, { name: accessor.name, quoted: accessor.quoted, span }, span);
  }
}

function accessIndex(binder: Binder, operand: BoundExpr, index: BoundExpr, span: Span): BoundExpr {
  const { type } = operand;
  switch (type.kind) {
    case 'Variant':
      return call(binder, 'get', [operand, index], { span });
    case 'Array':
    case 'Vector':
      return element(binder, operand, index, span);
    case 'Map':
      return mapValue(operand, coerce(binder, index, type.key), { type: type.value, span });
    case 'Tuple':
      if (index.kind !== 'Literal')
        throw new SqlError('SemanticError', 'a field of a tuple must be a constant', { span });
      return field(operand, { name: String(index.value), quoted: true, span }, span);
    case 'String':
      return call(binder, 'get', [castTo(binder, operand, plain('Variant')), index], { span });
    default:
      throw notAccessible(type, span);
  }
}

function element(binder: Binder, operand: BoundExpr, index: BoundExpr, span: Span): BoundExpr {
  const type = operand.type.kind === 'Array' ? operand.type.element : plain('Float32');
  return {
    kind: 'Call',
    name: 'get',
    lower: 'db_at($1, $2)',
    args: [operand, coerce(binder, index, plain('Int64'))],
    type,
    nullable: true,
    volatile: false,
    span,
  };
}

function mapValue(
  operand: BoundExpr,
  key: BoundExpr,
  { type, span }: { readonly type: SqlType; readonly span: Span },
): BoundExpr {
  return {
    kind: 'Call',
    name: 'get',
    lower: 'map_extract_value($1, $2)',
    args: [operand, key],
    type,
    nullable: true,
    volatile: false,
    span,
  };
}

/** `v:key`: a path into JSON, and the same as a dot elsewhere. */
function accessKey(binder: Binder, operand: BoundExpr, key: Identifier, span: Span): BoundExpr {
  if (operand.type.kind === 'Variant' || operand.type.kind === 'Map') {
    return accessIndex(binder, operand, literal({ type: plain('String'), value: key.name }, span), span);
  }
  return accessField(binder, operand, key, span);
}

/** `operand.name`, `operand.1`. */
export function accessField(binder: Binder, operand: BoundExpr, name: Identifier, span: Span): BoundExpr {
  if (operand.type.kind === 'Tuple') return field(operand, name, span);
  if (operand.type.kind !== 'Variant' && operand.type.kind !== 'Map') throw notAccessible(operand.type, span);
  return accessIndex(binder, operand, literal({ type: plain('String'), value: name.name }, span), span);
}

function field(operand: BoundExpr, name: Identifier, span: Span): BoundExpr {
  if (operand.type.kind !== 'Tuple') throw notAccessible(operand.type, span);
  const { fields } = operand.type;
  const index = fieldIndex(
    fields.map((candidate) => candidate.name),
    name,
  );
  const found = fields[index];
  if (!found) {
    throw new SqlError(
      'SemanticError',
      `tuple name \`${name.name}\` does not exist, available names are: ${fields.map((candidate) => candidate.name).join(', ')}`,
      {
        span,
        suggestions: didYouMean(
          name.name,
          fields.map((candidate) => candidate.name),
        ),
      },
    );
  }
  return {
    kind: 'Call',
    name: 'get',
    lower: ({ args }) => `struct_extract(${args[0]}, ${duckString(found.name)})`,
    args: [operand],
    type: found.type,
    nullable: true,
    volatile: false,
    span,
  };
}

/** By name, any case when unquoted and nothing fits exactly, then by position from 1. */
function fieldIndex(names: readonly string[], { name, quoted }: Identifier): number {
  const exact = names.indexOf(name);
  if (exact >= 0) return exact;
  const folded = quoted ? -1 : names.findIndex((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (folded >= 0) return folded;
  return /^\d+$/.test(name) ? Number(name) - 1 : -1;
}

function notAccessible(type: SqlType, span: Span): SqlError {
  return new SqlError('SemanticError', `expression of type ${type.kind} has no fields or elements`, { span });
}
