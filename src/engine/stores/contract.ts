import { describe, expect, test } from 'vitest';
import { collect } from '../base/async.ts';
import {
  aborted,
  bytesOf,
  HOSTILE_NAMES,
  LIVE,
  MB,
  pathsOf,
  patterned,
  type StoreMaker,
  same,
  textOf,
} from './common/contract-kit.ts';
import { writeContract } from './common/contract-write.ts';
import type { ByteRange } from './store.ts';

/** What every store must keep. `names` are the hostile ones that the place behind it can hold. */
function storeContract(name: string, makeStore: StoreMaker, names = HOSTILE_NAMES): void {
  describe(name, () => {
    listContract(makeStore);
    readContract(makeStore);
    nameContract(makeStore, names);
    readAbortContract(makeStore);
  });
}

/** What a store must keep that has no listing. */
export function unlistedStoreContract(name: string, makeStore: StoreMaker): void {
  describe(name, () => {
    readContract(makeStore);
  });
}

/** What every store that can write must keep, reading included. */
export function writableStoreContract(name: string, makeStore: StoreMaker, names = HOSTILE_NAMES): void {
  storeContract(name, makeStore, names);
  writeContract(name, makeStore);
}

function listContract(makeStore: StoreMaker): void {
  test('a listing is in path order, whatever folders the paths lie in', async () => {
    const paths = ['b', 'a/2', 'a.txt', 'a/10', 'ab/c', 'a-/x', 'a0', 'a/b/c/d', 'a/b.c', 'Z', '中/文', 'a/b-/x'];
    const store = await makeStore(Object.fromEntries(paths.map((path) => [path, bytesOf(path)])));
    expect(await pathsOf(store, '')).toEqual([...paths].sort());
  });

  test('a prefix is the start of a path and need not end at a slash', async () => {
    const paths = ['csv/ab.csv', 'csv/ab/cd.csv', 'csv/ab/cd.csv.bk', 'csv/b.csv', 'csvab'];
    const store = await makeStore(Object.fromEntries(paths.map((path) => [path, bytesOf(path)])));
    expect(await pathsOf(store, 'csv/ab')).toEqual(['csv/ab.csv', 'csv/ab/cd.csv', 'csv/ab/cd.csv.bk']);
    expect(await pathsOf(store, 'csv/ab/')).toEqual(['csv/ab/cd.csv', 'csv/ab/cd.csv.bk']);
    expect(await pathsOf(store, 'csv/ab/cd.csv')).toEqual(['csv/ab/cd.csv', 'csv/ab/cd.csv.bk']);
    expect(await pathsOf(store, 'csv')).toEqual([
      'csv/ab.csv',
      'csv/ab/cd.csv',
      'csv/ab/cd.csv.bk',
      'csv/b.csv',
      'csvab',
    ]);
    expect(await pathsOf(store, 'nothing/like/it')).toEqual([]);
    expect(await pathsOf(store, 'csv/ab.csv/x')).toEqual([]);
  });

  test('a listing of an empty store is empty', async () => {
    expect(await pathsOf(await makeStore({}), '')).toEqual([]);
  });

  test('a listing says what head says', async () => {
    const store = await makeStore({ 'a/x': patterned(10), y: patterned(0) });
    const listed = await collect(store.list('', LIVE));
    expect(listed.map(({ path, size }) => [path, size])).toEqual([
      ['a/x', 10],
      ['y', 0],
    ]);
    for (const info of listed) expect(await store.head(info.path, LIVE)).toEqual(info);
  });

  test('a reader of a listing may stop early', async () => {
    const store = await makeStore({ a: patterned(1), b: patterned(1), c: patterned(1) });
    for await (const { path } of store.list('', LIVE)) {
      expect(path).toBe('a');
      break;
    }
    expect(await pathsOf(store, '')).toEqual(['a', 'b', 'c']);
  });
}

