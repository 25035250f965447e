import { describe, expect, test } from 'vitest';
import {
  aborted,
  bytesOf,
  inPieces,
  LIVE,
  MB,
  pathsOf,
  patterned,
  type StoreMaker,
  same,
  textOf,
  writable,
} from './contract-kit.ts';

/** What every store that can write must keep besides reading. */
export function writeContract(name: string, makeStore: StoreMaker): void {
  describe(`${name}, writing`, () => {
    wholeContract(makeStore);
    streamContract(makeStore);
    raceContract(makeStore);
    removeContract(makeStore);
    writeAbortContract(makeStore);
  });
}

function wholeContract(makeStore: StoreMaker): void {
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
