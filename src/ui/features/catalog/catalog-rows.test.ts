import { expect, test } from 'vitest';
import type { Table } from '../../data/catalog.ts';
import { catalogOf, catalogRows, databasesOf, foundRows, nodeId } from './CatalogRows.tsx';

const table = (database: string, name: string): Table => ({
  ...{ database, name, kind: 'Table', engine: 'FUSE', rows: 1, size: 1, createdOn: undefined },
});
const column = (name: string) => ({
  ...{ database: 'default', table: 'frame_events', name, type: 'INT', isNullable: true, defaultExpr: '', comment: '' },
});
const TABLES = [table('default', 'frame_events'), table('default', 'videos'), table('system', 'tables')];
const CATALOG = catalogOf(TABLES, [column('frame_id'), column('risk_score')]);

test('the default database comes first, those that describe the others last', () => {
  expect(databasesOf(TABLES, ['zoo', 'empty'])).toEqual(['default', 'empty', 'zoo', 'system']);
});

test('what is closed is not listed', () => {
  const open = new Set([nodeId('default'), nodeId('default', 'frame_events')]);
  const { items } = catalogRows(CATALOG, ['default', 'system'], (id) => open.has(id));
  expect(items.map(({ depth, label }) => `${depth} ${label}`)).toEqual([
    '0 default',
    '1 frame_events',
    '2 frame_id',
    '2 risk_score',
    '1 videos',
    '0 system',
  ]);
});

test('a filter finds tables and columns, each under what it belongs to', () => {
  expect(foundRows(CATALOG, 'risk').items.map(({ label }) => label)).toEqual(['default', 'frame_events', 'risk_score']);
  expect(foundRows(CATALOG, 'video').items.map(({ label }) => label)).toEqual(['default', 'videos']);
  expect(foundRows(CATALOG, 'nothing').items).toEqual([]);
});

test('ten thousand tables are filtered in time', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => table('default', `table_${index}`));
  const rows = foundRows(catalogOf(many, []), 'table_77');
  expect(rows.items.length).toBeLessThanOrEqual(501);
  expect(rows.items[1]?.label).toBe('table_77');
});

test('stages, streams and tasks stand behind the databases and are found with them', () => {
  const stage = { kind: 'Stage', label: '@city', text: '@city', hint: '@city', path: ['city'] } as const;
  const task = { kind: 'Task', label: 'load_city', text: 'load_city', hint: '', path: ['load_city'] } as const;
  const catalog = catalogOf(TABLES, [], [task, stage]);
  const labels = (rows: ReturnType<typeof foundRows>) => rows.items.map(({ depth, label }) => `${depth} ${label}`);
  expect(labels(catalogRows(catalog, ['default'], (id) => id !== nodeId('default')))).toEqual([
    '0 default',
    '0 Stages',
    '1 @city',
    '0 Tasks',
    '1 load_city',
  ]);
  expect(labels(foundRows(catalog, 'load'))).toEqual(['0 Tasks', '1 load_city']);
});
