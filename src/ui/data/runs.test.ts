import { expect, test } from 'vitest';
import { SqlError } from '../../engine/index.ts';
import { afterEvent, type Run } from './runs.ts';

const RUN: Run = {
  ...{
    id: 1,
    text: 'SELECT 1; SELECT x; SELECT 2',
    back: (span) => span,
    startedAt: 0,
    isActive: true,
    isCancelling: false,
  },
  ...{ statements: [], shown: 0 },
};
const statement = (start: number, end: number) => ({
  statement: { head: 'SELECT', span: { start, end } },
  sql: RUN.text.slice(start, end),
  start,
});
const RESULT = { id: 'r', columns: [], rows: 1, complete: true, affected: 0 };

test('each statement of a run ends as its events say, and the failed one is shown', () => {
  const error = new SqlError('UnknownColumn', 'column x does not exist', { span: { start: 17, end: 18 } });
  const run = [
    { kind: 'started', index: 0, ...statement(0, 8) } as const,
    { kind: 'rows', index: 0, result: { ...RESULT, complete: false } } as const,
    { kind: 'finished', index: 0, result: RESULT, duration: 12, changes: [] } as const,
    { kind: 'started', index: 1, ...statement(10, 18) } as const,
    { kind: 'failed', index: 1, error, duration: 3 } as const,
    { kind: 'skipped', index: 2, ...statement(20, 28) } as const,
  ].reduce(afterEvent, RUN);
  expect(run.statements.map(({ state }) => state)).toEqual(['finished', 'failed', 'skipped']);
  expect(run.statements.map(({ duration }) => duration)).toEqual([12, 3, undefined]);
  expect(run.statements[0]?.result).toEqual(RESULT);
  expect(run.statements[1]?.error).toBe(error);
  expect(run.shown).toBe(1);
});

test('a cancelled statement keeps the rows that came before', () => {
  const run = [
    { kind: 'started', index: 0, ...statement(0, 8) } as const,
    { kind: 'cancelled', index: 0, result: RESULT, duration: 5 } as const,
  ].reduce(afterEvent, RUN);
  expect(run.statements[0]).toMatchObject({ state: 'cancelled', result: RESULT, duration: 5 });
});
