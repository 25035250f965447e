import { expect, test } from 'vitest';
import type { Cell, Column, SqlType } from '../../../engine/index.ts';
import { filterText } from '../../data/result-view.ts';
import { cellFilter, type FilterForm, filterOf } from './filter-form.ts';

const NUMBER = { name: 'n', type: { kind: 'Int32' }, nullable: true } as const;
const TEXT = { name: 's', type: { kind: 'String' }, nullable: true } as const;

const filter = (form: Partial<FilterForm>) =>
  filterOf({ column: 's', kind: '=', value: '', high: '', ...form }, [NUMBER, TEXT]);

test('a form is the filter of its kind, whose values are numbers where the column holds numbers', () => {
  expect(filter({ kind: '>=', column: 'n', value: ' 3 ' })).toEqual({
    ...{ kind: 'Compare', column: 'n', sign: '>=' },
    value: { text: '3', isNumber: true },
  });
  expect(filter({ kind: 'Contains', value: ' am' })).toEqual({ kind: 'Contains', column: 's', text: ' am' });
  expect(filter({ kind: 'OneOf', value: 'a\n\n b \n' })).toEqual({
    ...{ kind: 'OneOf', column: 's' },
    values: ['a', 'b'].map((text) => ({ text, isNumber: false })),
  });
  expect(filter({ kind: 'Between', column: 'n', value: '1', high: '2' })).toEqual({
    ...{ kind: 'Between', column: 'n' },
    ...{ low: { text: '1', isNumber: true }, high: { text: '2', isNumber: true } },
  });
  expect(filter({ kind: 'NotNull' })).toEqual({ kind: 'NotNull', column: 's' });
});

test('a form that lacks a value is no filter', () => {
  expect(filter({ kind: '=', value: ' ' })).toBeUndefined();
  expect(filter({ kind: 'Contains' })).toBeUndefined();
  expect(filter({ kind: 'Between', column: 'n', value: '1', high: ' ' })).toBeUndefined();
});

test('a cell is filtered for as it is shown, NULL as NULL', () => {
  expect(cellFilter(7, NUMBER, '<>', { timezone: 'UTC' })).toEqual({
    ...{ kind: 'Compare', column: 'n', sign: 'IS DISTINCT FROM' },
    value: { text: '7', isNumber: true },
  });
  expect(cellFilter(null, TEXT, '=', { timezone: 'UTC' })).toEqual({ kind: 'Null', column: 's' });
  expect(cellFilter(null, TEXT, '<>', { timezone: 'UTC' })).toEqual({ kind: 'NotNull', column: 's' });
});

test('a value that is neither number nor text is asked for as its type writes it', () => {
  const column = (type: SqlType): Column => ({ name: 'a', type, nullable: true });
  const only = (cell: Cell, type: SqlType) => {
    const condition = cellFilter(cell, column(type), '=', { timezone: 'UTC' });
    return filterText(condition);
  };
  expect(only('{"b":"it\'s"}', { kind: 'Variant' })).toBe(`a = parse_json('{"b":"it''s"}')`);
  expect(only(new Uint8Array([0, 255]), { kind: 'Binary' })).toBe("a = from_hex('00FF')");
  expect(only([1, null], { kind: 'Array', element: { kind: 'Int32' } })).toBe("a::VARCHAR = '[1,NULL]'");
  const typed = filterOf({ column: 'a', kind: 'OneOf', value: '1\nx', high: '' }, [column({ kind: 'Variant' })]);
  expect(typed && filterText(typed)).toBe(`a IN (parse_json('1'), parse_json('"x"'))`);
});
