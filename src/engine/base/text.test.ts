import { expect, test } from 'vitest';
import { caret, didYouMean, editDistance } from './text.ts';

test('swapped neighbours count as one edit', () => {
  expect(editDistance('frmae', 'frame')).toBe(1);
  expect(editDistance('', 'abc')).toBe(3);
});

test('near names come nearest first, far ones not at all', () => {
  expect(didYouMean('frame_idd', ['frame_id', 'frame_index', 'video_id'])).toEqual(['frame_id', 'frame_index']);
  expect(didYouMean('x', ['yyyy'])).toEqual([]);
});

test('a caret stands under its span', () => {
  expect(caret('SELECT 1;\nSELECT frame_idd FROM t', { start: 17, end: 26 }, "column frame_idd doesn't exist")).toBe(
    [' --> SQL:2:8', '  |', '2 | SELECT frame_idd FROM t', "  |        ^^^^^^^^^ column frame_idd doesn't exist"].join(
      '\n',
    ),
  );
});
