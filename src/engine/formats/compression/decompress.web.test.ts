import { expect, test } from 'vitest';
import { collect } from '../../base/async.ts';
import { decompressed } from './decompress.ts';

const CONTENT = 'a,1\nb,2\n';

/** By extension: the content, made by the tools of each. */
const FILES = {
  gz: 'H4sIAAAAAAAAA0vUMeRK0jHiAgBu3TVZCAAAAA==',
  br: 'iwOAYSwxCmIsMgoD',
  zl: 'eJxL1DHkStIx4gIACBYBkw==',
  deflate: 'S9Qx5ErSMeICAA==',
  xz: '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAHYSwxCmIsMgoAZcdM6mae9BkAASAIuxnZux+2830BAAAAAARZWg==',
  zst: 'KLUv/QRYQQAAYSwxCmIsMgrhoBmh',
  bz2: 'QlpoOTFBWSZTWbJLgeoAAANZAAAQAAQwADAAIAAhkxqDALcCF4u5IpwoSFklwPUA',
};

async function* pieces(...files: readonly string[]): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (const file of files) yield Uint8Array.from(atob(file), (character) => character.charCodeAt(0));
}

async function read(extension: string, ...files: readonly string[]): Promise<string> {
  const parts = await collect(decompressed(pieces(...files), 'AUTO', `x.csv.${extension}`));
  return new Blob(parts).text();
}

test.each(Object.entries(FILES))('a page reads .%s', async (extension, file) => {
  expect(await read(extension, file)).toBe(CONTENT);
});

test('a page reads all members of a .gz', async () => {
  expect(await read('gz', FILES.gz, FILES.gz)).toBe(CONTENT + CONTENT);
});
