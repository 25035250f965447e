import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PLACES, parseRoute, showRoute } from './router.ts';

test('an address names a place, what is open in it, and options', () => {
  expect(parseRoute('#/stages/citydrive_stage/a%20b.csv?view=rows')).toEqual({
    place: 'stages',
    path: ['citydrive_stage', 'a b.csv'],
    query: { view: 'rows' },
  });
});

test('what is no place is home', () => {
  for (const hash of ['', '#', '#/', '#/nowhere/x', '#%']) expect(parseRoute(hash).place).toBe('home');
});

test('a route is read back from its address', () => {
  const part = fc.string({ unit: 'binary' }).filter((text) => text !== '');
  fc.assert(
    fc.property(fc.constantFrom(...PLACES), fc.array(part), fc.dictionary(part, part), (place, path, query) => {
      const { ...plain } = query;
      expect(parseRoute(showRoute({ place, path, query: plain }))).toEqual({ place, path, query: plain });
    }),
  );
});

test('stage names stay readable', () => {
  expect(showRoute({ place: 'stages', path: ['@~', 'x.csv'] })).toBe('#/stages/@~/x.csv');
});
