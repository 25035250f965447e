import { expect, test } from 'vitest';
import { originOf } from './network.ts';

test('an origin is taken from whatever address is typed', () => {
  expect(originOf('https://host.example/a/b?c')).toBe('https://host.example');
  expect(originOf(' http://127.0.0.1:9000 ')).toBe('http://127.0.0.1:9000');
  expect(originOf('bucket.s3.amazonaws.com')).toBe('https://bucket.s3.amazonaws.com');
  expect(originOf('ftp://host')).toBeUndefined();
  expect(originOf('no host at all')).toBeUndefined();
});