function readContract(makeStore: StoreMaker): void {
  test('an object is read whole and by ranges, clipped to its size', async () => {
    const object = patterned(100_000);
    const store = await makeStore({ 'dir/object': object });
    const read = (range?: ByteRange) => store.read('dir/object', LIVE, range);
    const memory = new Uint8Array(50_000);
    expect(same(await read(), object)).toBe(true);
    const ranges = [
      [0, 1],
      [0, 100_000],
      [17, 4242],
      [99_999, 100_000],
      [99_990, 200_000],
      [100_000, 100_010],
      [300_000, 400_000],
      [50, 50],
    ] as const;
    for (const [start, end] of ranges) {
      const part = object.subarray(start, end);
      expect(same(await read({ start, end }), part), `bytes ${start} to ${end}`).toBe(true);
      const into = await store.read('dir/object', LIVE, { start, end }, memory);
      expect(same(into, part), `bytes ${start} to ${end} into memory`).toBe(true);
    }
  });

  test('what was read belongs to the reader', async () => {
    const store = await makeStore({ a: bytesOf('abc') });
    const first = await store.read('a', LIVE);
    first.fill(0);
    expect(textOf(await store.read('a', LIVE))).toBe('abc');
    const range = await store.read('a', LIVE, { start: 1, end: 2 });
    expect(range.buffer.byteLength).toBe(1);
  });

  test('an empty object is an object', async () => {
    const store = await makeStore({ empty: patterned(0) });
    expect(await store.head('empty', LIVE)).toMatchObject({ path: 'empty', size: 0 });
    expect((await store.read('empty', LIVE)).byteLength).toBe(0);
    expect((await store.read('empty', LIVE, { start: 0, end: 10 })).byteLength).toBe(0);
  });

  test('a path that holds no object has no head and cannot be read', async () => {
    const store = await makeStore({ 'a/b': bytesOf('x') });
    for (const path of ['missing', 'a', 'a/', 'a/c', 'a/b/c', 'no/such/folder', '']) {
      expect(await store.head(path, LIVE), path).toBeUndefined();
      await expect(store.read(path, LIVE), path).rejects.toMatchObject({ kind: 'StorageNotFound', code: 3001 });
      await expect(store.read(path, LIVE, { start: 0, end: 1 }), path).rejects.toMatchObject({ code: 3001 });
      await expect(store.read(path, LIVE, { start: 5, end: 5 }), path).rejects.toMatchObject({ code: 3001 });
    }
  });

  test('many readers at once get what they asked for', async () => {
    const object = patterned(MB);
    const store = await makeStore({ object });
    const starts = Array.from({ length: 32 }, (_, i) => i * 30_011);
    const parts = await Promise.all(starts.map((start) => store.read('object', LIVE, { start, end: start + 20_000 })));
    parts.forEach((part, i) => {
      const start = starts[i] ?? 0;
      expect(same(part, object.subarray(start, start + 20_000))).toBe(true);
    });
  });
}

function nameContract(makeStore: StoreMaker, names: readonly string[]): void {
  test('hostile names come back as they were given, as files and as folders', async () => {
    const paths = names.flatMap((name) => [`files/${name}`, `folders/${name}/x`]);
    const store = await makeStore(Object.fromEntries(paths.map((path) => [path, bytesOf(path)])));
    expect(await pathsOf(store, '')).toEqual([...paths].sort());
    for (const path of paths) {
      expect(textOf(await store.read(path, LIVE))).toBe(path);
      expect(await pathsOf(store, path)).toContain(path);
      expect(await store.head(path, LIVE)).toMatchObject({ path });
    }
  });
}

function readAbortContract(makeStore: StoreMaker): void {
  test('an aborted signal ends every reader with AbortError', async () => {
    const store = await makeStore({ a: bytesOf('x'), b: bytesOf('y') });
    const abort = { name: 'AbortError' };
    await expect(collect(store.list('', aborted()))).rejects.toMatchObject(abort);
    await expect(store.head('a', aborted())).rejects.toMatchObject(abort);
    await expect(store.read('a', aborted())).rejects.toMatchObject(abort);
    await expect(store.read('missing', aborted())).rejects.toMatchObject(abort);
  });

  test('a listing ends with AbortError when it is aborted half way', async () => {
    const store = await makeStore({ a: bytesOf('x'), b: bytesOf('y'), c: bytesOf('z') });
    const controller = new AbortController();
    const seen: string[] = [];
    const listing = async () => {
      for await (const { path } of store.list('', controller.signal)) {
        seen.push(path);
        controller.abort();
      }
    };
    await expect(listing()).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toEqual(['a']);
  });
}
