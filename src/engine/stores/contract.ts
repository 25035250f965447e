import { describe, expect, test } from 'vitest';
import { collect } from '../base/async.ts';
import { type ByteRange, isWritable, type ObjectStore, type WritableStore } from './store.ts';

export type Objects = Readonly<Record<string, Uint8Array>>;

/** A store that holds exactly these objects. */
export type StoreMaker = (objects: Objects) => Promise<ObjectStore>;

/** Names that some place or other takes for something else. */
export const HOSTILE_NAMES: readonly string[] = [
  'a b',
  'a=b',
  'a+b&c?d#e',
  '中文',
  'e\u0301 and \u00e9',
  '😀',
  '%41',
  '100%',
  '..hidden',
  'dots..',
  'blank ',
  'con',
  'quote\'s "here"',
  'back\\slash',
  'x'.repeat(200),
  '{1,2}[3]*',
  '-',
  '!',
];

const LIVE = new AbortController().signal;
const MB = 1 << 20;

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Bytes that differ at every offset that a reader could confuse. */
export function patterned(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = (i * 31 + (i >>> 8) * 7 + (i >>> 16) + seed) & 255;
  return bytes;
}

/** Fills a writable store; what most makers end with. */
export async function fill(store: WritableStore, objects: Objects): Promise<WritableStore> {
  for (const [path, bytes] of Object.entries(objects)) {
    await store.write(path, bytes, { ifAbsent: true, signal: LIVE });
  }
  return store;
}

export async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let start = 0; start < bytes.byteLength; start += size) yield bytes.subarray(start, start + size);
}

const same = (a: Uint8Array, b: Uint8Array) => a.byteLength === b.byteLength && a.every((byte, i) => byte === b[i]);

async function pathsOf(store: ObjectStore, prefix: string): Promise<string[]> {
  return (await collect(store.list(prefix, LIVE))).map(({ path }) => path);
}

function aborted(): AbortSignal {
  return AbortSignal.abort();
}

async function writable(makeStore: StoreMaker, objects: Objects = {}): Promise<WritableStore> {
  const store = await makeStore(objects);
  if (!isWritable(store)) throw new Error('the store under test cannot write');
  return store;
}

/** What every store must keep; stores that can write call `writableStoreContract` too. */
export function storeContract(name: string, makeStore: StoreMaker): void {
  describe(name, () => {
    listContract(makeStore);
    readContract(makeStore);
    nameContract(makeStore);
    readAbortContract(makeStore);
  });
}

