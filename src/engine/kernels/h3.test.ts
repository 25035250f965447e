import { beforeAll, expect, test } from 'vitest';
import { callKernel } from '../test/run-kernel.ts';
import { h3Kernels } from './h3.ts';
import type { KernelValue } from './kernel.ts';

beforeAll(async () => {
  for (const { load } of h3Kernels) await load?.();
});

function call(name: string, ...args: readonly KernelValue[]): KernelValue {
  const kernel = h3Kernels.find((each) => each.name === name);
  if (!kernel) throw new Error(`no kernel ${name}`);
  return callKernel(kernel, ...args);
}

const hex = (cell: bigint) => cell.toString(16);

test.each([
  [37.79506683, 55.71290588, 644325524701193974n],
  [37.63098076, 55.77922738, 644325529094369568n],
  [37.660183, 55.763241, 644325528627451570n],
  [37.598135, 55.720762, 644325528491955313n],
])('the cell of (%d, %d) at resolution 15 is %d', (longitude, latitude, cell) => {
  expect(call('geo_to_h3', longitude, latitude, 15)).toBe(cell);
});

test('the centre is given as longitude and latitude', () => {
  expect(call('h3_to_geo', hex(644325524701193974n))).toMatch(/^\{'1': 37\.7950661683\d*, '2': 55\.71290243\d*\}$/);
});

test('what lies outside of the hierarchy is 0 or nothing', () => {
  const cell = hex(635318325446452991n);
  expect(call('h3_to_parent', cell, 14)).toBe(0n);
  expect(call('h3_to_center_child', cell, 12)).toBe(0n);
  expect(call('h3_to_children', cell, 12)).toBe('[]');
});

test('errors have the words of Databend', () => {
  expect(() => call('geo_to_h3', 37.79506683, 55.71290588, 16)).toThrow(
    'invalid resolution (got Some(16)): out of range',
  );
  expect(() => call('h3_to_geo', '0')).toThrow('invalid cell index (got Some(0)): invalid index mode');
  expect(() => call('h3_from_string', 'xyz')).toThrow('invalid cell index (got None): invalid 64-bit hex number');
  expect(() => call('h3_hex_ring', hex(599119489002373119n), 1)).toThrow(
    'a pentagon (or a pentagon distortion) is encountered',
  );
  expect(() => call('h3_to_children', '8001fffffffffff', 15)).toThrow('more than 1000000');
  expect(call('h3_is_valid', '0')).toBe(false);
});
