import { describe, expect, test } from 'vitest';
import type { Column, SqlType } from '../../engine/index.ts';
import { chartSql, formFits, guessForm, sampleStep, valueNames } from './chart.ts';

const column = (name: string, type: SqlType): Column => ({ name, type, nullable: true });
const COLOR = column('color', { kind: 'String' });
const ID = column('frame_id', { kind: 'String' });
const DAY = column('day', { kind: 'Date' });
const PRICE = column('price', { kind: 'Float64' });
const WEIGHT = column('the weight', { kind: 'Int32' });

describe('a chart is guessed from the types of the columns', () => {
  test.each([
    ['a line for a time', [COLOR, DAY, PRICE], ['line', 'day', ['price'], 'color', 'none']],
    ['no series of what tells rows apart', [ID, DAY, PRICE], ['line', 'day', ['price'], undefined, 'none']],
    ['bars for a word, not for a key', [ID, PRICE, COLOR], ['bar', 'color', ['price'], undefined, 'none']],
    ['bars for a word', [PRICE, COLOR], ['bar', 'color', ['price'], undefined, 'none']],
    ['a count where there is no number', [COLOR], ['bar', 'color', [], undefined, 'count']],
    ['points for two numbers', [PRICE, WEIGHT], ['scatter', 'price', ['the weight'], undefined, 'none']],
    ['a histogram for one number', [PRICE], ['histogram', 'price', ['price'], undefined, 'none']],
  ])('%s', (_, columns, [kind, x, y, series, aggregate]) => {
    expect(guessForm(columns, 12, true)).toEqual({ kind, x, y, series, aggregate });
  });

  test('many rows are summed', () => {
    expect(guessForm([COLOR, PRICE], 100_000, true)?.aggregate).toBe('sum');
  });

  test('nothing is drawn of columns without a measure', () => {
    expect(guessForm([column('v', { kind: 'Variant' })], 3, true)).toBeUndefined();
  });

  test('a form of other columns does not fit', () => {
    const form = guessForm([COLOR, PRICE], 3, true);
    expect(form && [formFits(form, [COLOR, PRICE]), formFits(form, [COLOR, WEIGHT])]).toEqual([true, false]);
  });
});

describe('the statement of a chart', () => {
  const form = { kind: 'bar', x: 'color', y: ['the weight'], series: undefined, aggregate: 'sum' } as const;

  test('groups by x, the greatest first', () => {
    expect(chartSql('SELECT * FROM t;', form, { x: 'word', rows: 9 })).toBe(
      'SELECT color AS x, sum(`the weight`) AS y0 FROM (\nSELECT * FROM t\n) AS result GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 2001',
    );
    expect(valueNames(form)).toEqual(['sum(the weight)']);
  });

  test('takes every so many rows where they are not aggregated', () => {
    const plain = { ...form, aggregate: 'none', series: 'day' } as const;
    expect(sampleStep(plain, 100_000)).toBe(50);
    expect(chartSql('SELECT 1', plain, { x: 'word', rows: 100_000 })).toBe(
      'SELECT color AS x, day AS series, `the weight` AS y0 FROM (\nSELECT 1\n) AS result QUALIFY (row_number() OVER () - 1) % 50 = 0',
    );
  });

  test('takes times together where it is asked to', () => {
    expect(chartSql('SELECT * FROM t', { ...form, x: 'at' }, { x: 'time', rows: 9, bucket: 'week' })).toBe(
      "SELECT date_trunc('week', at) AS x, sum(`the weight`) AS y0 FROM (\nSELECT * FROM t\n) AS result GROUP BY 1 ORDER BY 1 LIMIT 2001",
    );
  });
});
