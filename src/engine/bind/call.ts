import { SqlError } from '../base/errors.ts';
import { own } from '../base/own.ts';
import type { FunctionSpec } from '../functions/function.ts';
import { unknownFunction } from '../functions/resolve.ts';
import type { Call, Expr, Lambda, WindowRef } from '../sql/ast.ts';
import { plain } from '../types/type.ts';
import { aggregateSpec, bindAggregate, bindWindow } from './aggregate.ts';
import type { Binder, Scope } from './binder.ts';
import { boundCall, call, castTo, resolve } from './build.ts';
import type { BoundExpr, BoundLambda } from './plan.ts';
import { SPECIAL_CALLS } from './special.ts';
import { bindUserFunction } from './user-function.ts';

/** A call of any kind: a form of its own, an aggregate, a window, or a row of the registry. */
export function bindCall(binder: Binder, written: Call, scope: Scope): BoundExpr {
  const node = anyCase(binder, written);
  if (node.argNames.some((name) => name !== undefined)) {
    throw new SqlError('SemanticError', `function ${node.name} takes no named arguments`, { span: node.span });
  }
  const special = own(SPECIAL_CALLS, node.name);
  if (special) return special(binder, node, scope);
  const aggregate = aggregateSpec(node, binder.session.functions);
  if (node.over) return bindWindow(binder, node, scope);
  if (aggregate) return bindAggregate(binder, node, scope);
  const spec = binder.session.functions.get(node.name);
  if (!spec) {
    const user = binder.session.relations.defined(node.name);
    if (user) return bindUserFunction(binder, user, { node, scope });
    throw unknownFunction(node.written, binder.session.functions).at(node.nameSpan);
  }
  if (spec.overAll) return bindWindow(binder, { ...node, over: allRows(node) }, scope);
  if (spec.kind === 'window') {
    throw new SqlError('SemanticError', `window function ${node.name} calls must have an OVER clause`, {
      span: node.span,
    });
  }
  return bindScalar(binder, spec, withoutParams(spec, node), scope);
}

const allRows = ({ span }: Call): WindowRef => ({
  ...{ kind: 'WindowSpec', base: undefined, partitionBy: [], orderBy: [], frame: undefined, span },
});

/** A name in quotes is one that a user gave, or else means what it means without them. */
function anyCase({ session: { relations } }: Binder, node: Call): Call {
  const name = node.name.toLowerCase();
  return name === node.name || relations.defined(node.name) ? node : { ...node, name };
}

/** `to_decimal(10, 2)(x)` is `to_decimal(x, 10, 2)`; parameters of other functions are those of aggregates. */
function withoutParams({ name }: FunctionSpec, node: Call): Call {
  const { params, args, written, span } = node;
  if (params.length === 0) return node;
  if (name === 'to_decimal' || name === 'try_to_decimal' || name === 'as_decimal')
    return { ...node, args: [...args, ...params], params: [] };
  throw new SqlError('SemanticError', `function ${written} takes no parameters before its arguments`, { span });
}

function bindScalar(binder: Binder, spec: FunctionSpec, node: Call, scope: Scope): BoundExpr {
  const args = node.args.map((arg) => (arg.kind === 'Lambda' ? undefined : binder.expr(arg, scope)));
  if (args.every((arg) => arg !== undefined)) {
    const bound = call(binder, spec.name, args, { span: node.span, nameSpan: node.nameSpan });
    return spec.kind === 'set' ? spread(bound) : bound;
  }
  const lambdas = new Map<number, BoundLambda>();
  const bindLambda = (index: number, types: readonly BoundExpr['type'][]) => {
    const lambda = bindLambdaBody(binder, node.args[index], { types, scope });
    lambdas.set(index, lambda);
    return lambda.type;
  };
  const resolved = resolve(spec, args, { span: node.span, bindLambda });
  const bound = args.map((arg, index) => arg ?? castBody(binder, lambdas.get(index), resolved.args[index]));
  return boundCall(binder, spec, { resolved, args: bound, span: node.span });
}

/** A set-returning function in the select list: its list becomes rows. */
function spread(bound: BoundExpr): BoundExpr {
  if (bound.kind !== 'Call') return bound;
  const { lower } = bound;
  const rows = { ...bound, nullable: true, spreads: true };
  if (typeof lower === 'string') return { ...rows, lower: `unnest(${lower})` };
  return { ...rows, lower: (lowered) => `unnest(${lower(lowered)})` };
}

interface LambdaPlace {
  readonly types: readonly BoundExpr['type'][];
  readonly scope: Scope;
}

function bindLambdaBody(binder: Binder, expr: Expr | undefined, { types, scope }: LambdaPlace): BoundLambda {
  const lambda = expr as Lambda;
  if (lambda.params.length !== types.length) {
    throw new SqlError(
      'SemanticError',
      `the lambda takes ${lambda.params.length} parameters, expected ${types.length}`,
      { span: lambda.span },
    );
  }
  // DuckDB substitutes the arguments of macros as text, so the names must be nobody else's.
  const names = lambda.params.map((param) => `p${binder.nextId()}_${param.name.replace(/\W/g, '')}`);
  const lambdaParams = new Map(scope.lambdaParams);
  for (const [index, param] of lambda.params.entries()) {
    const [type = plain('Null'), name = ''] = [types[index], names[index]];
    lambdaParams.set(param.name, { kind: 'LambdaParam', name, type, nullable: true, span: param.span });
  }
  const body = binder.expr(lambda.body, { ...scope, lambdaParams });
  return { kind: 'Lambda', params: names, body, type: body.type, nullable: body.nullable, span: lambda.span };
}

function castBody(binder: Binder, lambda: BoundLambda | undefined, type: BoundExpr['type'] | undefined): BoundExpr {
  if (!lambda || !type) throw new SqlError('Internal', 'a lambda was not bound');
  return { ...lambda, body: castTo(binder, lambda.body, type), type };
}
