import { expect, test } from 'vitest';
import type { OperatorProfile, ProfiledOperator } from '../../engine/index.ts';
import { compareProfiles, mostExpensive, placeOperators, profiledFrom, profiledQuery, shareOf } from './profile.ts';

const operator = (id: number, parent: number | undefined, name: string, computing: number): ProfiledOperator => ({
  ...{ id, parent, name, computing, reading: 0, rows: 1, facts: {}, scan: undefined, spans: [] },
});
const profile = (...operators: ProfiledOperator[]): OperatorProfile => ({
  ...{ operators, rows: 1, reading: 0, computing: 0, networkBytes: 0 },
});

const JOIN = profile(
  operator(0, undefined, 'TopN', 1),
  operator(1, 0, 'HashJoin', 6),
  operator(2, 1, 'TableScan', 2),
  operator(3, 1, 'TableScan', 1),
);

test('the statement that asks for a profile is known, and where its query begins', () => {
  expect(profiledFrom('explain  analyze graphical SELECT 1')).toBe(27);
  expect(profiledFrom('EXPLAIN ANALYZE SELECT 1')).toBeUndefined();
  expect(profiledQuery('EXPLAIN ANALYZE GRAPHICAL SELECT 1 ;\n')).toBe('SELECT 1');
  expect(profiledQuery('SELECT 1')).toBe('SELECT 1');
});

test('an operator stands above the middle of its inputs', () => {
  expect(placeOperators(JOIN.operators).map(({ operator: { id }, column, row }) => [id, column, row])).toEqual([
    [2, 0, 2],
    [3, 1, 2],
    [1, 0.5, 1],
    [0, 0.5, 0],
  ]);
});

test('shares are of the time of all operators, the most expensive come first', () => {
  expect(mostExpensive(JOIN, 2).map(({ id }) => id)).toEqual([1, 2]);
  expect(shareOf(operator(1, 0, 'HashJoin', 6), JOIN)).toBe(0.6);
  expect(shareOf(operator(0, undefined, 'Dummy', 0), profile(operator(0, undefined, 'Dummy', 0)))).toBe(0);
});

test('two runs are compared operator by operator, what only one has is there', () => {
  const before = profile(operator(0, undefined, 'OrderBy', 3), operator(1, 0, 'HashJoin', 9));
  expect(compareProfiles(JOIN, before).map((pair) => [pair.now?.id, pair.before?.id])).toEqual([
    [0, undefined],
    [1, 1],
    [2, undefined],
    [3, undefined],
    [undefined, 0],
  ]);
});
