import { expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { showVariant } from './show.ts';
import { jsonTyped, typedKind } from './typed.ts';

test.each([
  ['2024-01-05', 'DATE'],
  ['2024-01-05 10:00:00.000000', 'TIMESTAMP'],
  ['2024-01-05 10:00:00.000000 +0800', 'TIMESTAMP_TZ'],
  ['1 year -2 days', 'INTERVAL'],
  ['-1:00:00', 'INTERVAL'],
  ['0AFF', 'BINARY'],
])('%s is a %s, prints as a text and becomes one when it is parsed', (text, kind) => {
  const json = jsonTyped(text);
  expect(typedKind(json)).toBe(kind);
  expect(JSON.parse(json)).toBe(text);
  expect(showVariant(json)).toBe(JSON.stringify(text));
  expect(canonicalJson(json)).toBe(JSON.stringify(text));
});

test('a text is no typed scalar', () => {
  expect(typedKind('"2024-01-05"')).toBe(undefined);
  expect(typedKind('"\\u001f"')).toBe(undefined);
});

test('a text of 16 MB is shown', () => {
  const text = JSON.stringify('a'.repeat(1 << 24));
  expect(showVariant(`[${text},1.5e0]`) === `[${text},1.5]`).toBe(true);
});
