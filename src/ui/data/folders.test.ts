import { expect, test } from 'vitest';
import { contentOf, nameFilter } from './folders.ts';
import { removeStatement } from './staged-file.ts';

const file = (path: string, size = 1) => ({ path, size, hash: undefined, modifiedAt: undefined });

test('folders follow from the paths of the files', () => {
  const files = [file('b/x.csv', 2), file('a/b/y.csv', 3), file('a/z.csv', 4), file('top.csv')];
  expect(contentOf(files, '')).toEqual({
    folders: [
      { path: 'a/', name: 'a', files: 2, size: 7 },
      { path: 'b/', name: 'b', files: 1, size: 2 },
    ],
    files: [file('top.csv')],
  });
  expect(contentOf(files, 'a/').folders.map(({ path }) => path)).toEqual(['a/b/']);
  expect(contentOf(files, 'a/').files).toEqual([file('a/z.csv', 4)]);
});

test('names are filtered by a part, a glob or an expression', () => {
  expect(nameFilter('name', 'AB')?.('xaby')).toBe(true);
  expect(nameFilter('glob', '*.csv')?.('a.csv')).toBe(true);
  expect(nameFilter('glob', '*.csv')?.('a.csv.gz')).toBe(false);
  expect(nameFilter('regex', '0[1-3]')?.('x02')).toBe(true);
  expect(nameFilter('regex', '(')).toBeUndefined();
  expect(nameFilter('regex', '')?.('anything')).toBe(true);
});

test('files are removed by a pattern that fits no other name', () => {
  expect(removeStatement('s', 'a/', ['x.csv'])).toBe("REMOVE @s/a/ PATTERN = 'x[.]csv'");
  expect(removeStatement("my 's", 'a b/(c)/', ['x.csv'])).toBe("REMOVE @my\\ \\'s/a\\ b/ PATTERN = '[(]c[)]/x[.]csv'");
  expect(removeStatement('~', '', ['x.csv', 'y (1).csv'])).toBe("REMOVE @~/ PATTERN = '(x[.]csv|y [(]1[)][.]csv)'");
});
