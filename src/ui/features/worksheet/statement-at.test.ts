import { expect, test } from 'vitest';
import { statementAt, wholeStatements } from './statement-at.ts';

const TEXT = '-- first\nSELECT 1;\n\nSELECT 2; SELECT 3;\n-- end\n';
const STATEMENTS = ['SELECT 1', 'SELECT 2', 'SELECT 3'].map((sql) => {
  const start = TEXT.indexOf(sql);
  return { head: 'SELECT', span: { start, end: start + sql.length } };
});
const at = (mark: string) => statementAt(TEXT, STATEMENTS, TEXT.indexOf(mark));

test('the caret in or right behind a statement means it', () => {
  expect(at('LECT 1')).toBe(0);
  expect(at(';\n\n')).toBe(0);
  expect(at('LECT 2')).toBe(1);
  expect(at(' SELECT 3')).toBe(1);
  expect(at('SELECT 3')).toBe(2);
});

test('the caret between statements means the one below, after the last it means the last', () => {
  expect(at('-- first')).toBe(0);
  expect(at('\nSELECT 2')).toBe(1);
  expect(at('-- end')).toBe(2);
  expect(statementAt('', [], 0)).toBeUndefined();
});

test('a selection is widened to the statements that it touches', () => {
  const [start, end] = [TEXT.indexOf('2; S'), TEXT.indexOf('LECT 3')];
  expect(wholeStatements(STATEMENTS, { start, end })).toEqual({
    start: TEXT.indexOf('SELECT 2'),
    end: TEXT.indexOf('SELECT 3') + 8,
  });
  expect(wholeStatements(STATEMENTS, { start: 0, end: 4 })).toBeUndefined();
});
