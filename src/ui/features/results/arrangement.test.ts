import { expect, test } from 'vitest';
import type { Column } from '../../../engine/index.ts';
import type { GridSource } from '../../components/DataGrid/source.ts';
import { AS_IT_CAME, arrange, hide, move, moveTo, pinnedSource, toggleHidden, togglePinned } from './arrangement.ts';

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

test('a column is moved to a place, and pinned ones only among themselves', () => {
  expect(shown('abcd', moveTo(AS_IT_CAME, columns('abcd'), 3, 0))).toBe('dabc 0');
  const pinned = togglePinned(togglePinned(AS_IT_CAME, 'a'), 'b');
  expect(shown('abcd', moveTo(pinned, columns('abcd'), 0, 3))).toBe('bacd 2');
  expect(shown('abcd', moveTo(pinned, columns('abcd'), 3, 0))).toBe('abdc 2');
});

test('pinned rows come first, the others follow, and each keeps its number', async () => {
  const asked: string[] = [];
  const rows: GridSource = {
    ...{ id: 'r', columns: columns('a'), rows: 10 },
    page: (start, count) => {
      asked.push(`${start}+${count}`);
      return Promise.reject(new Error('no rows here'));
    },
  };
  const { numberOf, page } = pinnedSource(rows, [7, 2, 99]);
  expect(Array.from({ length: 10 }, (_, position) => numberOf?.(position))).toEqual([7, 2, 0, 1, 3, 4, 5, 6, 8, 9]);
  const { signal } = new AbortController();
  for (const start of [0, 1, 2, 4, 8]) await page(start, 100, signal).catch(() => {});
  expect(asked).toEqual(['7+1', '2+1', '0+2', '3+4', '8+2']);
});
