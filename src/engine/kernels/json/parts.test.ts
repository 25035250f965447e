import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tries } from '../../test/long.ts';
import { callKernel } from '../../test/run-kernel.ts';
import { canonicalJson } from '../../types/json/canonical.ts';
import type { KernelValue } from '../kernel.ts';
import { jsonKernels } from './index.ts';

function call(name: string, ...args: readonly KernelValue[]): KernelValue {
  const kernel = jsonKernels.find((candidate) => candidate.name === name);
  if (!kernel) throw new Error(`no kernel ${name}`);
  return callKernel(kernel, ...args);
}

const KEYS = ['a', 'ab', 'b', 'é', '"', '\\', 'z\n', ''];
const key = fc.constantFrom(...KEYS);
const step = fc.oneof(key, fc.integer({ min: -3, max: 3 }));
const path = fc.array(step, { minLength: 1, maxLength: 4 });
const { document } = fc.letrec((tie) => ({
  document: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.constantFrom('say "hi"', 'a\\', '{[', '1e0')),
    fc.dictionary(key, tie('document'), { maxKeys: 5 }),
    fc.array(tie('document'), { maxLength: 4 }),
  ),
}));

const spelled = (steps: readonly (string | number)[]) => steps.map((one) => `[${JSON.stringify(one)}]`).join('');

test('parts read in one pass are what each path gives by itself', () => {
  fc.assert(
    fc.property(document, fc.array(fc.tuple(fc.boolean(), path), { minLength: 1, maxLength: 6 }), (value, wanted) => {
      const json = canonicalJson(JSON.stringify(value));
      const lines = wanted.map(([isText, steps]) => `${isText ? 't' : 'j'}${spelled(steps)}`);
      const parts = call('json_get_paths', json, lines.join('\n'));
      expect(wanted.map((_, part) => call('json_part', parts, part))).toEqual(
        wanted.map(([isText, steps]) => call(isText ? 'json_get_path_text' : 'json_get_path', json, spelled(steps))),
      );
    }),
    { numRuns: tries(2000) },
  );
});

test('parts may be long, and beyond ASCII', () => {
  const long = 'ü'.repeat(100_000);
  const parts = call('json_get_paths', canonicalJson(JSON.stringify({ a: long, b: [long, 'x'] })), 'ta\ntb[1]\njb[7]');
  expect([0, 1, 2].map((part) => call('json_part', parts, part))).toEqual([long, 'x', null]);
});
