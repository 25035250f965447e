import { expect, test } from 'vitest';
import { axisOf } from './chart-option.ts';
import { drawable, inPlace } from './drawn.ts';

const point = (x: string, xAt?: number) => ({ x, xAt, y: '1', yAt: 1 });

test('points stand from left to right, NULL last', () => {
  const points = [point('30', 30), point('NULL'), point('4', 4)];
  expect(inPlace(points).map(({ x }) => x)).toEqual(['4', '30', 'NULL']);
});

test('words keep the order in which they came', () => {
  expect(inPlace([point('tram'), point('bus')]).map(({ x }) => x)).toEqual(['tram', 'bus']);
});

test('bars and words stand beside one another, the rest has places', () => {
  const series = [{ name: 'y', points: [point('4', 4)] }];
  expect([axisOf(series, 'bar', true), axisOf(series, 'line', true), axisOf(series, 'scatter', false)]).toEqual([
    'category',
    'time',
    'value',
  ]);
  expect(axisOf([{ name: 'y', points: [point('tram')] }], 'line', false)).toBe('category');
});

test('a text that every object has as a name is drawn with an end without a width', () => {
  const series = [{ name: '__proto__', points: [point('constructor'), point('tram')], at: 0 }];
  const drawn = drawable({ kind: 'bar', axis: 'category', xName: 'toString', yName: 'y', series });
  expect([drawn.xName, drawn.yName, drawn.series[0]?.name]).toEqual(['toString\u200b', 'y', '__proto__\u200b']);
  expect(drawn.series[0]?.points.map(({ x }) => x)).toEqual(['constructor\u200b', 'tram']);
});
