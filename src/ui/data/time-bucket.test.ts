import { expect, test } from 'vitest';
import { bucketEnds, bucketOver, bucketsFor } from './time-bucket.ts';

const TIME = { kind: 'Timestamp' } as const;
const DATE = { kind: 'Date' } as const;
const HOUR = 3_600_000;

test('times are taken together so that there are at most 200', () => {
  const over = (hours: number) => bucketOver(hours * HOUR, bucketsFor(TIME));
  expect([0, 1, 24, 24 * 60, 24 * 700, 24 * 3000, 24 * 100_000].map(over)).toEqual([
    ...['second', 'minute', 'hour', 'day', 'week', 'month', 'year'],
  ]);
  expect(bucketOver(0, bucketsFor(DATE))).toBe('day');
  expect(bucketsFor({ kind: 'String' })).toEqual([]);
});

test('a bucket ends before the next one begins', () => {
  const at = Date.parse('2024-02-01T00:00:00Z');
  expect(bucketEnds(at, 'month', DATE)).toEqual(['2024-02-01', '2024-02-29']);
  expect(bucketEnds(at, 'day', DATE)).toEqual(['2024-02-01', '2024-02-01']);
  expect(bucketEnds(at, 'week', TIME)).toEqual(['2024-02-01 00:00:00.000', '2024-02-07 23:59:59.999999']);
  expect(bucketEnds(at, 'year', TIME)[1]).toBe('2025-01-31 23:59:59.999999');
});
