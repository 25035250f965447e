import { expect, test } from 'vitest';
import type { Column } from '../../../engine/index.ts';
import { AS_IT_CAME, arrange, hide, move, toggleHidden, togglePinned } from './arrangement.ts';

const columns = (names: string) =>
  [...names].map((name): Column => ({ name, type: { kind: 'Int32' }, nullable: true }));

const shown = (names: string, arrangement: typeof AS_IT_CAME) => {
  const all = columns(names);
  const { positions, pinned } = arrange(all, arrangement);
  return `${positions.map((position) => all[position]?.name).join('')} ${pinned}`;
};

test('columns are hidden, pinned and moved by name', () => {
  expect(shown('abcd', AS_IT_CAME)).toBe('abcd 0');
  const pinned = togglePinned(hide(AS_IT_CAME, 'b'), 'd');
  expect(shown('abcd', pinned)).toBe('dac 1');
  expect(shown('abcd', toggleHidden(pinned, 'b'))).toBe('dabc 1');
  const moved = move(pinned, columns('abcd'), 'c', -1);
  expect(shown('abcd', moved)).toBe('dca 1');
  expect(shown('abcd', togglePinned(moved, 'd'))).toBe('dca 0');
});

test('an arrangement holds when a column is gone and when one is new', () => {
  const moved = move(togglePinned(AS_IT_CAME, 'd'), columns('abcd'), 'a', 1);
  expect(shown('abcd', moved)).toBe('dbac 1');
  expect(shown('acd', moved)).toBe('dac 1');
  expect(shown('abce', moved)).toBe('bace 0');
});

test('nothing moves past an end or over the line of the pinned', () => {
  const pinned = togglePinned(AS_IT_CAME, 'a');
  expect(shown('abc', move(pinned, columns('abc'), 'a', -1))).toBe('abc 1');
  expect(shown('abc', move(pinned, columns('abc'), 'b', -1))).toBe('abc 1');
});
