import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lex } from '../../engine/sql/lexer.ts';
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

test('a stage path ends where the lexer of the engine ends it', () => {
  const sql = "LIST @s/videos/capture_date=2025-01-03/; GET @~/a\\ b[1]:2.csv 'x'; SELECT a @> b, s3://b/n=1/c.csv";
  const stages = sqlPieces(sql).filter(({ tint }) => tint === 'stage');
  expect(stages.map(({ text }) => text)).toEqual([
    '@s/videos/capture_date=2025-01-03/',
    '@~/a\\ b[1]:2.csv',
    's3://b/n=1/c.csv',
  ]);
  const path = fc.string({ unit: fc.constantFrom('@', '=', '1', '-', '/', 'a', ' ', '\\', '(', ',', '中', '~', '>') });
  fc.assert(
    fc.property(path, (tail) => {
      const text = `LIST @s${tail}`;
      const token = lex(text).tokens.find(({ kind }) => kind === 'At');
      expect(sqlPieces(text).find(({ tint }) => tint === 'stage')?.text).toBe(token?.text);
    }),
  );
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
