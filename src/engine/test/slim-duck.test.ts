import { expect, test } from 'vitest';
import { withoutExports } from '../../../scripts/slim-duck.mjs';

/** A section: its kind, its length, its bytes. */
const section = (kind: number, ...bytes: number[]) => [kind, bytes.length, ...bytes];
const text = (value: string) => [value.length, ...new TextEncoder().encode(value)];
const body = (...code: number[]) => [code.length, ...code];

/** Two functions that give 1 and 2, under three names. */
const module = Buffer.from([
  ...[0, ...new TextEncoder().encode('asm'), 1, 0, 0, 0],
  ...section(1, 1, 0x60, 0, 1, 0x7f),
  ...section(3, 2, 0, 0),
  ...section(7, 3, ...text('_Zone'), 0, 0, ...text('two'), 0, 1, ...text('orig$_Zone'), 0, 0),
  ...section(10, 2, ...body(0, 0x41, 1, 0x0b), ...body(0, 0x41, 2, 0x0b)),
]);

test('a module without some of its exports is the same but for them', async () => {
  const slim = withoutExports(module, /^(?:orig\$|_Z)/);
  const { instance } = await WebAssembly.instantiate(slim);
  expect(Object.keys(instance.exports)).toEqual(['two']);
  const { two } = instance.exports;
  expect(typeof two === 'function' && two()).toBe(2);
  expect(withoutExports(module, /none/)).toEqual(module);
});
