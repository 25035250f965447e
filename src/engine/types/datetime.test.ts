import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  civilFromDays,
  daysFromCivil,
  localToUtc,
  parseDate,
  parseTimestamp,
  showTimestamp,
  timestampFromEpoch,
} from './datetime.ts';

test('every day of the calendar survives the way there and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -719162, max: 2932896 }), (days) => daysFromCivil(civilFromDays(days)) === days),
  );
});

test.each([
  ['2025-01-01', 20089],
  ['2025-01-01 10:00:00', 20089],
  ['2025-01-01T10:00:00+08:00', 20089],
  ['0000-00-00', 0],
  ['2025-02-29', undefined],
  ['2025-1-1', undefined],
  ['20250101', undefined],
  ['2025-01-01x', undefined],
])('the date in %j is day %j', (text, days) => {
  expect(parseDate(text)).toBe(days);
});

test.each([
  ['2025-01-01 08:15:21', 'UTC', '2025-01-01 08:15:21.000000'],
  ['2025-01-01T08:15:21.1234567Z', 'UTC', '2025-01-01 08:15:21.123456'],
  ['2025-01-01 08:15:21+08:00', 'UTC', '2025-01-01 00:15:21.000000'],
  ['2025-01-01 08', 'UTC', '2025-01-01 08:00:00.000000'],
  ['2025-01-01', 'Asia/Shanghai', '2024-12-31 16:00:00.000000'],
])('%s in %s is %s in UTC', (text, zone, shown) => {
  const parsed = parseTimestamp(text, zone);
  expect(parsed && showTimestamp(parsed.micros, 'UTC')).toBe(shown);
});

test('a time zone shows its wall clock, summer time included', () => {
  expect(showTimestamp(1751328000000000n, 'America/New_York')).toBe('2025-06-30 20:00:00.000000');
  expect(showTimestamp(1735689600000000n, 'America/New_York')).toBe('2024-12-31 19:00:00.000000');
});

test('a local time in the gap of spring is the moment after it', () => {
  const local = (parseTimestamp('2025-03-09 02:30:00', 'UTC') ?? { micros: 0n }).micros;
  expect(showTimestamp(localToUtc(local, 'America/New_York'), 'America/New_York')).toBe('2025-03-09 03:30:00.000000');
});

test('the size of an epoch number tells its unit', () => {
  for (const value of [1736305864n, 1736305864000n, 1736305864000000n]) {
    expect(timestampFromEpoch(value)).toBe(1736305864000000n);
  }
});
