import type { OperatorProfile, ProfiledOperator } from '../../engine/index.ts';

export const PROFILE_PREFIX = 'EXPLAIN ANALYZE GRAPHICAL ';

/** Where the query of a statement that asks for a profile begins; undefined for all others. */
export function profiledFrom(sql: string): number | undefined {
  return /^\s*explain\s+analyze\s+graphical\s+/i.exec(sql)?.[0].length;
}

/** The query of a statement, as its profiles are kept by. */
export function profiledQuery(sql: string): string {
  return sql.slice(profiledFrom(sql) ?? 0).replace(/\s*;?\s*$/, '');
}

/** How a query ran once. */
export interface ProfiledRun {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly sql: string;
  readonly profile: OperatorProfile;
}

/** Milliseconds. */
export const timeOf = ({ reading, computing }: Pick<ProfiledOperator, 'reading' | 'computing'>) => reading + computing;

/** The operators that took most, first. */
export function mostExpensive({ operators }: OperatorProfile, count: number): readonly ProfiledOperator[] {
  return [...operators].sort((a, b) => timeOf(b) - timeOf(a)).slice(0, count);
}

/** Of the time that all operators took. */
export function shareOf(operator: ProfiledOperator, { operators }: OperatorProfile): number {
  const all = operators.reduce((sum, one) => sum + timeOf(one), 0);
  return all === 0 ? 0 : timeOf(operator) / all;
}

/** What changed since another run: an operator and the one of its kind there, in the order of both. */
export interface OperatorChange {
  readonly now: ProfiledOperator | undefined;
  readonly before: ProfiledOperator | undefined;
}

export function compareProfiles(now: OperatorProfile, before: OperatorProfile): readonly OperatorChange[] {
  const waiting = [...before.operators];
  const pairs = now.operators.map((operator): OperatorChange => {
    const at = waiting.findIndex((one) => isAlike(one, operator));
    return { now: operator, before: at < 0 ? undefined : waiting.splice(at, 1)[0] };
  });
  return [...pairs, ...waiting.map((one) => ({ now: undefined, before: one }))];
}

const isAlike = (a: ProfiledOperator, b: ProfiledOperator) =>
  a.name === b.name && a.scan?.relation === b.scan?.relation;

export interface PlacedOperator {
  readonly operator: ProfiledOperator;
  /** From the left and from the top, in boxes; halves stand between two. */
  readonly column: number;
  readonly row: number;
}

/** The last operator on top, above the middle of those that it takes its rows from. */
export function placeOperators(operators: readonly ProfiledOperator[]): readonly PlacedOperator[] {
  const placed: PlacedOperator[] = [];
  let free = 0;
  const place = (operator: ProfiledOperator, row: number): number => {
    const inputs = operators.filter(({ parent }) => parent === operator.id).map((input) => place(input, row + 1));
    const column = inputs.length === 0 ? free++ : ((inputs[0] ?? 0) + (inputs.at(-1) ?? 0)) / 2;
    placed.push({ operator, column, row });
    return column;
  };
  for (const root of operators.filter(({ parent }) => parent === undefined)) place(root, 0);
  return placed;
}
