import { expect, test } from 'vitest';
import { openedBy, originOf } from './network.ts';

test('an origin is taken from whatever address is typed', () => {
  expect(originOf('https://host.example/a/b?c')).toBe('https://host.example');
  expect(originOf(' http://127.0.0.1:9000 ')).toBe('http://127.0.0.1:9000');
  expect(originOf('bucket.s3.amazonaws.com')).toBe('https://bucket.s3.amazonaws.com');
  expect(originOf('ftp://host')).toBeUndefined();
  expect(originOf('no host at all')).toBeUndefined();
});

test('a list that is brought here opens nothing by itself', () => {
  const listed = (...origins: readonly string[]) => ({ isLimited: true, origins });
  const here = listed('https://a.example', 'https://b.example');
  const opened = (brought: unknown) => openedBy(JSON.stringify(brought), here);
  expect(opened({ isLimited: false, origins: ['https://a.example'] })).toBe('Anyone');
  expect([opened('damaged'), openedBy('{', here)]).toEqual(['Anyone', 'Anyone']);
  expect(opened(listed('https://b.example', 'https://c.example'))).toEqual(['https://c.example']);
  expect([opened(listed('https://b.example')), opened(listed()), openedBy(undefined, here)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(openedBy(JSON.stringify(listed('https://c.example')), { isLimited: false, origins: [] })).toBeUndefined();
});
