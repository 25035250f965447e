import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import { didYouMean } from '../base/text.ts';
import { isWideDecimal } from '../types/duck.ts';
import { engineTypeName, type SqlType } from '../types/type.ts';
import type { Constant, FunctionSpec, Overload } from './function.ts';
import { type Bindings, instantiate, matchPattern, type Pattern, parsePattern } from './pattern.ts';

/** Functions by every name they answer to. */
export interface FunctionRegistry {
  get(name: string): FunctionSpec | undefined;
  readonly all: readonly FunctionSpec[];
}

export function functionRegistry(specs: readonly FunctionSpec[]): FunctionRegistry {
  const byName = new Map<string, FunctionSpec>();
  for (const spec of specs) {
    for (const name of [spec.name, ...(spec.aliases ?? [])]) byName.set(name, spec);
  }
  return { get: (name) => byName.get(name), all: specs };
}

/** Throws UnknownFunction with the nearest names. */
export function unknownFunction(name: string, registry: FunctionRegistry): SqlError {
  const suggestions = didYouMean(
    name,
    registry.all.flatMap((spec) => [spec.name, ...(spec.aliases ?? [])]),
  );
  const hint = suggestions.length > 0 ? `, do you mean ${suggestions.map((near) => `'${near}'`).join(', ')}?` : '';
  return new SqlError('UnknownFunction', `no function matches the given name: '${name}'${hint}`, { suggestions });
}

export interface Resolved {
  readonly overload: Overload;
  /** What each argument is cast to. */
  readonly args: readonly SqlType[];
  readonly returns: SqlType;
}

interface Candidate {
  readonly overload: Overload;
  readonly patterns: readonly Pattern[];
  readonly matched: readonly SqlType[];
  readonly bindings: Bindings;
  readonly cost: number;
}

/** Binds the body of lambda argument `index` for parameters of these types; gives the type of the body. */
export type BindLambda = (index: number, params: readonly SqlType[]) => SqlType;

export interface ResolveOptions {
  readonly params?: readonly Constant[] | undefined;
  /** The arguments that are constants, by position. */
  readonly constants?: readonly (Constant | undefined)[] | undefined;
  readonly bindLambda?: BindLambda | undefined;
}

/** The overload of the least casts, the first of equals. Lambda arguments come as undefined. */
export function resolveOverload(
  spec: FunctionSpec,
  types: readonly (SqlType | undefined)[],
  { params = [], constants = [], bindLambda }: ResolveOptions = {},
): Resolved {
  const candidates = spec.overloads.flatMap((overload) => matchOverload(overload, types) ?? []);
  const best = candidates.reduce<Candidate | undefined>(
    (least, next) => (least && least.cost <= next.cost ? least : next),
    undefined,
  );
  if (!best) throw noMatch(spec.name, types);
  const lambdas = bindLambdas(best, types, bindLambda);
  const args = best.matched.map(
    (type, index) => lambdas.get(index) ?? instantiate(best.patterns[index] ?? ANY, best.bindings, type),
  );
  if (args.some((type, index) => isWideDecimal(type) && isNumber(best.patterns[index] ?? ANY))) {
    throw new SqlError('Unimplemented', `\`${spec.name}\` does not take decimals of more than 38 digits here`, {
      hint: hint('castDecimal'),
    });
  }
  return { overload: best.overload, args, returns: returnType(best, args, { params, constants }) };
}

const ANY = parsePattern('Any');

/** Whether what it takes is calculated with. */
function isNumber(pattern: Pattern): boolean {
  return pattern.kind === 'OneOf' && pattern !== ANY;
}

/** The types of the lambdas' bodies, by argument; they may bind the generics that the result is made of. */
function bindLambdas(
  { patterns, bindings }: Candidate,
  types: readonly (SqlType | undefined)[],
  bindLambda: BindLambda | undefined,
): Map<number, SqlType> {
  const bodies = new Map<number, SqlType>();
  for (const [index, type] of types.entries()) {
    const pattern = patterns[index];
    if (type || pattern?.kind !== 'Lambda' || !bindLambda) continue;
    const params = pattern.params.map((param) => instantiate(param, bindings, { kind: 'Null' }));
    const body = bindLambda(index, params);
    bodies.set(index, matchPattern(pattern.body, body, bindings)?.type ?? body);
  }
  return bodies;
}

function matchOverload(overload: Overload, types: readonly (SqlType | undefined)[]): Candidate | undefined {
  const patterns = expandPatterns(overload.args, types.length)?.map(parsePattern);
  if (!patterns) return undefined;
  const bindings: Bindings = new Map();
  const matched: SqlType[] = [];
  let cost = 0;
  for (const [index, type] of types.entries()) {
    const pattern = patterns[index] ?? ANY;
    const match = type && matchPattern(pattern, type, bindings);
    if (type ? !match : pattern.kind !== 'Lambda') return undefined;
    matched.push(match?.type ?? { kind: 'Null' });
    cost += match?.cost ?? 0;
  }
  return { overload, patterns, matched, bindings, cost };
}

/** The patterns of a call with so many arguments; `...` marks one that repeats, at least once. */
function expandPatterns(patterns: readonly string[], count: number): readonly string[] | undefined {
  const last = patterns.at(-1);
  if (last?.endsWith('...')) {
    const fixed = patterns.slice(0, -1);
    if (count < patterns.length) return undefined;
    return [...fixed, ...new Array<string>(count - fixed.length).fill(last.slice(0, -3))];
  }
  return patterns.length === count ? patterns : undefined;
}

interface KnownValues {
  readonly params: readonly Constant[];
  readonly constants: readonly (Constant | undefined)[];
}

function returnType(
  { overload, bindings }: Candidate,
  args: readonly SqlType[],
  { params, constants }: KnownValues,
): SqlType {
  if (typeof overload.returns === 'function') return overload.returns(args, params, constants);
  return instantiate(parsePattern(overload.returns), bindings, args[0] ?? { kind: 'Null' });
}

function noMatch(name: string, types: readonly (SqlType | undefined)[]): SqlError {
  const signature = types.map((type) => (type ? engineTypeName(type) : 'Lambda')).join(', ');
  return new SqlError(
    'SemanticError',
    `no function matches signature \`${name}(${signature})\`, you might need to add explicit type casts.`,
  );
}
