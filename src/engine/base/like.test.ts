import fc from 'fast-check';
import { expect, test } from 'vitest';
import { likeMatcher } from './like.ts';

test.each([
  ['%', ['', 'a\nb'], []],
  ['', [''], ['a']],
  ['a%', ['a', 'ab'], ['ba']],
  ['%a', ['a', 'ba'], ['ab']],
  ['a%a', ['aa', 'aba'], ['a']],
  ['%ab%ab%', ['abab', 'xabxabx'], ['ab', 'aab']],
  ['_%_', ['ab', '😀😀'], ['a', '😀']],
  ['100\\%', ['100%'], ['100x']],
  ['a-b/%', ['a-b/c'], ['ab']],
  ['a\\_[.]', ['a_[.]'], ['ab[.]']],
])('LIKE %j fits %j and not %j', (pattern, matching, others) => {
  const fits = likeMatcher(pattern);
  expect([matching.filter(fits), others.filter(fits)]).toEqual([matching, []]);
});

test('ILIKE takes letters in any case', () => {
  expect([likeMatcher('É%b', true)('éXB'), likeMatcher('É%b')('éXB')]).toEqual([true, false]);
});

test('fits what the regular expression fits', () => {
  const text = (chars: readonly string[]) =>
    fc.array(fc.constantFrom(...chars), { maxLength: 8 }).map((all) => all.join(''));
  fc.assert(
    fc.property(text(['a', 'b', '%', '_', '😀']), text(['a', 'b', '😀']), (pattern, given) => {
      const regex = new RegExp(`^${pattern.replaceAll('%', '[^]*').replaceAll('_', '[^]')}$`, 'u');
      expect(likeMatcher(pattern)(given)).toBe(regex.test(given));
    }),
    { numRuns: 500, seed: 7 },
  );
});

test('no pattern takes long', () => {
  expect(likeMatcher(`${'%a'.repeat(40)}%b`)('a'.repeat(5000))).toBe(false);
});