/** What every store that can write must keep, reading included. */
export function writableStoreContract(name: string, makeStore: StoreMaker): void {
  storeContract(name, makeStore);
  describe(`${name}, writing`, () => {
    writeContract(makeStore);
    streamContract(makeStore);
    raceContract(makeStore);
    removeContract(makeStore);
    writeAbortContract(makeStore);
  });
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
      expect(same(await read({ start, end }), object.subarray(start, end)), `bytes ${start} to ${end}`).toBe(true);
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

function nameContract(makeStore: StoreMaker): void {
  test('hostile names come back as they were given, as files and as folders', async () => {
    const paths = HOSTILE_NAMES.flatMap((name) => [`files/${name}`, `folders/${name}/x`]);
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

function writeContract(makeStore: StoreMaker): void {
  test('what was written is read, listed and has a head', async () => {
    const store = await writable(makeStore);
    await store.write('a/b/c', bytesOf('first'), { ifAbsent: false, signal: LIVE });
    expect(textOf(await store.read('a/b/c', LIVE))).toBe('first');
    expect(await store.head('a/b/c', LIVE)).toMatchObject({ path: 'a/b/c', size: 5 });
    expect(await pathsOf(store, '')).toEqual(['a/b/c']);
  });

  test('a second write takes the place of the first, longer or shorter', async () => {
    const store = await writable(makeStore, { a: bytesOf('first') });
    for (const text of ['a longer second', 'x', '']) {
      await store.write('a', bytesOf(text), { ifAbsent: false, signal: LIVE });
      expect(textOf(await store.read('a', LIVE))).toBe(text);
      expect(await store.head('a', LIVE)).toMatchObject({ size: text.length });
    }
    expect(await pathsOf(store, '')).toEqual(['a']);
  });

  test('ifAbsent refuses a path that exists and leaves it as it was', async () => {
    const store = await writable(makeStore, { 'log/1': bytesOf('first') });
    const second = store.write('log/1', bytesOf('second'), { ifAbsent: true, signal: LIVE });
    await expect(second).rejects.toMatchObject({ kind: 'InvalidOperation', code: 3905 });
    expect(textOf(await store.read('log/1', LIVE))).toBe('first');
    expect(await pathsOf(store, '')).toEqual(['log/1']);
  });

  test('the writer may reuse its bytes once the write has settled', async () => {
    const store = await writable(makeStore);
    const buffer = bytesOf('abc');
    await store.write('whole', buffer, { ifAbsent: false, signal: LIVE });
    buffer.fill(0);
    expect(textOf(await store.read('whole', LIVE))).toBe('abc');
  });

  test('a view into a larger buffer is written as the view, not the buffer', async () => {
    const store = await writable(makeStore);
    await store.write('view', bytesOf('0123456789').subarray(3, 6), { ifAbsent: false, signal: LIVE });
    expect(textOf(await store.read('view', LIVE))).toBe('345');
  });
}

function streamContract(makeStore: StoreMaker): void {
  test('a large object is written from a stream of pieces', async () => {
    const store = await writable(makeStore);
    const object = patterned(9 * MB + 12_345);
    await store.write('big', inPieces(object, 700_001), { ifAbsent: true, signal: LIVE });
    expect(await store.head('big', LIVE)).toMatchObject({ size: object.byteLength });
    expect(same(await store.read('big', LIVE), object)).toBe(true);
    const range = { start: 8 * MB - 5, end: 8 * MB + 5 };
    expect(same(await store.read('big', LIVE, range), object.subarray(range.start, range.end))).toBe(true);
  });

  test('a stream may reuse its buffer and may be empty', async () => {
    const store = await writable(makeStore);
    async function* counting() {
      const buffer = new Uint8Array(1);
      for (let i = 0; i < 5; i++) {
        buffer[0] = i;
        yield buffer;
      }
    }
    await store.write('counted', counting(), { ifAbsent: true, signal: LIVE });
    expect([...(await store.read('counted', LIVE))]).toEqual([0, 1, 2, 3, 4]);
    await store.write('empty', inPieces(patterned(0), 1), { ifAbsent: true, signal: LIVE });
    expect(await store.head('empty', LIVE)).toMatchObject({ size: 0 });
  });

  test('a stream that fails leaves nothing behind, and an older object as it was', async () => {
    const store = await writable(makeStore, { old: bytesOf('old') });
    async function* failing() {
      yield patterned(100_000);
      throw new RangeError('the source broke');
    }
    for (const path of ['old', 'new', 'folder/new']) {
      await expect(store.write(path, failing(), { ifAbsent: false, signal: LIVE })).rejects.toThrow('the source broke');
    }
    expect(await pathsOf(store, '')).toEqual(['old']);
    expect(textOf(await store.read('old', LIVE))).toBe('old');
  });

  test('half an object is never seen: neither listed, nor read', async () => {
    const store = await writable(makeStore);
    const seen: string[] = [];
    async function* watched() {
      for (let i = 0; i < 4; i++) {
        yield patterned(300_000);
        seen.push(...(await pathsOf(store, '')));
        if (await store.head('folder/slow', LIVE)) seen.push('has a head');
      }
    }
    await store.write('folder/slow', watched(), { ifAbsent: false, signal: LIVE });
    expect(seen).toEqual([]);
    expect(await store.head('folder/slow', LIVE)).toMatchObject({ size: 1_200_000 });
  });
}

function raceContract(makeStore: StoreMaker): void {
  test('ifAbsent lets exactly one of many writers win', async () => {
    const store = await writable(makeStore);
    for (let round = 0; round < 5; round++) {
      const path = `log/${round}`;
      const writers = Array.from({ length: 6 }, (_, i) =>
        store.write(path, bytesOf(`writer ${i}`), { ifAbsent: true, signal: LIVE }),
      );
      const settled = await Promise.allSettled(writers);
      const winners = settled.flatMap(({ status }, i) => (status === 'fulfilled' ? [i] : []));
      expect(winners).toHaveLength(1);
      expect(textOf(await store.read(path, LIVE))).toBe(`writer ${winners[0]}`);
      for (const result of settled) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ kind: 'InvalidOperation' });
      }
    }
  });

  test('a reader beside a writer sees the old object or the new one', async () => {
    const objects = [patterned(400_000, 1), patterned(300_000, 2)] as const;
    const store = await writable(makeStore, { a: objects[0] });
    let writing = true;
    const write = async () => {
      for (let i = 1; i <= 20; i++) {
        const object = objects[i % 2 === 0 ? 0 : 1];
        await store.write('a', inPieces(object, 90_000), { ifAbsent: false, signal: LIVE });
      }
      writing = false;
    };
    const read = async () => {
      let reads = 0;
      for (; writing; reads++) {
        const bytes = await store.read('a', LIVE);
        if (!objects.some((object) => same(object, bytes)))
          throw new Error(`read ${bytes.byteLength} bytes of no object`);
      }
      return reads;
    };
    const [, reads] = await Promise.all([write(), read()]);
    expect(reads).toBeGreaterThan(0);
  });
}

function removeContract(makeStore: StoreMaker): void {
  test('a removed object is gone, its neighbours stay', async () => {
    const store = await writable(makeStore, { 'a/b/c': bytesOf('1'), 'a/b/d': bytesOf('2'), 'a/bc': bytesOf('3') });
    await store.remove('a/b/c', LIVE);
    expect(await store.head('a/b/c', LIVE)).toBeUndefined();
    expect(await pathsOf(store, '')).toEqual(['a/b/d', 'a/bc']);
  });

  test('removing what is not there is no error and removes nothing', async () => {
    const store = await writable(makeStore, { 'a/b': bytesOf('1') });
    for (const path of ['a', 'a/', 'a/b/c', 'x', 'x/y', '']) await store.remove(path, LIVE);
    expect(await pathsOf(store, '')).toEqual(['a/b']);
  });

  test('a folder that was emptied does not stand in the way of a file of its name', async () => {
    const store = await writable(makeStore, { 'a/b/c': bytesOf('1') });
    await store.remove('a/b/c', LIVE);
    await store.write('a', bytesOf('now a file'), { ifAbsent: true, signal: LIVE });
    expect(await pathsOf(store, '')).toEqual(['a']);
    await store.remove('a', LIVE);
    await store.write('a/b/c', bytesOf('a folder again'), { ifAbsent: true, signal: LIVE });
    expect(await pathsOf(store, '')).toEqual(['a/b/c']);
  });

  test('objects written and removed side by side in one folder do not disturb each other', async () => {
    const store = await writable(makeStore);
    const keeper = async (i: number) => {
      for (let round = 0; round < 10; round++) {
        await store.write(`deep/er/${i}`, bytesOf(`${round}`), { ifAbsent: true, signal: LIVE });
        await store.remove(`deep/er/${i}`, LIVE);
      }
      await store.write(`deep/er/${i}`, bytesOf('last'), { ifAbsent: true, signal: LIVE });
    };
    await Promise.all([0, 1, 2, 3].map(keeper));
    expect(await pathsOf(store, '')).toEqual(['deep/er/0', 'deep/er/1', 'deep/er/2', 'deep/er/3']);
  });
}

function writeAbortContract(makeStore: StoreMaker): void {
  const abort = { name: 'AbortError' };

  test('an aborted signal has no effect on what is stored', async () => {
    const store = await writable(makeStore, { a: bytesOf('old') });
    const options = { ifAbsent: false, signal: aborted() };
    await expect(store.write('a', bytesOf('new'), options)).rejects.toMatchObject(abort);
    await expect(store.write('b', bytesOf('new'), options)).rejects.toMatchObject(abort);
    await expect(store.remove('a', aborted())).rejects.toMatchObject(abort);
    expect(textOf(await store.read('a', LIVE))).toBe('old');
    expect(await pathsOf(store, '')).toEqual(['a']);
  });

  test('a stream that is aborted half way leaves nothing behind', async () => {
    const store = await writable(makeStore);
    const controller = new AbortController();
    async function* endless() {
      for (let i = 0; ; i++) {
        if (i === 3) controller.abort();
        yield patterned(10_000);
      }
    }
    const options = { ifAbsent: false, signal: controller.signal };
    await expect(store.write('a/b', endless(), options)).rejects.toMatchObject(abort);
    expect(await pathsOf(store, '')).toEqual([]);
  });
}
