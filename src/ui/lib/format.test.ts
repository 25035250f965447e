import { expect, test } from 'vitest';
import { formats } from './format.ts';

const f = formats('en');

test.each([
  [0, '0 B'],
  [465, '465 B'],
  [1023, '1,023 B'],
  [1024, '1 KiB'],
  [217_088, '212 KiB'],
  [1_048_550, '1 MiB'],
  [109_261_619, '104.2 MiB'],
  [10 * 1024 ** 3, '10 GiB'],
])('%d bytes are %s', (count, text) => {
  expect(f.bytes(count)).toBe(text);
});

test.each([
  [0.4, '0 ms'],
  [38, '38 ms'],
  [999.4, '999 ms'],
  [999.6, '1.00 s'],
  [1240, '1.24 s'],
  [59_994, '59.99 s'],
  [59_996, '1 m 00 s'],
  [125_000, '2 m 05 s'],
  [3_599_600, '1 h 00 m'],
  [3_720_000, '1 h 02 m'],
])('%d milliseconds are %s', (milliseconds, text) => {
  expect(f.duration(milliseconds)).toBe(text);
});

test('a share keeps two digits', () => {
  expect(f.percent(75 / 192)).toBe('39.06 %');
});

test('times are shown in the zone that is asked for, midnight as 00', () => {
  const time = new Date('2025-01-01T16:00:07Z');
  expect(f.clock(time, 'Asia/Shanghai')).toBe('00:00:07');
  expect(f.minute(time, 'Asia/Shanghai')).toBe('2025-01-02 00:00');
  expect(f.minute(time, 'UTC')).toBe('2025-01-01 16:00');
});

test('digits are grouped', () => {
  expect(f.integer(3840)).toBe('3,840');
  expect(f.integer(12_345_678_901_234_567_890n)).toBe('12,345,678,901,234,567,890');
});

test.each([
  [38, '38 毫秒'],
  [1240, '1.24 秒'],
  [125_000, '2 分 05 秒'],
  [3_720_000, '1 小时 02 分'],
])('%d milliseconds are %s in Chinese', (milliseconds, text) => {
  expect(formats('zh').duration(milliseconds)).toBe(text);
});
