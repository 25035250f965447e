import { expect, onTestFinished, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { collect } from '../base/async.ts';
import { hint } from '../base/hints.ts';
import { tries } from '../test/long.ts';
import { type WorkerStore, workerStore } from '../test/worker-store.ts';
import { bytesOf, fill, inPieces, LIVE, MB, pathsOf, patterned, same, textOf } from './common/contract-kit.ts';
import { writableStoreContract } from './contract.ts';

const RACES = tries(50, 500);

const root = await navigator.storage.getDirectory();

function freshFolder(): string {
  const folder = `test/${crypto.randomUUID()}`;
  onTestFinished(async () => {
    const test = await root.getDirectoryHandle('test');
    await test.removeEntry(folder.slice('test/'.length), { recursive: true });
  });
  return folder;
}

function openStore(folder: string): WorkerStore {
  const store = workerStore(folder);
  onTestFinished(() => store.kill());
  return store;
}

async function namesIn(folder: string): Promise<string[]> {
  let handle = root;
  for (const name of folder.split('/')) handle = await handle.getDirectoryHandle(name);
  return collect(handle.keys());
}

writableStoreContract('an OPFS store in a worker', (objects) => fill(openStore(freshFolder()), objects));

test('of two workers that race for a path under a Web Lock exactly one wins', async () => {
  const folder = freshFolder();
  const tabs = [openStore(folder), openStore(folder)] as const;
  const wins = [0, 0];
  for (let version = 0; version < RACES; version++) {
    const path = `_catalog/${version}.json`;
    const commits = tabs.map((tab, i) =>
      tab.writeUnderLock(path, bytesOf(`tab ${i}`), { ifAbsent: true, signal: LIVE }),
    );
    const settled = await Promise.allSettled(commits);
    const winner = settled.findIndex(({ status }) => status === 'fulfilled');
    const losers = settled.flatMap((result) => (result.status === 'rejected' ? [result.reason.kind] : []));
    expect(losers).toEqual(['InvalidOperation']);
    expect(textOf(await (tabs[1 - winner] ?? tabs[0]).read(path, LIVE))).toBe(`tab ${winner}`);
    wins[winner] = (wins[winner] ?? 0) + 1;
  }
  expect((wins[0] ?? 0) + (wins[1] ?? 0)).toBe(RACES);
});

test('the store alone keeps ifAbsent exact between workers, the callers holding no lock', async () => {
  const folder = freshFolder();
  const tabs = [openStore(folder), openStore(folder), openStore(folder)];
  for (let version = 0; version < RACES; version++) {
    const commits = tabs.map((tab, i) =>
      tab.write(`log/${version}`, bytesOf(`tab ${i}`), { ifAbsent: true, signal: LIVE }),
    );
    const settled = await Promise.allSettled(commits);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  }
});

test('a reader in one worker beside a writer in another sees whole objects only', async () => {
  const folder = freshFolder();
  const writer = openStore(folder);
  const reader = openStore(folder);
  const objects = [patterned(500_000, 1), patterned(250_000, 2)] as const;
  await writer.write('a', objects[0], { ifAbsent: true, signal: LIVE });
  let writing = true;
  const write = async () => {
    for (let i = 1; i <= tries(30, 500); i++) {
      await writer.write('a', inPieces(objects[i % 2 === 0 ? 0 : 1], 100_000), { ifAbsent: false, signal: LIVE });
    }
    writing = false;
  };
  const read = async () => {
    while (writing) {
      const bytes = await reader.read('a', LIVE);
      expect(objects.some((object) => same(object, bytes))).toBe(true);
    }
  };
  await Promise.all([write(), read()]);
});

test('what a worker that died left half written is not listed, and swept by the next one', async () => {
  const folder = freshFolder();
  const dying = openStore(folder);
  let begun = () => {};
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });
  async function* endless() {
    for (let i = 0; ; i++) {
      if (i === 4) begun();
      yield patterned(100_000);
    }
  }
  void dying.write('a/b', endless(), { ifAbsent: false, signal: LIVE });
  await started;
  expect(await namesIn(folder)).toEqual([expect.stringMatching(/^%tmp-/)]);

  const living = openStore(folder);
  await living.write('first', bytesOf('1'), { ifAbsent: true, signal: LIVE });
  expect((await namesIn(folder)).filter((name) => name.startsWith('%tmp-'))).toHaveLength(1);
  expect(await pathsOf(living, '')).toEqual(['first']);

  dying.kill();
  await expect
    .poll(async () => {
      const next = openStore(folder);
      await next.write('second', bytesOf('2'), { ifAbsent: false, signal: LIVE });
      return (await namesIn(folder)).sort();
    })
    .toEqual(['first', 'second']);
});

test('a full disk is told in bytes and leaves nothing behind', async () => {
  const folder = freshFolder();
  const store = openStore(folder);
  await store.write('small', bytesOf('kept'), { ifAbsent: true, signal: LIVE });
  const { origin } = location;
  await cdp().send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 3 * MB });
  onTestFinished(async () => {
    await cdp().send('Storage.overrideQuotaForOrigin', { origin });
  });
  // The browser books removals late, so that it may take more than the quota says at first.
  const fillUp = async () => {
    for (let i = 0; i < 50; i++) await store.write(`big/${i}`, patterned(8 * MB), { ifAbsent: true, signal: LIVE });
  };
  await expect(fillUp()).rejects.toMatchObject({
    kind: 'StorageOther',
    code: 4000,
    message: expect.stringMatching(/^no room for file 'big\/\d+': this site keeps [\d.]+ [KMG]?B/),
    hint: hint('makeRoom'),
  });
  const paths = await pathsOf(store, '');
  for (const path of paths) expect((await store.head(path, LIVE))?.size).toBe(path === 'small' ? 4 : 8 * MB);
  expect((await namesIn(folder)).filter((name) => name.startsWith('%tmp-'))).toEqual([]);
});

test('a file where a folder is needed is named', async () => {
  const store = await fill(openStore(freshFolder()), { 'a/b': bytesOf('x') });
  await expect(store.write('a', bytesOf('y'), { ifAbsent: false, signal: LIVE })).rejects.toMatchObject({
    kind: 'StorageOther',
    message: expect.stringContaining("file 'a' cannot be written"),
  });
  await expect(store.write('a/b/c', bytesOf('y'), { ifAbsent: true, signal: LIVE })).rejects.toMatchObject({
    kind: 'StorageOther',
  });
});

test('removing the last object of a folder removes the folder', async () => {
  const folder = freshFolder();
  const store = await fill(openStore(folder), { 'a/b/c/d': bytesOf('x'), 'a/e': bytesOf('y') });
  await store.remove('a/b/c/d', LIVE);
  expect(await namesIn(`${folder}/a`)).toEqual(['e']);
  await store.remove('a/e', LIVE);
  expect(await namesIn(folder)).toEqual([]);
});
