import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tries } from '../../test/long.ts';
import { canonicalJson } from '../../types/json/canonical.ts';
import { skipValue } from '../../types/json/scan.ts';
import { follow, keyStep, type Step } from './path/steps.ts';
import { findPaths } from './shared-paths.ts';

const encoder = new TextEncoder();

const KEYS = ['a', 'ab', 'b', 'é', '"', '\\', 'z\n', '', 'x"', '{', ':,'];
const step = fc.oneof(fc.constantFrom(...KEYS), fc.integer({ min: -3, max: 3 }));
const paths = fc.array(fc.array(step, { maxLength: 4 }), { minLength: 1, maxLength: 6 });
const scalars = fc.oneof(
  fc.string(),
  fc.double(),
  fc.constantFrom(null, true, false, 'say "hi"', 'a\\', '{[', '],"a":1', '\\"'),
);
const { document } = fc.letrec((tie) => ({
  document: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalars,
    fc.dictionary(fc.constantFrom(...KEYS), tie('document'), { maxKeys: 8 }),
    fc.array(tie('document'), { maxLength: 4 }),
  ),
}));

function asSteps(path: readonly (string | number)[]): readonly Step[] {
  return path.map((one) => (typeof one === 'number' ? one : keyStep(one)));
}

/** Each path by itself from the start of the document. */
function oneByOne(bytes: Uint8Array, at: number, wanted: readonly (readonly Step[])[]): number[] {
  return wanted.flatMap((steps) => {
    const found = follow(bytes, at, steps, bytes.length - at);
    return found < 0 ? [-1, -1] : [found, skipValue(bytes, found, bytes.length - at)];
  });
}

test('what one walk learns from a document does not change what it finds in the next ones', () => {
  fc.assert(
    fc.property(fc.array(document, { minLength: 1, maxLength: 8 }), paths, (values, wanted) => {
      const steps = wanted.map(asSteps);
      const find = findPaths(steps);
      const found = new Int32Array(2 * steps.length);
      // Each twice: the second time it is looked for where it was.
      for (const value of values.flatMap((one) => [one, one])) {
        const bytes = encoder.encode(`\\${canonicalJson(JSON.stringify(value))}\\`);
        find(bytes, 1, bytes.length - 1, found);
        expect([...found]).toEqual(oneByOne(bytes, 1, steps));
      }
    }),
    { numRuns: tries(1500) },
  );
});

test('members far behind are found from the end, those in front from the start, and those that moved as well', () => {
  const find = findPaths(['a', 'm', 'z'].map((key) => [keyStep(key)]));
  const found = new Int32Array(6);
  const valuesOf = (value: unknown) => {
    const bytes = encoder.encode(canonicalJson(JSON.stringify(value)));
    find(bytes, 0, bytes.length, found);
    return [0, 1, 2].map((part) => new TextDecoder().decode(bytes.subarray(found[2 * part], found[2 * part + 1])));
  };
  const filler = { b: 'x'.repeat(99), c: [1, { d: '"' }] };
  expect(valuesOf({ a: 1, m: 2, z: 3, ...filler })).toEqual(['1', '2', '3']);
  expect(valuesOf({ a: 1, m: 2, n: filler, z: 3 })).toEqual(['1', '2', '3']);
  expect(valuesOf({ a: filler, m: [2], z: {} })).toEqual([canonicalJson(JSON.stringify(filler)), '[2]', '{}']);
  expect(valuesOf({ m: 'é', y: filler })).toEqual(['', '"é"', '']);
});
