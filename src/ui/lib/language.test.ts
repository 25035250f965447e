import { expect, test } from 'vitest';
import { languageOf } from './language.ts';

test.each([
  [['zh-CN', 'en'], 'zh'],
  [['zh-Hant-TW'], 'zh'],
  [['fr', 'zh', 'en'], 'zh'],
  [['en-GB', 'zh-CN'], 'en'],
  [['fr-FR'], 'en'],
  [[], 'en'],
])('a browser that asks for %j gets %s', (tags, language) => {
  expect(languageOf(tags)).toBe(language);
});
