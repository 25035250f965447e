import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOSTILE_NAMES } from './contract-kit.ts';
import { safeNames } from './names.ts';

/** What the walk of a tree makes of the names of one file. */
function pathOf(names: readonly string[]): string | undefined {
  let path = '';
  for (const [i, name] of names.entries()) {
    const text = safeNames.textOf(name, i === names.length - 1 ? 'file' : 'directory');
    if (text === undefined) return undefined;
    path += text;
  }
  return path;
}

const isSafe = (name: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  !/[/\\:*?"<>|\u0000-\u001f\u007f]|\p{Surrogate}|[. ]$/u.test(name) &&
  name !== '' &&
  new TextEncoder().encode(name).byteLength <= 255;

const anyPath = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom('/', '.', '%', ' ', 'a', '~', 'u', '2', 'E', '中', '\ud800'), maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('a', '/', '中', '😀', '\udc00', '%', '.'), minLength: 150, maxLength: 900 }),
);

test('any text comes back from the names it is kept under', () => {
  fc.assert(
    fc.property(anyPath, (path) => {
      expect(pathOf(safeNames.namesOf(path))).toBe(path);
    }),
  );
});

test('every name is one that disks take', () => {
  fc.assert(
    fc.property(anyPath, (path) => {
      expect(safeNames.namesOf(path).filter((name) => !isSafe(name))).toEqual([]);
    }),
  );
});

test('common names are kept as they are', () => {
  expect(safeNames.namesOf('tables/1/_delta_log/00000000000000000001.json')).toEqual([
    'tables',
    '1',
    '_delta_log',
    '00000000000000000001.json',
  ]);
  expect(safeNames.namesOf('dt=2025-01-01/中文 (1).csv')).toEqual(['dt=2025-01-01', '中文 (1).csv']);
});

test('what disks refuse is escaped', () => {
  expect(safeNames.namesOf('.././/a.')).toEqual(['.%2E', '%2E', '%', 'a%2E']);
  expect(safeNames.namesOf('%41/a\\b/\ud800')).toEqual(['%2541', 'a%5Cb', '%uD800']);
});

test('a name of 200 bytes or more is cut at a place that depends on nothing behind it', () => {
  const long = 'x'.repeat(200);
  expect(safeNames.namesOf(long.slice(1))).toEqual([long.slice(1)]);
  expect(safeNames.namesOf(long)).toEqual([`${long}%~`, '%']);
  expect(safeNames.namesOf(`${long}y/z`)).toEqual([`${long}%~`, 'y', 'z']);
  for (const name of HOSTILE_NAMES) expect(pathOf(safeNames.namesOf(name))).toBe(name);
});

test('names that no path has are not paths', () => {
  for (const name of ['%tmp-1', '%2e', '%u12', '%%']) expect(safeNames.textOf(name, 'file')).toBeUndefined();
});
