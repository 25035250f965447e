import { describe, expect, test } from 'vitest';
import { callKernel } from '../../test/run-kernel.ts';
import type { KernelValue } from '../kernel.ts';
import { timeKernels } from './index.ts';

const byName = new Map(timeKernels.map((kernel) => [kernel.name, kernel]));

function call(name: string, ...args: readonly KernelValue[]): KernelValue {
  const kernel = byName.get(name);
  if (!kernel) throw new Error(`no kernel ${name}`);
  return callKernel(kernel, ...args);
}

describe('casts', () => {
  test.each<[string, readonly KernelValue[], KernelValue]>([
    ['parse_date', ['2024-02-29', 0], 19782],
    ['parse_date', ['2024-02-29 10:00:00+08:00', 0], 19782],
    ['parse_date', ['0000-00-00', 0], 0],
    ['parse_date', ['2023-02-29', 1], null],
    ['parse_timestamp', ['2024-01-01 10:20:30.5', 'UTC', 0], 1704104430500000n],
    ['parse_timestamp', ['2024-01-01T10:20:30+08:00', 'UTC', 0], 1704075630000000n],
    ['parse_timestamp', ['2024-01-01 10:20:30', 'Asia/Shanghai', 0], 1704075630000000n],
    ['parse_timestamp', ['2024-01-01 10', 'UTC', 0], 1704103200000000n],
    ['parse_timestamp', ['2024-01', 'UTC', 1], null],
    ['parse_timestamp_tz', ['2024-01-01 10:20:30+08:00', 'UTC', 0], '1704075630000000 28800'],
    ['parse_timestamp_tz', ['2024-07-01 00:00:00', 'Europe/Berlin', 0], '1719784800000000 7200'],
    ['parse_interval', ['1 year 2 days 03:00:00', 0], '12 2 10800000000'],
    ['parse_interval', ['soon', 1], null],
    ['zone_offset', [1719784800000000, 'Europe/Berlin'], 7200],
    ['zone_offset', [-1, '+08:00'], 28800],
    ['local_to_utc', ['1704104430500000', 'Asia/Shanghai'], 1704075630500000n],
    ['offset_text', [-12600], ' -0330'],
    ['double_text', [10], '10'],
    ['double_text', [1e16], '1e+16'],
    ['float_text', [0.1], '0.1'],
    ['float_text', [2.5], '2.5'],
  ])('%s%o is %o', (name, args, result) => {
    expect(call(name, ...args)).toBe(result);
  });

  test.each<[string, readonly KernelValue[], string]>([
    ['parse_date', ['today', 0], 'cannot parse to type `DATE`'],
    ['parse_timestamp', ['2024', 'UTC', 0], 'cannot parse to type `TIMESTAMP`'],
    ['parse_interval', ['soon', 0], 'cannot parse to type `INTERVAL`'],
  ])('%s%o fails: %s', (name, args, message) => {
    expect(() => call(name, ...args)).toThrow(message);
  });
});

describe('formats', () => {
  /** 2024-03-05 07:08:09.012345 UTC, a Tuesday. */
  const instant = '1709622489012345';

  test.each([
    ['%Y-%m-%d %H:%M:%S', '2024-03-05 07:08:09'],
    ['%d/%b/%y %I:%M %p', '05/Mar/24 07:08 AM'],
    ['%A %B %e %j %u %w', 'Tuesday March  5 065 2 2'],
    ['%-d.%-m. %k|%l|%_H', '5.3.  7| 7| 7'],
    ['%U %W %V %G %g %C', '09 10 10 2024 24 20'],
    ['%f %.3f %6f%.f', '012345 .012 012345.012345'],
    ['%F %T %R %D %r', '2024-03-05 07:08:09 07:08 03/05/24 07:08:09 AM'],
    ['%c|%x|%X', '2024-03-05 07:08:09|2024-03-05|07:08:09'],
    ['%s %z %:z %Z', '1709622489 +0000 +00:00 UTC'],
    ['100%%', '100%'],
    ['YYYY-MM-DD HH24:MI:SS.FF', '2024-03-05 07:08:09.012345'],
    ['dd mon yy, Dy MMMM', '05 Mar 24, Tue March'],
    ['HH12 AM TZH:TZM TZHTZM TZH UUUU', '07 AM +00:00 +0000 +00 2024'],
    ['money', 'money'],
    ['', ''],
  ])('%j shows %j', (format, text) => {
    expect(call('format_timestamp', instant, 'UTC', format)).toBe(text);
  });

  test('a time is shown on the wall clock of its zone', () => {
    expect(call('format_timestamp', instant, 'Asia/Kolkata', '%F %R %z')).toBe('2024-03-05 12:38 +0530');
    expect(call('format_timestamp_tz', instant, -9000, '%F %R %z')).toBe('2024-03-05 04:38 -0230');
  });

  test('weeks at the turn of the year belong to the year of their Thursday', () => {
    expect(call('format_timestamp', '1609459200000000', 'UTC', '%F %G-W%V-%u %U %W')).toBe(
      '2021-01-01 2020-W53-5 00 00',
    );
  });

  test('a specifier that is none fails', () => {
    expect(() => call('format_timestamp', instant, 'UTC', '%Q')).toThrow('invalid format specifier %Q');
  });

  test.each<[string, string, KernelValue]>([
    ['2024-03-05 07:08:09.012345', '%Y-%m-%d %H:%M:%S.%f', 1709622489012345n],
    ['05/Mar/24 07:08:09 AM', '%d/%b/%y %I:%M:%S %p', 1709622489000000n],
    ['march 5, 2024', '%B %e, %Y', 1709596800000000n],
    ['2024065', '%Y%j', 1709596800000000n],
    ['1709622489', '%s', 1709622489000000n],
    ['2024-03-05 09:08:09 +02:00', '%F %T %z', 1709622489000000n],
    ['20240305 12AM', '%Y%m%d %I%p', 1709596800000000n],
    ['2024-03-05 12:00', 'YYYY-MM-DD HH24:MI', 1709640000000000n],
    ['2024-03-05', '', null],
    ['2024-03-05 x', '%Y-%m-%d', null],
    ['2024-13-05', '%Y-%m-%d', null],
    ['2024-02-30', '%Y-%m-%d', null],
    ['2024-03', '%Y-%m', null],
    ['2024-03-05 25:00', '%Y-%m-%d %H:%M', null],
  ])('%j read as %j is %o', (text, format, micros) => {
    expect(call('parse_timestamp_format', text, 'UTC', format, 1)).toBe(micros);
  });

  test('a date is read without regard to its time', () => {
    expect(call('parse_date_format', '2024-02-29 23:00', '%Y-%m-%d %H:%M', 0)).toBe(19782);
    expect(() => call('parse_date_format', 'x', '%Y', 0)).toThrow('cannot parse to type `DATE`');
  });
});
