import { expect, test } from 'vitest';
import type { Column } from '../../../../engine/index.ts';
import { brushFilter, pointFilter } from './chart-brush.ts';
import type { Drawn } from './drawn.ts';

const column = (name: string, kind: 'String' | 'Int64' | 'Date' | 'Timestamp'): Column => ({
  ...{ name, type: { kind }, nullable: true },
});
const drawn = (axis: Drawn['axis'], points: Drawn['series'][number]['points']): Drawn => ({
  ...{ kind: 'bar', axis, xName: 'x', yName: 'y', series: [{ name: 'y', at: 0, points }] },
});
const word = (x: string, isNull = false) => ({ x, isNull, xAt: undefined, y: '1', yAt: 1 });

test('words between two places are one of them, NULL left out unless it is alone', () => {
  const bars = drawn('category', [word('tram'), word('bus'), word('NULL', true), word("o'hare")]);
  const values = (texts: readonly string[]) => texts.map((text) => ({ text, isNumber: false }));
  expect(brushFilter(bars, { from: 3.4, to: 0.6 }, column('line', 'String'))).toEqual({
    ...{ kind: 'OneOf', column: 'line', values: values(['bus', "o'hare"]) },
  });
  expect(brushFilter(bars, { from: 2, to: 2 }, column('line', 'String'))).toEqual({ kind: 'Null', column: 'line' });
  expect(brushFilter(bars, { from: 7, to: 9 }, column('line', 'String'))).toBeUndefined();
});

test('a part of an axis of numbers or times is a range', () => {
  const none = drawn('value', []);
  expect(brushFilter(none, { from: 7.5, to: -2 }, column('n', 'Int64'))).toEqual({
    kind: 'Between',
    column: 'n',
    low: { text: '-2', isNumber: true },
    high: { text: '7.5', isNumber: true },
  });
  const times = { ...none, axis: 'time' } as const;
  const range = { from: Date.UTC(2024, 0, 2, 3, 4, 5, 678), to: Date.UTC(2024, 0, 3) };
  const texts = (filter: ReturnType<typeof brushFilter>) =>
    filter?.kind === 'Between' ? [filter.low.text, filter.high.text] : [];
  expect(texts(brushFilter(times, range, column('at', 'Timestamp')))).toEqual([
    '2024-01-02 03:04:05.678',
    '2024-01-03 00:00:00.000',
  ]);
  expect(texts(brushFilter(times, range, column('day', 'Date')))).toEqual(['2024-01-02', '2024-01-03']);
});

test('bars of a histogram are the range from the first to the last', () => {
  const part = (low: string, high: string) => ({ ...word(`${low} – ${high}`), ends: [low, high] as const });
  const bars = drawn('category', [part('0', '10'), part('10', '20'), part('20', '30')]);
  expect(brushFilter(bars, { from: 1, to: 2 }, column('n', 'Int64'))).toMatchObject({
    low: { text: '10' },
    high: { text: '30' },
  });
  expect(pointFilter(part('0', '10'), column('n', 'Int64'))).toMatchObject({ kind: 'Between', high: { text: '10' } });
});

test('times that are taken together are kept from the first moment to the last', () => {
  const day = (text: string) => {
    const ends = [`${text} 00:00:00.000`, `${text} 23:59:59.999999`] as const;
    return { x: text, xAt: Date.parse(`${text}T00:00:00Z`), y: '1', yAt: 1, ends };
  };
  const days = drawn('time', [day('2024-03-01'), day('2024-03-02'), day('2024-03-03')]);
  const between = (low: string, high: string) => ({
    ...{ kind: 'Between', column: 'at', low: { text: low, isNumber: false }, high: { text: high, isNumber: false } },
  });
  const [from, to] = [Date.parse('2024-02-29T12:00:00Z'), Date.parse('2024-03-02T10:00:00Z')];
  expect(brushFilter(days, { from, to }, column('at', 'Timestamp'))).toEqual(
    between('2024-03-01 00:00:00.000', '2024-03-02 23:59:59.999999'),
  );
  expect(pointFilter(day('2024-03-03'), column('at', 'Timestamp'))).toEqual(
    between('2024-03-03 00:00:00.000', '2024-03-03 23:59:59.999999'),
  );
});
