import { expect, test } from 'vitest';
import type { FileSource } from '../format.ts';
import { fileChunks } from './source.ts';

test('a file is read to its end in two places, by turns, once it is larger than those', async () => {
  const bytes = new Uint8Array(new Int32Array(5 << 20).map((_, at) => at).buffer);
  const file: FileSource = {
    path: 'a',
    size: bytes.length,
    read: async ({ start, end }, _, into) => {
      const part = bytes.slice(start, end);
      if (!into || into.length < part.length) return part;
      into.set(part);
      return into.subarray(0, part.length);
    },
  };
  const places = new Set<ArrayBuffer>();
  let at = 0;
  for await (const chunk of fileChunks(file, new AbortController().signal)) {
    expect(Buffer.compare(chunk, bytes.subarray(at, at + chunk.length))).toBe(0);
    places.add(chunk.buffer);
    at += chunk.length;
  }
  expect([at, places.size]).toEqual([bytes.length, 3]);
});
