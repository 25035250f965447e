import { expect, test } from 'vitest';
import { roaringMembers } from './roaring.ts';

const MAGIC = [0xd1, 0xd3, 0x39, 0x64];
const u16 = (value: number) => [value & 0xff, value >> 8];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
const count = (bitmaps: number) => [...u32(bitmaps), ...u32(0)];

const members = (...bytes: number[]) => [...roaringMembers(Uint8Array.from(bytes))];

test('an array container lists its members', () => {
  const bitmap = [...u32(12_346), ...u32(1), ...u16(0), ...u16(2), ...u32(16), ...u16(3), ...u16(4), ...u16(9)];
  expect(members(...MAGIC, ...count(1), ...u32(0), ...bitmap)).toEqual([3, 4, 9]);
  expect(members(...MAGIC, ...count(1), ...u32(2), ...bitmap)).toEqual([3, 4, 9].map((low) => 2 * 2 ** 32 + low));
});

test('a run container has beginnings and lengths', () => {
  const bitmap = [...u32(12_347), 1, ...u16(1), ...u16(4), ...u16(2), ...u16(10), ...u16(2), ...u16(70), ...u16(1)];
  expect(members(...MAGIC, ...count(1), ...u32(0), ...bitmap)).toEqual([10, 11, 12, 70, 71].map((low) => 65_536 + low));
});

test('a bitmap container has a bit for each', () => {
  const bits = new Array(8192).fill(0xff);
  const bitmap = [...u32(12_346), ...u32(1), ...u16(0), ...u16(65_535), ...u32(16), ...bits];
  const found = members(...MAGIC, ...count(1), ...u32(0), ...bitmap);
  expect([found.length, found[0], found.at(-1)]).toEqual([65_536, 0, 65_535]);
});

test('no bitmap has no members', () => {
  expect(members(...MAGIC, ...count(0))).toEqual([]);
});

test('what is no bitmap is refused', () => {
  expect(() => members(1, 2, 3, 4, ...count(0))).toThrow('of no such format');
  expect(() => members(...MAGIC, ...count(3))).toThrow('it ends too early');
  expect(() => members(...MAGIC, ...count(1), ...u32(0), ...u32(99))).toThrow('another format');
});
