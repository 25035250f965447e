import { expect, test } from 'vitest';
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
    ...{ kind: 'Compare', column: 'n', sign: '<>' },
    value: { text: '7', isNumber: true },
  });
  expect(cellFilter(null, TEXT, '=', { timezone: 'UTC' })).toEqual({ kind: 'Null', column: 's' });
  expect(cellFilter(null, TEXT, '<>', { timezone: 'UTC' })).toEqual({ kind: 'NotNull', column: 's' });
});
