import type { BoundExpr } from './plan.ts';
import { mapParts, OPAQUE, someExpr } from './walk.ts';

/** Whether two expressions are the same but for where they were written and for the names that the binder made in them. */
export function sameExpr(a: unknown, b: unknown): boolean {
  const names: Names = { left: new Map(), right: new Map(), made: new Set() };
  if (!samePart(a, b, names)) return false;
  // What both sides only mention stands outside of them, where one name means one thing.
  return [...names.left].every(([left, right]) => left === right || names.made.has(left));
}

/** Names of relations, of CTEs and of parameters of lambdas: each with its like on the other side. */
interface Names {
  readonly left: Map<unknown, unknown>;
  readonly right: Map<unknown, unknown>;
  /** On the left, by the expression itself. */
  readonly made: Set<unknown>;
}

/** Without `names` they must be the same ones. */
function samePart(a: unknown, b: unknown, names: Names | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  const kind = 'kind' in a ? String(a.kind) : '';
  return (
    left.length === right.size &&
    left.every(([key, value]) => {
      if (key === 'span') return true;
      if (!right.has(key)) return false;
      const found = names && pairedNames(names, `${kind} ${key}`, [value, right.get(key)]);
      return found ?? samePart(value, right.get(key), OPAQUE.has(key) ? undefined : names);
    })
  );
}

const MENTIONED: ReadonlySet<string> = new Set(['Column relation', 'CteRef cte', 'LambdaParam name']);

/** Undefined where the member is no name. */
function pairedNames(names: Names, member: string, [left, right]: readonly [unknown, unknown]): boolean | undefined {
  if (member === 'Lambda params' && Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((name, index) => pair(names, name, right[index], true));
  }
  if (member.endsWith(' id')) return pair(names, left, right, true);
  return MENTIONED.has(member) ? pair(names, left, right, false) : undefined;
}

function pair({ left, right, made }: Names, a: unknown, b: unknown, isMade: boolean): boolean {
  if (isMade) made.add(a);
  if ((left.get(a) ?? b) !== b || (right.get(b) ?? a) !== a) return false;
  left.set(a, b);
  right.set(b, a);
  return true;
}

/** The expression with the groups in it that it is the same as: DuckDB compares them by their text, names and all. */
export function withGroups(expr: BoundExpr, groups: readonly BoundExpr[]): BoundExpr {
  const named = groups.filter((group) => someExpr(group, ({ kind }) => kind === 'QueryExpr' || kind === 'Lambda'));
  return named.length === 0 ? expr : mapParts(expr, (part) => named.find((group) => sameExpr(group, part)));
}
