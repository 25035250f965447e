import { expect, test } from 'vitest';
import { collect } from '../base/async.ts';
import { memoryStore } from './memory.ts';

const { signal } = new AbortController();
const bytes = (text: string) => new TextEncoder().encode(text);

test('a listing holds every path with the prefix, in path order', async () => {
  const store = memoryStore(() => 7);
  for (const path of ['b', 'a/2', 'a.txt', 'a/10', 'ab']) {
    await store.write(path, bytes(path), { ifAbsent: true, signal });
  }
  const paths = async (prefix: string) => (await collect(store.list(prefix, signal))).map(({ path }) => path);
  expect(await paths('')).toEqual(['a.txt', 'a/10', 'a/2', 'ab', 'b']);
  expect(await paths('a/')).toEqual(['a/10', 'a/2']);
  expect(await store.head('ab', signal)).toEqual({ path: 'ab', size: 2, lastModified: 7, etag: '"5"' });
});

test('a writer that changes its buffer afterwards does not change the object', async () => {
  const store = memoryStore();
  const buffer = bytes('abc');
  await store.write('x', buffer, { ifAbsent: false, signal });
  buffer[0] = 0;
  expect(await store.read('x', signal)).toEqual(bytes('abc'));
});
