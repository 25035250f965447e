import { expect, onTestFinished, test } from 'vitest';
import { collect } from '../base/async.ts';
import { hint } from '../base/hints.ts';
import { bytesOf, fill, HOSTILE_NAMES, LIVE, pathsOf, textOf } from './common/contract-kit.ts';
import { writableStoreContract } from './contract.ts';
import { localFolderStore } from './local-folder.ts';
import { isWritable, type WritableStore } from './store.ts';

/** Folders of the private file system have the same type as folders that a person picks, which no test can do. */
async function freshFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  const name = crypto.randomUUID();
  onTestFinished(() => root.removeEntry(name, { recursive: true }));
  return root.getDirectoryHandle(name, { create: true });
}

function openStore(folder: FileSystemDirectoryHandle): WritableStore {
  const store = localFolderStore(folder, { name: 'mine', writable: true, ownsFolders: true });
  if (!isWritable(store)) throw new Error('a writable folder that cannot be written');
  return store;
}

/** Fails as handles do once the permission is gone. */
function closed(folder: FileSystemDirectoryHandle): FileSystemDirectoryHandle {
  const refuse = () => Promise.reject(new DOMException('The request is not allowed', 'NotAllowedError'));
  const refused = ['getFileHandle', 'getDirectoryHandle', 'removeEntry'];
  const entries = () => ({ [Symbol.asyncIterator]: () => ({ next: refuse }) });
  return new Proxy(folder, {
    get(target, key) {
      if (key === 'entries' || key === 'keys') return entries;
      return refused.includes(String(key)) ? refuse : Reflect.get(target, key, target);
    },
  });
}

// A backslash cannot stand in a name that people see, on any system.
const names = HOSTILE_NAMES.filter((name) => !name.includes('\\'));
writableStoreContract('a local folder', async (objects) => fill(openStore(await freshFolder()), objects), names);

test('files that other programs made are found under their own names', async () => {
  const folder = await freshFolder();
  const data = await folder.getDirectoryHandle('data 100%', { create: true });
  const file = await data.getFileHandle('%41.csv', { create: true });
  const stream = await file.createWritable();
  await stream.write('a,b');
  await stream.close();
  const store = openStore(folder);
  expect(await pathsOf(store, '')).toEqual(['data 100%/%41.csv']);
  expect(textOf(await store.read('data 100%/%41.csv', LIVE))).toBe('a,b');
  expect(await store.head('data 100%/%41.csv', LIVE)).toMatchObject({ size: 3, lastModified: expect.any(Number) });
});

test('a folder that may only be read has no way to write', async () => {
  const folder = await freshFolder();
  await fill(openStore(folder), { a: bytesOf('x') });
  const store = localFolderStore(folder, { name: 'mine', writable: false, ownsFolders: false });
  expect(isWritable(store)).toBe(false);
  expect(textOf(await store.read('a', LIVE))).toBe('x');
});

test('folders of the person stay when they are emptied', async () => {
  const folder = await freshFolder();
  await fill(openStore(folder), { 'inbox/new.csv': bytesOf('1') });
  const store = localFolderStore(folder, { name: 'mine', writable: true, ownsFolders: false });
  await store.remove?.('inbox/new.csv', LIVE);
  expect(await collect(folder.keys())).toEqual(['inbox']);
});

test('a permission that was lost asks to reconnect the folder', async () => {
  const store = openStore(closed(await freshFolder()));
  const lost = {
    kind: 'StoragePermissionDenied',
    code: 3002,
    message: 'the folder of local://mine/ is not open to this page',
    hint: hint('reconnect'),
  };
  await expect(collect(store.list('', LIVE))).rejects.toMatchObject(lost);
  await expect(store.head('a', LIVE)).rejects.toMatchObject(lost);
  await expect(store.read('a', LIVE)).rejects.toMatchObject(lost);
  await expect(store.write('a', bytesOf('x'), { ifAbsent: false, signal: LIVE })).rejects.toMatchObject(lost);
  await expect(store.remove('a', LIVE)).rejects.toMatchObject(lost);
});

test('names that a disk cannot hold are refused when written and missing when read', async () => {
  const store = openStore(await freshFolder());
  for (const path of ['../a', 'a/../b', 'a//b', './a', 'a\\b']) {
    await expect(store.write(path, bytesOf('x'), { ifAbsent: false, signal: LIVE }), path).rejects.toMatchObject({
      kind: 'BadArguments',
    });
    expect(await store.head(path, LIVE), path).toBeUndefined();
  }
  expect(await pathsOf(store, '')).toEqual([]);
});

test('what is being written, here or elsewhere, is not listed', async () => {
  const folder = await freshFolder();
  const store = openStore(folder);
  const other = await (await folder.getFileHandle('other.csv', { create: true })).createWritable();
  await other.write('half');
  expect(await pathsOf(store, '')).toEqual(['other.csv']);
  await other.close();
  await folder.getFileHandle(`.boathouse-tmp-${crypto.randomUUID()}-1`, { create: true });
  expect(await pathsOf(store, '')).toEqual(['other.csv']);
  await store.write('mine.csv', bytesOf('x'), { ifAbsent: true, signal: LIVE });
  expect(await collect(folder.keys())).toEqual(expect.arrayContaining(['mine.csv', 'other.csv']));
  expect((await collect(folder.keys())).filter((name) => name.startsWith('.boathouse'))).toEqual([]);
});
