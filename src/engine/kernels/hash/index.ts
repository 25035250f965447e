import { assert } from '../../base/errors.ts';
import { showHex } from '../../types/hex.ts';
import { type Kernel, KernelError } from '../kernel.ts';
import { cityhash64WithSeed } from './cityhash.ts';
import { crc32 } from './crc32.ts';
import { feistelObfuscate } from './feistel.ts';
import { murmur3 } from './murmur.ts';
import { siphash64 } from './siphash.ts';
import { xxhash32, xxhash64 } from './xxhash.ts';

/** Hashes are over bytes; a text may stand where a blob does, since both come as bytes. */

type Digest = (bytes: Uint8Array) => Uint8Array;

let digests: { readonly blake3: Digest; readonly sha2: ReadonlyMap<number, Digest> } | undefined;

async function loadDigests(): Promise<void> {
  const [{ blake3 }, { sha224, sha384, sha512 }] = await Promise.all([
    import('@noble/hashes/blake3.js'),
    import('@noble/hashes/sha2.js'),
  ]);
  digests ??= {
    blake3,
    sha2: new Map<number, Digest>([
      [224, sha224],
      [384, sha384],
      [512, sha512],
    ]),
  };
}

function loaded(): NonNullable<typeof digests> {
  assert(digests !== undefined, 'the digests are loaded before a kernel runs');
  return digests;
}

const hexOf = (bytes: Uint8Array) => showHex(bytes).toLowerCase();

function sha2(bytes: Uint8Array, bits: number): string {
  const digest = loaded().sha2.get(bits);
  if (!digest) {
    throw new KernelError(`Expected [0, 224, 256, 384, 512] as sha2 encode options, but got ${bits}`);
  }
  return hexOf(digest(bytes));
}

/** The bytes of an integer of a width, the lowest first; an integer of any size comes as digits. */
function integerBytes(digits: string, width: number): Uint8Array {
  const bytes = new Uint8Array(width);
  let rest = BigInt.asUintN(width * 8, BigInt(digits));
  for (let at = 0; at < width; at++, rest >>= 8n) bytes[at] = Number(rest & 0xffn);
  return bytes;
}

/** The digits of a decimal without its point, as many behind it as its scale says. */
function unscaled(text: string, scale: number): string {
  const [whole = '', fraction = ''] = text.split('.');
  return whole + fraction.padEnd(scale, '0');
}

/** Decimals of up to 38 digits fill 16 bytes; wider ones are two such halves, which a count precedes. */
const NARROW = 16;

/** How Databend feeds a decimal to a hasher: its scale, then its unscaled integer. */
function decimalBytes(text: string, scale: number, width: number): Uint8Array {
  const count = width > NARROW ? [2, 0, 0, 0, 0, 0, 0, 0] : [];
  return Uint8Array.of(scale, ...count, ...integerBytes(unscaled(text, scale), width));
}

function floatBytes(value: number, width: number): Uint8Array {
  return new Uint8Array((width === 4 ? Float32Array : Float64Array).of(value).buffer);
}

export const hashKernels: readonly Kernel[] = [
  { kind: 'row', name: 'hash_integer_bytes', args: ['text', 'int'], returns: 'blob', row: integerBytes },
  {
    kind: 'row',
    name: 'hash_unscaled_bytes',
    args: ['text', 'int', 'int'],
    returns: 'blob',
    row: (text: string, scale: number, width: number) => integerBytes(unscaled(text, scale), width),
  },
  { kind: 'row', name: 'hash_decimal_bytes', args: ['text', 'int', 'int'], returns: 'blob', row: decimalBytes },
  { kind: 'row', name: 'hash_float_bytes', args: ['double', 'int'], returns: 'blob', row: floatBytes },
  { kind: 'row', name: 'xxhash32', args: ['blob'], returns: 'double', row: xxhash32 },
  { kind: 'row', name: 'xxhash64', args: ['blob'], returns: 'ubigint', row: xxhash64 },
  { kind: 'row', name: 'siphash64', args: ['blob'], returns: 'ubigint', row: siphash64 },
  {
    kind: 'row',
    name: 'city64withseed',
    args: ['blob', 'text'],
    returns: 'ubigint',
    row: (bytes: Uint8Array, seed: string) => cityhash64WithSeed(bytes, BigInt.asUintN(64, BigInt(seed))),
  },
  { kind: 'row', name: 'murmur3', args: ['blob'], returns: 'int', row: murmur3 },
  { kind: 'row', name: 'crc32', args: ['blob'], returns: 'double', row: crc32 },
  {
    kind: 'row',
    name: 'blake3',
    args: ['blob'],
    returns: 'text',
    load: loadDigests,
    row: (bytes: Uint8Array) => hexOf(loaded().blake3(bytes)),
  },
  { kind: 'row', name: 'feistel_obfuscate', args: ['text', 'text'], returns: 'text', row: feistelObfuscate },
  { kind: 'row', name: 'sha2', args: ['blob', 'int'], returns: 'text', load: loadDigests, row: sha2 },
];
