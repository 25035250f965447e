import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sqlPieces } from './sql-text.ts';

const tints = (sql: string) =>
  sqlPieces(sql)
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, tint }) => `${text}:${tint}`);

test('each kind of word has its tint', () => {
  expect(tints("SELECT count(a)::INT -- x\nFROM @s/a.csv WHERE b = 'it''s' LIMIT 10")).toEqual([
    'SELECT:kw',
    'count:fn',
    '(:punct',
    'a:',
    '):punct',
    '::punct',
    '::punct',
    'INT:type',
    '-- x:com',
    'FROM:kw',
    '@s/a.csv:stage',
    'WHERE:kw',
    'b:',
    '=:punct',
    "'it''s':str",
    'LIMIT:kw',
    '10:num',
  ]);
});

test('the pieces are the text', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '1', "'", '"', '$', '-', '/', '*', '@', '\n', ' ', '中', '\\', '`'),
  });
  fc.assert(
    fc.property(text, (sql) => {
      expect(
        sqlPieces(sql)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(sql);
    }),
  );
});
