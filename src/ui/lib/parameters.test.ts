import { expect, test } from 'vitest';
import { fillParameters, isGiven, parameterNames, parameterUses, readParameters, valueSql } from './parameters.ts';

const names = (sql: string) => parameterNames(sql).map(({ name }) => name);

test('parameters are :name and {{name}}, each once', () => {
  expect(names('SELECT * FROM {{t}} WHERE a = :a AND b IN (:b, :a) LIMIT :n')).toEqual(['t', 'a', 'b', 'n']);
  expect(parameterNames('SELECT 1 LIMIT :n OFFSET {{ m }}')).toEqual([
    { name: 'n', type: 'Number' },
    { name: 'm', type: 'Number' },
  ]);
});

test('paths into JSON, casts, comments, bodies, URLs and variables of scripts are none', () => {
  expect(names("SELECT $1:a, t.b:c.d, f(x):e, 'x':y, a::INT, x['k']:z -- :no {{no}}")).toEqual([]);
  expect(names("SELECT ':no', $$ :no $$, 12:30, https://h/x:no")).toEqual([]);
  expect(names('CREATE TASK k AS BEGIN LET x := 1; FOR r IN c DO SELECT :x, :r; END FOR; END')).toEqual([]);
});

test('in a string and in a path braces take the bare text', () => {
  const values = { d: { type: 'Text', text: "it's 1" } } as const;
  expect(fillParameters("SELECT '{{d}}' FROM @s/{{d}}/x WHERE a = {{d}}", values).text).toBe(
    "SELECT 'it''s 1' FROM @s/it\\'s\\ 1/x WHERE a = 'it''s 1'",
  );
  expect(parameterUses('FROM @s/{{d}}/').map(({ within }) => within)).toEqual(['path']);
});

test('values are written as their types are', () => {
  expect(valueSql({ type: 'Number', text: ' 12.5 ' })).toBe('12.5');
  expect(valueSql({ type: 'Date', text: '2025-01-02' })).toBe("'2025-01-02'::DATE");
  expect(valueSql({ type: 'Timestamp', text: '2025-01-02T03:04' })).toBe("'2025-01-02 03:04'::TIMESTAMP");
  expect(valueSql({ type: 'Boolean', text: 'true' })).toBe('TRUE');
  expect(valueSql({ type: 'Name', text: 'lake.Odd name' })).toBe('"lake"."Odd name"');
  expect(valueSql({ type: 'Text', text: 'a\\b' })).toBe("'a\\\\b'");
  expect(isGiven({ type: 'Number', text: '1; DROP TABLE t' })).toBe(false);
  expect(isGiven({ type: 'Date', text: '' })).toBe(false);
  expect(isGiven({ type: 'Text', text: '' })).toBe(true);
});

test('a place in the filled text leads back to the text that was written', () => {
  const text = 'SELECT :a, nope';
  const filled = fillParameters(text, { a: { type: 'Text', text: 'long value' } });
  expect(filled.text).toBe("SELECT 'long value', nope");
  const at = filled.text.indexOf('nope');
  expect(filled.back({ start: at, end: at + 4 })).toEqual({ start: 11, end: 15 });
  expect(filled.back({ start: 7, end: 19 })).toEqual({ start: 7, end: 9 });
  expect(filled.back({ start: 9, end: 12 })).toEqual({ start: 7, end: 9 });
  expect(filled.back({ start: 0, end: filled.text.length })).toEqual({ start: 0, end: text.length });
});

test('of what was kept only values of known types are read', () => {
  const value = { type: 'Text', text: 'x' };
  expect(readParameters({ a: value, b: { type: 'Odd', text: '' }, c: 1 })).toEqual({ a: value });
  expect(readParameters(null)).toEqual({});
});

test('a parameter may have any name, also that of what every object has', () => {
  expect(fillParameters('SELECT :constructor', {}).text).toBe('SELECT :constructor');
});
