import { expect, test } from 'vitest';
import { parseRoute } from '../../lib/router.ts';
import { shareAddress } from './share.ts';

test('a link carries name and text in its fragment', () => {
  const sql = 'SELECT \'100%&#?\', "ä" -- +1\nFROM t;';
  const address = new URL(shareAddress({ name: 'A & B', sql }, 'https://boathouse.example/app/#/worksheets'));
  expect(address.pathname + address.search).toBe('/app/');
  expect(parseRoute(address.hash).query).toEqual({ name: 'A & B', sql });
});

test('a link carries the values of parameters', () => {
  const parameters = { a: { type: 'Number', text: '1' } } as const;
  const address = new URL(shareAddress({ name: '', sql: 'SELECT :a', parameters }, 'https://boathouse.example/app/'));
  expect(JSON.parse(parseRoute(address.hash).query['parameters'] ?? '')).toEqual(parameters);
});

test('a link keeps the step of the course and the chart', () => {
  const where = { place: 'learn', path: ['analytics', 'near'] } as const;
  const address = shareAddress({ name: 'n', sql: 'SELECT 1', chart: '{"kind":"bar"}' }, 'https://b.example/', where);
  expect(parseRoute(new URL(address).hash)).toEqual({
    ...where,
    query: { name: 'n', sql: 'SELECT 1', chart: '{"kind":"bar"}' },
  });
});
