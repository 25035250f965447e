import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { collect } from '../../base/async.ts';
import { tries } from '../../test/long.ts';
import { initBrotli } from './brotli.ts';
import { decompressed } from './decompress.ts';
import { detectCodec } from './detect.ts';
import { readableOf } from './readable.ts';

initBrotli(async () => readFileSync(createRequire(import.meta.url).resolve('brotli-dec-wasm/web/bg.wasm')));

const PLAIN = new TextEncoder().encode('a,1\nb,2\n');

function fixture(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}

/** Made by xz, zstd and bzip2. */
const XZ = fixture('/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAHYSwxCmIsMgoAZcdM6mae9BkAASAIuxnZux+2830BAAAAAARZWg==');
const ZSTD = fixture('KLUv/QRYQQAAYSwxCmIsMgrhoBmh');
const BZIP2 = fixture('QlpoOTFBWSZTWbJLgeoAAANZAAAQAAQwADAAIAAhkxqDALcCF4u5IpwoSFklwPUA');

/** Each in the memory of the one before it, as those of files are. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const memory = new Uint8Array(size);
  for (let start = 0; start < bytes.length; start += size) {
    const piece = bytes.subarray(start, start + size);
    memory.set(piece);
    yield memory.subarray(0, piece.length);
  }
}

async function read(bytes: Uint8Array, option: string, path = 'data', size = 1 << 16): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of decompressed(pieces(bytes, size), option, path)) chunks.push(chunk.slice());
  return Buffer.concat(chunks);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

const CODECS: readonly (readonly [string, string, Uint8Array])[] = [
  ['GZIP', 'gz', gzipSync(PLAIN)],
  ['DEFLATE', 'zl', deflateSync(PLAIN)],
  ['RAW_DEFLATE', 'deflate', deflateRawSync(PLAIN)],
  ['BROTLI', 'br', brotliCompressSync(PLAIN)],
  ['ZIP', 'zip', zipSync({ 'a.csv': PLAIN })],
  ['XZ', 'xz', XZ],
  ['ZSTD', 'zst', ZSTD],
  ['BZ2', 'bz2', BZIP2],
];

describe.each(CODECS)('%s', (option, extension, bytes) => {
  test('is read by option and by extension, in pieces of any size', async () => {
    for (const size of [1, 7, 1 << 16]) {
      expect([...(await read(bytes, option, 'data', size))]).toEqual([...PLAIN]);
      expect([...(await read(bytes, '', `data.csv.${extension}`, size))]).toEqual([...PLAIN]);
    }
  });

  test('no start of the data passes for the whole', async () => {
    const end = option === 'ZIP' ? 44 : bytes.length;
    for (let length = end - 1; length > 0; length -= 4) {
      const result = read(bytes.slice(0, length), option).then(
        (content) => content.length,
        ({ kind }) => kind,
      );
      expect(await result, `${length} of ${bytes.length}`).toBe('InvalidCompressionData');
    }
  });

  test('other data is an error', async () => {
    const other = new TextEncoder().encode('{"a":1}\n'.repeat(10));
    await expect(read(other, option)).rejects.toMatchObject({
      kind: 'InvalidCompressionData',
      hint: { name: 'wholeFile' },
    });
  });

  test('an error of the file stays what it is', async () => {
    async function* broken() {
      yield new Uint8Array(bytes.slice(0, 8));
      throw new RangeError('the disk is gone');
    }
    await expect(collect(decompressed(broken(), option, 'data'))).rejects.toThrow(RangeError);
  });
});

test.each([
  ['GZIP', gzipSync(PLAIN)],
  ['XZ', XZ],
  ['ZSTD', ZSTD],
  ['BZ2', BZIP2],
])('%s files may be joined', async (option, bytes) => {
  expect([...(await read(joined(bytes, bytes), option, 'data', 5))]).toEqual([...PLAIN, ...PLAIN]);
});

test('large contents come in pieces of bounded size', async () => {
  const zeros = new Uint8Array(64 << 20);
  const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
  const bombs = { GZIP: gzipSync(zeros, { level: 1 }), BROTLI: brotliCompressSync(zeros, quick) };
  for (const [option, bomb] of Object.entries(bombs)) {
    let total = 0;
    for await (const piece of decompressed(pieces(bomb, 1 << 20), option, 'data')) {
      expect(piece.length).toBeLessThanOrEqual(40 << 20);
      total += piece.length;
    }
    expect(total).toBe(zeros.length);
  }
});

test('whatever gzip wrote is read back', async () => {
  const contents = fc.uint8Array({ maxLength: 3000 });
  await fc.assert(
    fc.asyncProperty(contents, fc.integer({ min: 1, max: 4000 }), async (content, size) => {
      expect([...(await read(gzipSync(content), 'GZIP', 'data', size))]).toEqual([...content]);
    }),
    { numRuns: tries(50) },
  );
});

describe('what a file is compressed with', () => {
  test('the option comes first, then the name, then the bytes', () => {
    const gzip = gzipSync(PLAIN);
    expect(detectCodec('NONE', 'a.gz', gzip)).toBe('none');
    expect(detectCodec('AUTO', 'a.csv.gz', gzip)).toBe('gzip');
    expect(detectCodec('', 'a.csv', gzip)).toBe('gzip');
    expect(detectCodec('', 'a.br', PLAIN)).toBe('brotli');
    expect(detectCodec('', 'a.csv', PLAIN)).toBe('none');
    expect(detectCodec('', 'a.csv', new TextEncoder().encode('BZh1,x'))).toBe('none');
  });

  test('a server may have undone the compression', () => {
    for (const extension of ['gz', 'zst', 'xz', 'bz2', 'zip']) {
      expect(detectCodec('', `a.csv.${extension}`, PLAIN)).toBe('none');
    }
  });

  test('some codecs have names only', () => {
    expect(() => detectCodec('SNAPPY', 'a', PLAIN)).toThrow('compress type snappy is unimplemented');
  });
});

test('the decoders of the platform are fed in small portions too, so that no bomb goes off at once', async () => {
  const { stream } = readableOf(pieces(new Uint8Array(100_000), 80_000));
  const sizes: number[] = [];
  for await (const { length } of stream) sizes.push(length);
  expect(sizes).toEqual([32_768, 32_768, 14_464, 20_000]);
});
