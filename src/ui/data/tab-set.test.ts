import { expect, test } from 'vitest';
import {
  NO_TABS,
  readTabs,
  type Tabs,
  withBeside,
  withClosed,
  withMoved,
  withOnly,
  withPinned,
  withShown,
} from './tab-set.ts';

const abc: Tabs = { ...NO_TABS, open: ['a', 'b', 'c'], active: 'b' };

test('a worksheet that is not open is opened behind the others', () => {
  expect(withShown(abc, 'd')).toMatchObject({ open: ['a', 'b', 'c', 'd'], active: 'd' });
});

test('two are shown side by side, and another takes the place of the active one', () => {
  const split = withBeside(abc, 'c');
  expect(split).toMatchObject({ active: 'c', split: { left: 'b', right: 'c' } });
  expect(withShown(split, 'a')).toMatchObject({ active: 'a', split: { left: 'b', right: 'a' } });
  expect(withShown(split, 'b')).toMatchObject({ active: 'b', split: { left: 'b', right: 'c' } });
});

test('the active one goes beside its neighbour, and one alone beside none', () => {
  expect(withBeside(abc, 'b').split).toEqual({ left: 'c', right: 'b' });
  expect(withBeside({ ...NO_TABS, open: ['a'], active: 'a' }, 'a').split).toBeUndefined();
});

test('what is closed gives its place to its partner, else to its neighbour, and is remembered', () => {
  expect(withClosed(withBeside(abc, 'a'), 'a')).toMatchObject({ active: 'b', split: undefined, closed: ['a'] });
  expect(withClosed(abc, 'b')).toMatchObject({ open: ['a', 'c'], active: 'c', closed: ['b'] });
  expect(withShown(withClosed(abc, 'b'), 'b').closed).toEqual([]);
});

test('pinned ones stand first, and nothing moves past them', () => {
  const pinned = withPinned(abc, 'c', true);
  expect(pinned).toMatchObject({ open: ['c', 'a', 'b'], pinned: ['c'] });
  expect(withMoved(pinned, 'a', -1)).toBe(pinned);
  expect(withMoved(pinned, 'a', 1).open).toEqual(['c', 'b', 'a']);
  expect(withPinned(pinned, 'c', false).pinned).toEqual([]);
});

test('what is kept is read, also as older versions kept it, and what is gone is left out', () => {
  const split = withPinned(withBeside(abc, 'c'), 'a', true);
  expect(readTabs(JSON.parse(JSON.stringify(split)))).toEqual(split);
  expect(readTabs({ open: ['a', 1], active: 'a' })).toEqual({ ...NO_TABS, open: ['a'], active: 'a' });
  expect(withOnly(split, (id) => id !== 'c')).toMatchObject({ open: ['a', 'b'], active: 'a', split: undefined });
});
