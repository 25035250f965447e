import { expect, test } from 'vitest';
import { collect } from '../base/async.ts';
import { fileListStore } from './file-list.ts';

const { signal } = new AbortController();
const file = (text: string) => new File([text], 'x', { lastModified: 7 });
const store = fileListStore([
  { path: 'b/c.csv', file: file('c') },
  { path: 'a.csv', file: file('hello') },
]);

test('files are listed in path order and read by ranges', async () => {
  expect(await collect(store.list('', signal))).toEqual([
    { path: 'a.csv', size: 5, lastModified: 7 },
    { path: 'b/c.csv', size: 1, lastModified: 7 },
  ]);
  expect((await collect(store.list('b/', signal))).map(({ path }) => path)).toEqual(['b/c.csv']);
  expect(await store.head('nope', signal)).toBeUndefined();
  expect(new TextDecoder().decode(await store.read('a.csv', signal, { start: 1, end: 9 }))).toBe('ello');
  await expect(store.read('nope', signal)).rejects.toMatchObject({ kind: 'StorageNotFound' });
});

test('nothing can be written', () => {
  expect(store.write).toBeUndefined();
  expect(store.remove).toBeUndefined();
});
