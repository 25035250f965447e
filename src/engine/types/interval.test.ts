import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseInterval } from './interval.ts';
import { showInterval } from './show.ts';

const shown = (text: string) => {
  const cell = parseInterval(text);
  return cell && showInterval(cell);
};

test.each([
  ['1 day 2 hours', '1 day 2:00:00'],
  ['1 month 1 hour 1 microsecond ago', '-1 month -1:00:00.000001'],
  ['1000', '0:00:00.001'],
  ['1 year 2 mons -3 days 04:05:06.7', '1 year 2 months -3 days 4:05:06.7'],
  ['@ 1 Week', '7 days'],
  ['2 quarters', '6 months'],
  ['-1:00:00', '-1:00:00'],
  ['1 day -04:05:06', '1 day -4:05:06'],
  ['3d4h5m6s7ms8us', '3 days 4:05:06.007008'],
  ['5 mi 10 sec', '0:05:10'],
  ['1.9 days', '1 day'],
  ['26:00', '26:00:00'],
  ['P1Y2M3DT4H5M6S', '1 year 2 months 3 days 4:05:06'],
  ['-P2W', '-14 days'],
  ['p1dt-2h', '1 day -2:00:00'],
  ['00:00:00', '00:00:00'],
  ['  1   year  ', '1 year'],
])("'%s' is %s", (text, expected) => {
  expect(shown(text)).toBe(expected);
});

test.each([
  '',
  ' ',
  'day',
  '1 dya',
  '1 day 5',
  'P',
  'PT',
  '1:60:00',
  '1:2:3:4',
  '1 day x',
  'ago',
  '99999999999 days',
  '1e3 s',
])("'%s' is no interval", (text) => {
  expect(parseInterval(text)).toBeUndefined();
});

test('what is printed reads back the same', () => {
  const cell = fc.record({
    months: fc.integer(),
    days: fc.integer(),
    micros: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  });
  fc.assert(
    fc.property(cell, (interval) => {
      expect(parseInterval(showInterval(interval))).toEqual(interval);
    }),
  );
});
