import { beforeAll, describe, expect, test } from 'vitest';
import { callKernel } from '../../test/run-kernel.ts';
import type { KernelValue } from '../kernel.ts';
import { cityhash64 } from './cityhash.ts';
import { hashKernels } from './index.ts';
import { xxhash32, xxhash64 } from './xxhash.ts';

beforeAll(async () => {
  for (const { load } of hashKernels) await load?.();
});

function call(name: string, ...args: readonly KernelValue[]): KernelValue {
  const kernel = hashKernels.find((each) => each.name === name);
  if (!kernel) throw new Error(`no kernel ${name}`);
  return callKernel(kernel, ...args);
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const integer = (value: bigint | number, width: number) => call('hash_integer_bytes', String(value), width);

const decimal = (text: string, width: number) => call('hash_decimal_bytes', text, 1, width);

/** 100000 days, and 100000 seconds in microseconds. */
const DATE = () => integer(100_000, 4);
const TIMESTAMP = () => integer(100_000_000_000n, 8);

describe('Databend gives', () => {
  test.each<readonly [string, () => KernelValue, bigint | number]>([
    ['xxhash64', () => utf8('Abc'), 11989503812394966078n],
    ['xxhash64', () => utf8('1234567890'), 12237639266330420150n],
    ['xxhash64', () => utf8('Dobrý den'), 314761032262035578n],
    ['xxhash64', TIMESTAMP, 14455582462593060490n],
    ['xxhash64', DATE, 8691527656253933431n],
    ['xxhash64', () => integer(1234567890, 4), 14922725725041217620n],
    ['xxhash64', () => decimal('1.1', 16), 16412388371308701297n],
    ['xxhash64', () => decimal('1.1', 32), 1889002562955497527n],
    ['xxhash64', () => integer(1, 1), 9962287286179718960n],
    ['xxhash32', () => utf8('Abc'), 3980406955],
    ['xxhash32', () => utf8('ß😀山'), 1401072642],
    ['xxhash32', TIMESTAMP, 680734338],
    ['xxhash32', DATE, 2518126785],
    ['xxhash32', () => decimal('1.1', 16), 2039219311],
    ['xxhash32', () => decimal('1.1', 32), 547584765],
    ['siphash64', () => utf8('Abc'), 17684958587550623602n],
    ['siphash64', () => utf8(''), 15130871412783076140n],
    ['siphash64', TIMESTAMP, 6710305768027137259n],
    ['siphash64', () => integer(1234567890, 4), 12447382539015599056n],
    ['siphash64', () => decimal('1.1', 16), 10271360460354063574n],
    ['siphash64', () => integer(1, 1), 4952851536318644461n],
  ])('%s %#', (name, bytes, hash) => {
    expect(call(name, bytes())).toBe(hash);
  });

  test.each<readonly [() => KernelValue, string, bigint]>([
    [() => utf8('Abc'), '0', 8309941215813243361n],
    [() => utf8('Abc'), '256', 10246934130793054423n],
    [() => utf8('Dobrý den'), '11', 12123249488783690377n],
    [() => utf8('1234567890'), '12', 10660895976650300430n],
    [TIMESTAMP, '1234', 4538088127563444061n],
    [DATE, '1234', 8535774936754559738n],
    [() => integer(1234567890, 4), '12', 2939704650099116301n],
    [() => call('hash_unscaled_bytes', '1.1', 1, 16), '12', 9036782473571630478n],
    [() => integer(11, 32), '12', 8239090264861021549n],
    [() => integer(20, 16), '5', 6612524184561993910n],
  ])('city64withseed %#', (bytes, seed, hash) => {
    expect(call('city64withseed', bytes(), seed)).toBe(hash);
  });

  test('digests in hex digits', () => {
    expect(call('blake3', utf8('Abc'))).toBe('1f7aa3978949c4275797ac6056c0108e852a5d07c49838a00799194957b82111');
    expect(call('sha2', utf8('Abc'), 224)).toBe('11d86770f501294c6b395942a39f60fe286a15e06282abcb2294cfa0');
    expect(() => call('sha2', utf8('Abc'), 1)).toThrow('as sha2 encode options, but got 1');
  });
});

test.each([
  [0, 11160318154034397263n],
  [1, 603312261738427772n],
  [5, 13284917788726551580n],
  [8, 13453135083561548366n],
  [17, 16549144033821778816n],
  [33, 5993172857800619014n],
  [64, 17844014497470348769n],
  [65, 5840974066479417197n],
  [128, 5756221158118762655n],
  [200, 16473298439844927062n],
])('the reference implementation of CityHash gives the same for %d bytes', (length, hash) => {
  expect(cityhash64(Uint8Array.from({ length }, (_, i) => i))).toBe(hash);
});

test.each([
  [4, 2154372710, 18432908232848821278n],
  [16, 3072866292, 4951407828574235127n],
  [31, 4012177161, 14071165763202158305n],
  [32, 2198290881, 14696824831085589172n],
  [100, 2139732548, 7692681977284421015n],
])('the reference implementation of xxHash gives the same for %d bytes', (length, hash32, hash64) => {
  const bytes = Uint8Array.from({ length }, (_, i) => i);
  expect([xxhash32(bytes), xxhash64(bytes)]).toEqual([hash32, hash64]);
});

test('MurmurHash3 gives the values that Iceberg specifies', () => {
  expect(call('murmur3', integer(34, 8))).toBe(2017239379);
  expect(call('murmur3', utf8('iceberg'))).toBe(1210000089);
});

test('floats hash their bits, and CRC-32 is that of IEEE', () => {
  expect(call('hash_float_bytes', 1.5, 4)).toEqual(Uint8Array.of(0, 0, 0xc0, 0x3f));
  expect(call('hash_float_bytes', 1.5, 8)).toEqual(Uint8Array.of(0, 0, 0, 0, 0, 0, 0xf8, 0x3f));
  expect(call('crc32', utf8('123456789'))).toBe(0xcbf43926);
});
