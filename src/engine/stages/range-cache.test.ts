import { expect, test } from 'vitest';
import { rangeCache } from './range-cache.ts';

test('a range is fetched once, belongs to its reader, and goes when others want its room', async () => {
  const cache = rangeCache(10);
  const fetched: string[] = [];
  const read = (key: string, size: number) =>
    cache.read(key, async () => {
      fetched.push(key);
      return new Uint8Array(size).fill(key.charCodeAt(0));
    });
  (await read('a', 4)).fill(0);
  expect([...(await read('a', 4))]).toEqual([97, 97, 97, 97]);
  await read('b', 4);
  await read('a', 4);
  await read('c', 4);
  await read('a', 4);
  await read('b', 4);
  expect(fetched).toEqual(['a', 'b', 'c', 'b']);
});

test('a fetch that fails is tried again by the next reader', async () => {
  const cache = rangeCache();
  await expect(cache.read('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect(await cache.read('a', async () => new Uint8Array(1))).toHaveLength(1);
});
