import { expect, test } from 'vitest';
import { childrenNamed, childText, escapeXml, parseXml } from './xml.ts';

test('elements, entities and CDATA are read, attributes and comments dropped', () => {
  const root = parseXml(
    '<?xml version="1.0"?>\n<!-- a --><List xmlns="x"><Key>a&amp;b &#x4e2d;&#25991; &quot;</Key><Empty/><Key><![CDATA[<c>]]></Key></List>\n',
  );
  expect(root?.name).toBe('List');
  expect(root && childrenNamed(root, 'Key').map(({ text }) => text)).toEqual(['a&b 中文 "', '<c>']);
  expect(root && childText(root, 'Empty')).toBe('');
  expect(root && childText(root, 'None')).toBeUndefined();
});

test('what begins and never ends is no XML, and takes no longer for it', () => {
  for (const part of ['<!--', '<?', '<![CDATA[', '<a', '<a ', '<a b=', '</'])
    expect(parseXml(`<a>${part.repeat(100_000)}`), part).toBeUndefined();
});

test('a name that is no entity of XML stays as it is', () => {
  expect(parseXml('<k>&constructor; &nbsp;</k>')?.text).toBe('&constructor; &nbsp;');
});

test('what is no XML has no root', () => {
  expect(parseXml('')).toBeUndefined();
  expect(parseXml('not found')).toBeUndefined();
  expect(parseXml('<a><b></a></b>')).toBeUndefined();
  expect(parseXml('<a>')).toBeUndefined();
  expect(parseXml('</a>')).toBeUndefined();
});

test('escaped text reads as it was', () => {
  const text = `a&b<c>"d"'e'\n\t&amp;`;
  expect(parseXml(`<k>${escapeXml(text)}</k>`)?.text).toBe(text);
});
