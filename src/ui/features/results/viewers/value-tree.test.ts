import { expect, test } from 'vitest';
import { jsonTree, treeRows, valueTree } from './value-tree.ts';

const labels = (rows: ReturnType<typeof treeRows>) =>
  rows.map(({ path, node }) => `${path}=${node.kind === 'Leaf' ? node.text : node.entries.length}`);

test('a JSON text is a tree whose paths are SQL, and its numbers keep their digits', () => {
  const root = jsonTree(`{"a":{"it's":[1,12345678901234567890]},"b":null}`);
  expect(labels(treeRows(root, () => true, 100))).toEqual([
    '=2',
    "['a']=1",
    "['a']['it''s']=2",
    "['a']['it''s'][0]=1",
    "['a']['it''s'][1]=12345678901234567890",
    "['b']=null",
  ]);
});

test('closed branches hide what is in them, and there are never more rows than the limit', () => {
  const root = jsonTree('{"a":{"b":1},"c":2}');
  expect(labels(treeRows(root, (path) => path === '', 100))).toEqual(['=2', "['a']=1", "['c']=2"]);
  expect(treeRows(root, () => true, 2)).toHaveLength(2);
});

test('tuples have their field names, maps their keys', () => {
  const text = { kind: 'String' } as const;
  const tuple = { kind: 'Tuple', fields: [{ name: 'x', type: { kind: 'Int32' } }] } as const;
  const map = { kind: 'Map', key: text, value: tuple } as const;
  const root = valueTree([['k', [7]]], map, { timezone: 'UTC' });
  expect(labels(treeRows(root, () => true, 100))).toEqual(['=1', "['k']=1", "['k'][1]=7"]);
});

test('the items of an array are counted from 1, as its SQL does', () => {
  const root = valueTree([7, 8], { kind: 'Array', element: { kind: 'Int32' } }, { timezone: 'UTC' });
  expect(labels(treeRows(root, () => true, 100))).toEqual(['=2', '[1]=7', '[2]=8']);
});

test('a text of 16 MB is a leaf', () => {
  const text = JSON.stringify('a'.repeat(1 << 24));
  const root = jsonTree(`[${text}]`);
  expect(root.kind === 'Branch' && root.entries.map(({ node }) => node.kind === 'Leaf' && node.text.length)).toEqual([
    text.length,
  ]);
});
