import { expect, test } from 'vitest';
import { callKernel } from '../test/run-kernel.ts';
import { readNumberKernel, showNumberKernel } from './number-mask.ts';

/** As PostgreSQL's manual has them, and what else its masks do. */
test.each([
  ['-0.1', '99.99', '  -.10'],
  ['-0.1', 'FM9.99', '-.1'],
  ['0.1', '0.9', ' 0.1'],
  ['12', '9990999.9', '    0012.0'],
  ['12', 'FM9990999.9', '0012.'],
  ['485', '999', ' 485'],
  ['-485', '999', '-485'],
  ['485', '9 9 9', ' 4 8 5'],
  ['1485', '9,999', ' 1,485'],
  ['12', '9,999', '    12'],
  ['148.5', '999.999', ' 148.500'],
  ['148.5', 'FM999.999', '148.5'],
  ['148.5', 'FM999.990', '148.500'],
  ['3148.5', '9G999D999', ' 3,148.500'],
  ['-485', '999S', '485-'],
  ['485', 'S999', '+485'],
  ['-12', 'S9,999', '   -12'],
  ['-485', '999MI', '485-'],
  ['485', '999MI', '485 '],
  ['485', 'FM999MI', '485'],
  ['485', 'PL999', '+485'],
  ['485', 'SG999', '+485'],
  ['-485', '9SG99', '4-85'],
  ['-485', '999PR', '<485>'],
  ['482', '999th', ' 482nd'],
  ['485', '"Good number:"999', 'Good number: 485'],
  ['12', '99V999', ' 12000'],
  ['12.45', '99V9', ' 125'],
  ['0.0004859', '9.99EEEE', ' 4.86e-04'],
  ['485', 'FMRN', 'CDLXXXV'],
  ['5.2', 'FMRN', 'V'],
  ['12345', '999', ' ###'],
  ['0', '999', '   0'],
  ['0', '99.99', '   .00'],
  ['9.995', '9.99', ' #.##'],
  ['1.5e3', '9999', ' 1500'],
  ['12345678901234567890.126', '99999999999999999999.99', ' 12345678901234567890.13'],
])('%s by %s is %s', (number, mask, expected) => {
  expect(callKernel(showNumberKernel, number, mask)).toBe(expected);
});

test.each([
  ['12,454.8-', '99G999D9S', '-12454.8'],
  ['<485>', '999PR', '-485.0'],
  [' 12000', '99V999', '12.000'],
  ['$1,000.50', 'L9,999.99', '1000.50'],
])('%s by %s is the number %s', (text, mask, expected) => {
  expect(callKernel(readNumberKernel, text, mask, 0)).toBe(expected);
});

test('a text without digits is no number', () => {
  expect(callKernel(readNumberKernel, 'none', '999', 1)).toBeNull();
  expect(() => callKernel(readNumberKernel, 'none', '999', 0)).toThrow("Could not convert string 'none' to number");
});
