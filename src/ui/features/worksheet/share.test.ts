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
