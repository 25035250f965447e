import { expect, test } from 'vitest';
import { fill } from './common/contract-kit.ts';
import { writableStoreContract } from './contract.ts';
import { memoryStore } from './memory.ts';

const { signal } = new AbortController();

writableStoreContract('a memory store', (objects) => fill(memoryStore(), objects));

test('the time of a write is the time of the clock that was handed in', async () => {
  const store = memoryStore(() => 7);
  await store.write('ab', new Uint8Array(2), { ifAbsent: true, signal });
  expect(await store.head('ab', signal)).toEqual({ path: 'ab', size: 2, lastModified: 7, etag: '"1"' });
});

test('an object and objects under its name go together', async () => {
  const store = memoryStore();
  for (const path of ['a', 'a/b', 'a//b', '/a', '../a']) {
    await store.write(path, new Uint8Array(0), { ifAbsent: true, signal });
  }
  const paths: string[] = [];
  for await (const { path } of store.list('', signal)) paths.push(path);
  expect(paths).toEqual(['../a', '/a', 'a', 'a//b', 'a/b']);
});
