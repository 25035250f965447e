import { describe, expect, test } from 'vitest';
import { linearRegex } from './regex.ts';

describe('a regular expression', () => {
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
    ['^\\p{Greek}\\pL\\P{L}$', ['αβ1'], ['aβ1']],
    ['\\bcat\\b', ['a cat', 'cat.'], ['cats']],
    ['^.$', ['😀', 'a'], ['\n', 'ab']],
    ['(?s)^.$', ['\n'], ['']],
    ['(?m)^b$', ['a\nb\nc'], ['ab']],
    ['^\\x41\\x{42}\\-\\_\\/$', ['AB-_/'], ['AB']],
    ['^(a*)*(b|)+$', ['aab', ''], ['c']],
  ])('%s matches %j and not %j', (source, matching, others) => {
    const regex = linearRegex(source);
    expect([matching.map(regex), others.map(regex)]).toEqual([matching.map(() => true), others.map(() => false)]);
  });

  test.each(['(?=a)', '(?<!a)b', '(a)\\1', '(a', 'a)', '*.csv', 'a{3,2}', '[z-a]', '\\y', '((a{900}){900}){900}'])(
    'is not %s',
    (source) => {
      expect(() => linearRegex(source)).toThrow('error parsing regexp');
    },
  );
});

test('no expression takes longer than in proportion to the text', () => {
  const text = `${'a'.repeat(5000)}!`;
  for (const source of ['^(a+)+$', '^(a|aa)+$', '^(.*)*x$', '^(a?){100}b$'])
    expect(linearRegex(source)(text)).toBe(false);
});
