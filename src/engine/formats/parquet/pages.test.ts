import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FileSource } from '../format.ts';
import { describePages } from './pages.ts';
import { describeSchema } from './schema-tree.ts';

const bytes = new Uint8Array(readFileSync(join(import.meta.dirname, '../../../../e2e/files/anatomy.parquet')));
const signal = new AbortController().signal;

/** Written by pyarrow; `make-anatomy.py` beside it says how. */
function file(): FileSource {
  return {
    path: 'anatomy.parquet',
    size: bytes.length,
    read: async ({ start, end }) => bytes.slice(start, end),
  };
}

test('the pages of a chunk are told with their rows and the bounds of the page index', async () => {
  const pages = await describePages(file(), { group: 2, leaf: 'collected_at' }, signal);
  const told = pages?.map(({ kind, firstRow, values, nullCount, min, max, statistics }) => [
    ...[kind, firstRow, values, nullCount, statistics, min?.text.slice(11, 19), max?.text.slice(11, 19)],
  ]);
  expect(told).toEqual([
    ['DATA', 0, 200, 0, 'index', '05:33:20', '06:39:40'],
    ['DATA', 200, 200, 0, 'index', '06:40:00', '07:46:20'],
    ['DATA', 400, 100, 0, 'index', '07:46:40', '08:19:40'],
  ]);
});

test('pages of parts have bounds, and a dictionary is a page of its own', async () => {
  const pages = await describePages(file(), { group: 7, leaf: 'camera.name' }, signal);
  expect(pages?.map(({ kind, encoding, values, min, max }) => [kind, encoding, values, min?.text, max?.text])).toEqual([
    ['DICTIONARY', 'PLAIN', 4, undefined, undefined],
    ['DATA', 'RLE_DICTIONARY', 500, 'cam0', 'cam3'],
  ]);
});

test('there are no pages of a column or a row group that the file has not', async () => {
  expect(await describePages(file(), { group: 8, leaf: 'camera.name' }, signal)).toBeUndefined();
  expect(await describePages(file(), { group: 0, leaf: 'camera' }, signal)).toBeUndefined();
});

test('the schema is told as it is stored, parts below what they are part of', async () => {
  const rows = await describeSchema(file(), signal);
  expect(rows.map(({ depth, name, physical, logical, type }) => [depth, name, physical, logical, type])).toEqual([
    [0, 'frame_id', 'BYTE_ARRAY', 'STRING', 'VARCHAR'],
    [0, 'collected_at', 'INT64', 'TIMESTAMP(MICROS, UTC)', 'TIMESTAMP'],
    [0, 'risk_score', 'DOUBLE', null, 'DOUBLE'],
    [0, 'speed', 'FIXED_LEN_BYTE_ARRAY(3)', 'DECIMAL(6, 2)', 'DECIMAL(6, 2)'],
    [0, 'camera', null, null, 'TUPLE(NAME STRING, EXPOSURE INT32)'],
    [1, 'name', 'BYTE_ARRAY', 'STRING', null],
    [1, 'exposure', 'INT32', null, null],
    [0, 'tags', null, 'LIST', 'ARRAY(STRING)'],
    [1, 'list', null, null, null],
    [2, 'element', 'BYTE_ARRAY', 'STRING', null],
  ]);
});
