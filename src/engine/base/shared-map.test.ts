import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharedMap } from './shared-map.ts';

const change = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.option(fc.integer(), { nil: undefined }));

test('is the map that a plain one would be, and so stay all that it was made from', () => {
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 6 }), { maxLength: 30 }), (steps) => {
      const plain = new Map<number, number>();
      let map = sharedMap<number, number>();
      const former: (readonly [typeof map, string])[] = [];
      for (const step of steps) {
        for (const [key, value] of step) {
          plain.delete(key);
          if (value !== undefined) plain.set(key, value);
        }
        map = map.changed(step);
        former.push([map, JSON.stringify([...plain])]);
      }
      for (const [one, text] of former) expect(JSON.stringify([...one])).toBe(text);
      expect([map.size, [...map.keys()], [...map.values()]]).toEqual([
        plain.size,
        [...plain.keys()],
        [...plain.values()],
      ]);
      for (let key = 0; key <= 12; key++)
        expect([map.get(key), map.has(key)]).toEqual([plain.get(key), plain.has(key)]);
    }),
  );
});

test('ten thousand changes, each a map of its own, are made at once', () => {
  let map = sharedMap<number, number>();
  for (let key = 0; key < 10_000; key++) map = map.changed([[key, key]]);
  expect([map.size, map.get(0), map.get(9_999), [...map.keys()][5_000]]).toEqual([10_000, 0, 9_999, 5_000]);
});
