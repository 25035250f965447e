import { SqlError } from '../../base/errors.ts';
import { own } from '../../base/own.ts';
import { UNSET_COMPRESSION } from '../text-options.ts';

export type Codec = 'none' | 'gzip' | 'zlib' | 'deflate' | 'zstd' | 'brotli' | 'xz' | 'bzip2' | 'zip';

const CODEC_BY_OPTION: Readonly<Record<string, Codec>> = {
  NONE: 'none',
  GZIP: 'gzip',
  DEFLATE: 'zlib',
  RAW_DEFLATE: 'deflate',
  ZSTD: 'zstd',
  BROTLI: 'brotli',
  XZ: 'xz',
  BZ2: 'bzip2',
  ZIP: 'zip',
};

/** As Databend has them: `.deflate` is raw. */
const CODEC_BY_EXTENSION: Readonly<Record<string, Codec>> = {
  gz: 'gzip',
  zl: 'zlib',
  deflate: 'deflate',
  zst: 'zstd',
  zstd: 'zstd',
  br: 'brotli',
  xz: 'xz',
  bz2: 'bzip2',
  zip: 'zip',
};

const MAGIC: readonly (readonly [Codec, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
];

/** What begins a block of bzip2 or its end, behind the level: `BZh` alone may begin a text. */
const BZIP2_BLOCKS = [
  [0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
  [0x17, 0x72, 0x45, 0x38, 0x50, 0x90],
];
const BZIP2_BLOCK_AT = 4;
const SKIPPABLE_ZSTD = [0x2a, 0x4d, 0x18];

/**
 * How a file is compressed: by the option; else by its extension, unless its first bytes tell that a server has undone
 * the compression; else by its first bytes.
 */
export function detectCodec(option: string, path: string, first: Uint8Array): Codec {
  if (option !== UNSET_COMPRESSION && option !== 'AUTO') {
    const codec = own(CODEC_BY_OPTION, option);
    if (codec) return codec;
    throw unimplemented(option.toLowerCase());
  }
  const extension = path.split('.').at(-1) ?? '';
  const named = own(CODEC_BY_EXTENSION, extension);
  const seen = codecOfBytes(first);
  if (named !== undefined && !MAGIC.some(([codec]) => codec === named)) return named;
  if (extension === 'lzma' && seen === 'none') throw unimplemented('lzma');
  return seen;
}

function unimplemented(name: string): SqlError {
  return new SqlError('Unimplemented', `compress type ${name} is unimplemented`);
}

function codecOfBytes(first: Uint8Array): Codec {
  const codec = MAGIC.find(([, magic]) => startsWith(first, magic))?.[0] ?? 'none';
  if (codec === 'bzip2' && !BZIP2_BLOCKS.some((magic) => startsWith(first.subarray(BZIP2_BLOCK_AT), magic)))
    return 'none';
  const isSkippable = ((first[0] ?? 0) & 0xf0) === 0x50 && startsWith(first.subarray(1), SKIPPABLE_ZSTD);
  return isSkippable ? 'zstd' : codec;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
