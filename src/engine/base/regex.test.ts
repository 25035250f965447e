import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linearRegex } from './regex.ts';

describe('a regular expression of Rust', () => {
  test.each([
    ['^.*[.]csv([.]gz)?$', ['a/b.csv', 'a.csv.gz'], ['a.csv.zip', 'a_csv']],
    ['^a|b$', ['abc', 'xb'], ['xa', 'bx']],
    ['^$', [''], ['a']],
    ['^a{2,3}$', ['aa', 'aaa'], ['a', 'aaaa']],
    ['^(?i)ab(?-i:C)$', ['ABC', 'abC'], ['abc']],
    ['^(?P<y>\\d{4})-(?<m>[01]\\d)$', ['2024-12'], ['2024-21']],
    ['^[^/\\]]+$', ['a.b'], ['a/b', 'a]']],
    ['^[]a-c\\-]+$', [']b-'], ['d']],
    ['^[[:alpha:]_]+$', ['a_B'], ['a1']],
    ['^[\\W_]+$', ['-_.'], ['a']],
    ['^\\w+$', ['名前_1'], ['a-b']],
    ['^\\p{Greek}\\pL\\P{L}$', ['αβ1'], ['aβ1']],
    ['\\bcat\\b', ['a cat', 'cat.'], ['cats']],
    ['^.$', ['😀', 'a'], ['\n', 'ab']],
    ['(?s)^.$', ['\n'], ['']],
    ['(?m)^b$', ['a\nb\nc'], ['ab']],
    ['^\\x41\\u{42}\\-\\_\\/$', ['AB-_/'], ['AB']],
    ['^(a*)*(b|)+$', ['aab', ''], ['c']],
  ])('%s matches %j and not %j', (source, matching, others) => {
    const regex = linearRegex(source);
    expect([matching.map(regex), others.map(regex)]).toEqual([matching.map(() => true), others.map(() => false)]);
  });

  test.each([
    ['(?=a)', 'look-around, including look-ahead and look-behind, is not supported'],
    ['(?<!a)b', 'look-around, including look-ahead and look-behind, is not supported'],
    ['(a)\\1', 'backreferences are not supported'],
    ['(a', 'unclosed group'],
    ['a)', 'unopened group'],
    ['*.csv', 'repetition operator missing expression'],
    ['a{2', 'repetition quantifier expects a valid decimal'],
    ['a{3,2}', 'invalid repetition count range, the start must be <= the end'],
    ['[z-a]', 'invalid character class range, the start must be <= the end'],
    ['\\y', 'unrecognized escape sequence'],
    ['\\p{Nosuch}', 'Unicode property not found'],
    ['((a{900}){900}){900}', 'Compiled regex exceeds size limit'],
  ])('is not %s: %s', (source, message) => {
    expect(() => linearRegex(source)).toThrow(new SyntaxError(message));
  });
});

test('no expression takes longer than in proportion to the text', () => {
  const text = `${'a'.repeat(5000)}!`;
  for (const source of ['^(a+)+$', '^(a|aa)+$', '^(.*)*x$', '^(a?){100}b$'])
    expect(linearRegex(source)(text)).toBe(false);
});

/** Expressions that mean the same in JavaScript. */
const { source } = fc.letrec<{ source: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '^', '$', '\\b', '\\d', '\\s') },
    { weight: 1, arbitrary: tie('source').map((inner) => `(?:${inner})`) },
  ),
  source: fc
    .array(
      fc.array(
        fc
          .tuple(tie('atom'), fc.constantFrom('', '', '*', '+', '?', '*?', '{0,2}', '{2}'))
          .map(([atom, suffix]) => (/^(?:\^|\$|\\b)$/.test(atom) ? atom : `${atom}${suffix}`)),
        { maxLength: 4 },
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((branches) => branches.map((parts) => parts.join('')).join('|')),
}));

test('matches what JavaScript matches', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', '1', ' ', '\n', '😀'), { maxLength: 8 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(source, text, (pattern, given) => {
      expect(linearRegex(pattern)(given)).toBe(new RegExp(pattern.replaceAll('.', '[^\\n]'), 'u').test(given));
    }),
    { numRuns: 500, seed: 7 },
  );
});
