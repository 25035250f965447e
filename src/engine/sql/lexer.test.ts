import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hint } from '../base/hints.ts';
import { type LexOptions, lex } from './lexer.ts';
import { identifierName, stringValue } from './token.ts';

/** Every token as `Kind text`, the End left out. */
function shown(text: string, options?: LexOptions): string[] {
  return lex(text, options)
    .tokens.slice(0, -1)
    .map(({ kind, text: written }) => `${kind} ${written}`);
}

function value(text: string): string {
  const [token] = lex(text).tokens;
  return token ? stringValue(token) : '';
}

test('words, quoted names, numbers and symbols are told apart', () => {
  expect(shown('SELECT a$b, "x""y" + `z`')).toEqual([
    'Word SELECT',
    'Word a$b',
    'Symbol ,',
    'Quoted "x""y"',
    'Symbol +',
    'Quoted `z`',
  ]);
});

test('a number may hold underscores, a fraction, an exponent or hex digits', () => {
  expect(shown('12 1_000 1.5 .5 1e3 1.5E-3 0xFF 0X1_F')).toEqual(
    ['12', '1_000', '1.5', '.5', '1e3', '1.5E-3', '0xFF', '0X1_F'].map((number) => `Number ${number}`),
  );
});

test('a dot behind an operand is no decimal point', () => {
  expect(shown('t.1.2')).toEqual(['Word t', 'Symbol .', 'Number 1', 'Symbol .', 'Number 2']);
  expect(shown('f(x).1 [1].2 $1.3 "a".4')).toEqual([
    ...['Word f', 'Symbol (', 'Word x', 'Symbol )', 'Symbol .', 'Number 1'],
    ...['Symbol [', 'Number 1', 'Symbol ]', 'Symbol .', 'Number 2'],
    ...['Position $1', 'Symbol .', 'Number 3', 'Quoted "a"', 'Symbol .', 'Number 4'],
  ]);
  expect(shown('a .5')).toEqual(['Word a', 'Number .5']);
});

test('an at-string runs to a blank, a quote, a comma, a semicolon or a parenthesis, unless escaped', () => {
  expect(shown('@s/dt=2025-01-01/x.parquet(a')).toEqual(['At @s/dt=2025-01-01/x.parquet', 'Symbol (', 'Word a']);
  expect(shown('@~ @s/a\\ b/; @s,')).toEqual(['At @~', 'At @s/a\\ b/', 'Symbol ;', 'At @s', 'Symbol ,']);
});

test('the operators that start with @ are no at-strings', () => {
  expect(shown('a @> b @? c @@ d <@ e @ (f)')).toEqual([
    ...['Word a', 'Symbol @>', 'Word b', 'Symbol @?', 'Word c', 'Symbol @@'],
    ...['Word d', 'Symbol <@', 'Word e', 'Symbol @', 'Symbol (', 'Word f', 'Symbol )'],
  ]);
});

test('the longest symbol wins', () => {
  const symbols =
    '||/ |/ || | ->> -> - => = #>> #> #- # ?| ?& ? <=> <-> <+> <@ << <= <> < >> >= > != ! ~* ~ :: := : // /';
  expect(shown(symbols)).toEqual(symbols.split(' ').map((symbol) => `Symbol ${symbol}`));
});

test('comments are kept by position and are no tokens', () => {
  const { tokens, comments, text } = lex('a -- one\n/* two ; */ b');
  expect(tokens.map((token) => token.text)).toEqual(['a', 'b', '']);
  expect(comments.map(({ start, end }) => text.slice(start, end))).toEqual(['-- one', '/* two ; */']);
});

test('a hint is made of tokens', () => {
  expect(shown('/*+ SET_VAR(a=1) */ 2 */* c */ 3')).toEqual([
    ...['Symbol /*+', 'Word SET_VAR', 'Symbol (', 'Word a', 'Symbol =', 'Number 1', 'Symbol )', 'Symbol */'],
    ...['Number 2', 'Symbol *', 'Number 3'],
  ]);
});

test('positions, variables, code strings and binary literals have their own kinds', () => {
  expect(shown("$1 $name $$a;'b$$ X'4D5A' x''")).toEqual([
    'Position $1',
    'Variable $name',
    "Code $$a;'b$$",
    "Binary X'4D5A'",
    "Binary x''",
  ]);
});

test.each([
  ["'it''s'", "it's"],
  ["'a\\tb\\n\\\\'", 'a\tb\n\\'],
  ["'\\x41\\u0042\\103'", 'ABC'],
  ["'\\uD83D\\uDE00'", '😀'],
  ["'\\d+\\%'", '\\d+\\%'],
  ["'\\'\\\"'", '\'"'],
  ["''", ''],
  ['$$a\\tb$$', 'a\\tb'],
])('the string %s is worth its escapes', (text, expected) => {
  expect(value(text)).toBe(expected);
});

test('an unquoted name folds to lower case, a quoted one keeps its letters', () => {
  expect(lex('Foo "Foo" `a``b`').tokens.slice(0, 3).map(identifierName)).toEqual(['foo', 'Foo', 'a`b']);
});

test('in the MySQL dialect double quotes make a string', () => {
  expect(shown('"a" `b`', { dialect: 'MySQL' })).toEqual(['String "a"', 'Quoted `b`']);
  const [token] = lex('"a\\"b"', { dialect: 'Hive' }).tokens;
  expect(token && stringValue(token)).toBe('a"b');
});

test('a range is read with the offsets of the whole text', () => {
  const { tokens } = lex('SELECT 1; SELECT 23; x', { range: { start: 9, end: 19 } });
  expect(tokens.map(({ text, start }) => [text, start])).toEqual([
    ['SELECT', 10],
    ['23', 17],
    ['', 19],
  ]);
});

test.each([
  ["SELECT 'abc\nFROM t", 7, 11, hint('stringOpen')],
  ['SELECT "abc', 7, 11, hint('nameOpen')],
  ['$$abc', 0, 5, hint('codeOpen')],
  ['1 /* abc', 2, 8, hint('commentOpen')],
  ["X'123'", 0, 6, hint('binaryDigits')],
  ['SELECT 面积', 7, 9, hint('quoteName', '"面积"')],
  ['f(a，b)', 3, 4, hint('fullWidth', ',')],
  ['a \\ b', 2, 3, hint('noToken')],
  ['$ a', 0, 1, hint('dollar')],
])('what is broken in %j is said where it stands', (text, start, end, advice) => {
  const [error] = lex(text).errors;
  expect(error).toMatchObject({
    code: 1005,
    message: 'unable to recognize the rest tokens',
    span: { start, end },
    hint: advice,
  });
});

const fragments = fc.array(
  fc.oneof(
    fc.constantFrom("'", '"', '`', '$$', '/*', '*/', '/*+', '--', '\n', '\\', '@', '.', '1', 'e', 'x', ':', '，', '😀'),
    fc.string({ unit: 'binary', maxLength: 5 }),
  ),
  { maxLength: 30 },
);

test('lexing ends for any string, and tokens and comments never overlap', () => {
  fc.assert(
    fc.property(fragments, (parts) => {
      const text = parts.join('');
      const { tokens, comments } = lex(text);
      const spans = [...tokens, ...comments].sort((a, b) => a.start - b.start || a.end - b.end);
      let end = 0;
      for (const span of spans) {
        expect(text.slice(end, span.start)).toMatch(/^\s*$/);
        expect(span.start).toBeGreaterThanOrEqual(end);
        end = span.end;
      }
      expect(end).toBe(text.length);
    }),
  );
});
