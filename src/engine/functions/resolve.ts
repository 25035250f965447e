import { SqlError } from '../base/errors.ts';
import { didYouMean } from '../base/text.ts';
import { engineTypeName, type SqlType } from '../types/type.ts';
import type { Constant, FunctionSpec, Overload } from './function.ts';
import { type Bindings, instantiate, matchPattern, parsePattern } from './pattern.ts';

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
  readonly args: readonly SqlType[];
  readonly bindings: Bindings;
  readonly cost: number;
}

/**
 * The overload of the least casts, the first of equals.
 * Lambda arguments come as undefined: the binder has checked their shape.
 */
export function resolveOverload(
  spec: FunctionSpec,
  types: readonly (SqlType | undefined)[],
  params: readonly Constant[] = [],
): Resolved {
  const candidates = spec.overloads.flatMap((overload) => matchOverload(overload, types) ?? []);
  const best = candidates.reduce<Candidate | undefined>(
    (least, next) => (least && least.cost <= next.cost ? least : next),
    undefined,
  );
  if (!best) throw noMatch(spec.name, types);
  return { overload: best.overload, args: best.args, returns: returnType(best, params) };
}

function matchOverload(overload: Overload, types: readonly (SqlType | undefined)[]): Candidate | undefined {
  const patterns = expandPatterns(overload.args, types.length);
  if (!patterns) return undefined;
  const bindings: Bindings = new Map();
  const matched: SqlType[] = [];
  let cost = 0;
  for (const [index, type] of types.entries()) {
    const match = type && matchPattern(parsePattern(patterns[index] ?? 'Any'), type, bindings);
    if (type && !match) return undefined;
    matched.push(match?.type ?? { kind: 'Null' });
    cost += match?.cost ?? 0;
  }
  const args = matched.map((type, index) => instantiate(parsePattern(patterns[index] ?? 'Any'), bindings, type));
  return { overload, args, bindings, cost };
}

/** The patterns of a call with so many arguments; `?` marks an optional one at the end, `...` one that repeats. */
function expandPatterns(patterns: readonly string[], count: number): readonly string[] | undefined {
  const last = patterns.at(-1);
  if (last?.endsWith('...')) {
    const fixed = patterns.slice(0, -1);
    if (count < patterns.length) return undefined;
    return [...fixed, ...new Array<string>(count - fixed.length).fill(last.slice(0, -3))];
  }
  return patterns.length === count ? patterns : undefined;
}

function returnType({ overload, args, bindings }: Candidate, params: readonly Constant[]): SqlType {
  if (typeof overload.returns === 'function') return overload.returns(args, params);
  return instantiate(parsePattern(overload.returns), bindings, args[0] ?? { kind: 'Null' });
}

function noMatch(name: string, types: readonly (SqlType | undefined)[]): SqlError {
  const signature = types.map((type) => (type ? engineTypeName(type) : 'Lambda')).join(', ');
  return new SqlError(
    'SemanticError',
    `no function matches signature \`${name}(${signature})\`, you might need to add explicit type casts.`,
  );
}
