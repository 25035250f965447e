import { expect, test } from 'vitest';
import type { PastStatement } from '../../data/history.ts';
import { comparedFirst, compareFigures } from './figures.ts';

function past(id: string, minute: number, more: Partial<PastStatement> = {}): PastStatement {
  return {
    ...{ id, state: 'Finished', text: 'SELECT 1', database: 'default', duration: 100, rows: 4, written: 0 },
    ...{ startedAt: new Date(Date.UTC(2025, 0, 1, 0, minute)), startedBy: 'User', error: undefined },
    scanned: { rows: 10, bytes: 0 },
    ...more,
  };
}

test('figures stand side by side, with what they grew by', () => {
  const [before, now] = [past('a', 1), past('b', 2, { duration: 150, rows: 4, scanned: { rows: 5, bytes: 7 } })];
  expect(compareFigures(before, now)).toEqual([
    { name: 'took', before: 100, now: 150, growth: 0.5 },
    { name: 'rows', before: 4, now: 4, growth: undefined },
    { name: 'written', before: 0, now: 0, growth: undefined },
    { name: 'scannedRows', before: 10, now: 5, growth: -0.5 },
    { name: 'scannedBytes', before: 0, now: 7, growth: undefined },
  ]);
});

test('a statement is compared with its last run, else with the one before it, else with any', () => {
  const now = past('now', 9);
  const other = past('other', 8, { text: 'SELECT 2' });
  const later = past('later', 10, { text: 'SELECT 3' });
  expect(comparedFirst(now, [later, now, other, past('same', 3), past('old', 2)])?.id).toBe('same');
  expect(comparedFirst(now, [later, now, other])?.id).toBe('other');
  expect(comparedFirst(now, [later, now])?.id).toBe('later');
  expect(comparedFirst(now, [now])).toBeUndefined();
});
