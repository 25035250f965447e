import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineDiff } from './line-diff.ts';

const SIGNS = { Same: ' ', Added: '+', Removed: '-' };

test('what changed is told, with the lines around it', () => {
  const shown = lineDiff('SELECT a\nFROM t\nLIMIT 1', 'SELECT a, b\nFROM t\nWHERE a\nLIMIT 1').map(
    ({ kind, text }) => SIGNS[kind] + text,
  );
  expect(shown).toEqual(['-SELECT a', '+SELECT a, b', ' FROM t', '+WHERE a', ' LIMIT 1']);
});

test('both texts can be read off the difference', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((parts) => parts.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const diff = lineDiff(before, after);
      const without = (left: string) =>
        diff
          .filter(({ kind }) => kind !== left)
          .map((line) => line.text)
          .join('\n');
      expect([without('Added'), without('Removed')]).toEqual([before, after]);
    }),
  );
});
