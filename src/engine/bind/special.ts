import { SqlError } from '../base/errors.ts';
import type { Call, ColumnRef } from '../sql/ast.ts';
import { plain, typeName } from '../types/type.ts';
import type { Binder, Scope } from './binder.ts';
import { call, coerce, literal } from './build.ts';
import { caseOf } from './condition.ts';
import { bindErrorOr, bindIsError } from './error-test.ts';
import { bindComparison, comparable } from './operator.ts';
import type { BoundCall, BoundExpr } from './plan.ts';
import { searchCondition, searchScoreOf } from './search.ts';

type BindSpecial = (binder: Binder, node: Call, scope: Scope) => BoundExpr;

const BOOLEAN = plain('Boolean');

/** Calls whose arguments are conditions and branches, or that the binder itself answers. */
export const SPECIAL_CALLS: { readonly [name: string]: BindSpecial | undefined } = {
  if: bindIf,
  iff: bindIf,
  decode: bindDecode,
  nullif: bindNullIf,
  nvl2: (binder, node, scope) => {
    const [subject, present, absent] = bindArgs(binder, node, scope, 3);
    return caseOf(binder, [{ when: nullTest(subject, true), result: present }], absent, node.span);
  },
  is_null: (binder, node, scope) => nullTest(bindArgs(binder, node, scope, 1)[0], false),
  isnull: (binder, node, scope) => nullTest(bindArgs(binder, node, scope, 1)[0], false),
  is_not_null: (binder, node, scope) => nullTest(bindArgs(binder, node, scope, 1)[0], true),
  equal_null: (binder, node, scope) => {
    const [first, second] = bindArgs(binder, node, scope, 2);
    const [left, right] = comparable(binder, [first, second], node.span);
    return { kind: 'DistinctTest', left, right, negated: true, type: BOOLEAN, nullable: false, span: node.span };
  },
  is_error: bindIsError,
  is_not_error: (binder, node, scope) => call(binder, 'not', [bindIsError(binder, node, scope)], { span: node.span }),
  error_or: bindErrorOr,
  typeof: (binder, node, scope) => {
    const [subject] = bindArgs(binder, node, scope, 1);
    const name = typeName(subject.type);
    const value = subject.nullable && subject.type.kind !== 'Null' ? `${name} NULL` : name;
    return literal({ type: plain('String'), value }, node.span);
  },
  query: searchCondition,
  match: searchCondition,
  score: searchScoreOf,
  grouping: (binder, node, scope) => ({
    kind: 'Grouping',
    args: node.args.map((arg) => binder.expr(arg, scope)),
    type: plain('UInt32'),
    nullable: false,
    span: node.span,
  }),
  nextval: bindNextValue,
  getvariable: (binder, node, scope) => {
    const [name] = bindArgs(binder, node, scope, 1);
    const value = name.kind === 'Literal' ? binder.session.variables.get(String(name.value)) : undefined;
    return literal(value ?? { type: plain('Null'), value: null }, node.span);
  },
};

type Args<N extends number> = N extends 1
  ? [BoundExpr]
  : N extends 2
    ? [BoundExpr, BoundExpr]
    : [BoundExpr, BoundExpr, BoundExpr];

function bindArgs<N extends 1 | 2 | 3>(binder: Binder, node: Call, scope: Scope, count: N): Args<N> {
  if (node.args.length !== count) {
    throw new SqlError(
      'NumberArgumentsNotMatch',
      `Function \`${node.name}\` expect to have [${count}, ${count}] arguments, but got ${node.args.length}`,
      {
        span: node.span,
      },
    );
  }
  return node.args.map((arg) => binder.expr(arg, scope)) as Args<N>;
}

function nullTest(operand: BoundExpr, negated: boolean): BoundExpr {
  return { kind: 'NullTest', operand, negated, type: BOOLEAN, nullable: false, span: operand.span };
}

const NEXT_VALUE = 'nextval';

export const isNextValue = (expr: BoundExpr): expr is BoundCall => expr.kind === 'Call' && expr.name === NEXT_VALUE;

/** The name of a sequence stands there as it is, like a column's. */
function bindNextValue(binder: Binder, { args, span }: Call): BoundExpr {
  const [arg] = args;
  if (arg?.kind !== 'ColumnRef' || arg.parts.length !== 1 || args.length !== 1)
    throw new SqlError('SemanticError', 'nextval takes the name of a sequence', { span });
  const inDuck = sequenceAt(binder, arg);
  return {
    ...{ kind: 'Call', name: NEXT_VALUE, lower: 'CAST(nextval($1) AS UBIGINT)', volatile: true, span },
    ...{ args: [literal({ type: plain('String'), value: inDuck }, span)], type: plain('UInt64'), nullable: false },
  };
}

function sequenceAt({ session }: Binder, { parts, span }: ColumnRef): string {
  try {
    return session.sequence(parts[0]?.name ?? '');
  } catch (error) {
    throw error instanceof SqlError ? error.at(span) : error;
  }
}

/** `if(c1, v1, c2, v2, …, else)`. */
function bindIf(binder: Binder, { args, name, span }: Call, scope: Scope): BoundExpr {
  if (args.length < 3 || args.length % 2 === 0) {
    throw new SqlError(
      'NumberArgumentsNotMatch',
      `Function \`${name}\` takes conditions with values and one value more, but got ${args.length} arguments`,
      { span },
    );
  }
  const bound = args.map((arg) => binder.expr(arg, scope));
  const branches = pairsOf(bound.slice(0, -1)).map(([when, result]) => ({
    when: coerce(binder, when, BOOLEAN),
    result,
  }));
  return caseOf(binder, branches, bound.at(-1), span);
}

/** `decode(x, s1, r1, s2, r2 …[, default])`: NULL finds NULL. */
function bindDecode(binder: Binder, { args, name, span }: Call, scope: Scope): BoundExpr {
  if (args.length < 3)
    throw new SqlError(
      'NumberArgumentsNotMatch',
      `Function \`${name}\` takes at least 3 arguments, but got ${args.length}`,
      { span },
    );
  const [subject, ...rest] = args.map((arg) => binder.expr(arg, scope));
  const otherwise = rest.length % 2 === 1 ? rest.at(-1) : undefined;
  const pairs = pairsOf(otherwise ? rest.slice(0, -1) : rest);
  const branches = pairs.map(([search, result]) => {
    const [left, right] = comparable(binder, [subject ?? search, search], span);
    const when: BoundExpr = {
      kind: 'DistinctTest',
      left,
      right,
      negated: true,
      type: BOOLEAN,
      nullable: false,
      span: search.span,
    };
    return { when, result };
  });
  return caseOf(binder, branches, otherwise, span);
}

function pairsOf(items: readonly BoundExpr[]): [BoundExpr, BoundExpr][] {
  const pairs: [BoundExpr, BoundExpr][] = [];
  for (let index = 0; index + 1 < items.length; index += 2) {
    const [first, second] = [items[index], items[index + 1]];
    if (first && second) pairs.push([first, second]);
  }
  return pairs;
}

function bindNullIf(binder: Binder, node: Call, scope: Scope): BoundExpr {
  const [first, second] = bindArgs(binder, node, scope, 2);
  const same = bindComparison(binder, '=', [first, second], node.span);
  return caseOf(
    binder,
    [{ when: same, result: literal({ type: first.type, value: null }, node.span) }],
    first,
    node.span,
  );
}

/** Two conditions as one. */
export function bothOf(binder: Binder, left: BoundExpr | undefined, right: BoundExpr): BoundExpr {
  return left ? call(binder, 'and', [left, right], { span: right.span }) : right;
}
