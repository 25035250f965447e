import { expect, test } from 'vitest';
import { FORMATS } from '../../../../engine/formats/index.ts';
import { SETTINGS } from '../../../../engine/system/settings.ts';
import { engineDocs } from './docs.ts';

test('what settings, file formats and their options are for is said in Chinese', () => {
  const formats = FORMATS.flatMap(({ doc, options }) => [doc, ...options.map((option) => option.doc)]);
  const said = new Set([...SETTINGS.map(({ description }) => description), ...formats]);
  expect([...engineDocs.keys()].sort()).toEqual([...said].sort());
  expect([...engineDocs.values()].filter((doc) => !/[一-鿿].*。$/.test(doc))).toEqual([]);
});
