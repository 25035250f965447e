import { type ChildProcess, fork } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { expect, onTestFinished, test } from 'vitest';
import { bytesOf, fill, LIVE, pathsOf, textOf } from './common/contract-kit.ts';
import { writableStoreContract } from './contract.ts';
import { directoryStore } from './directory.ts';

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'boathouse-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const openStore = (folder: string) => directoryStore(folder, { ownsFolders: true });

writableStoreContract('a directory store', async (objects) => fill(openStore(await freshFolder()), objects));

test('a folder that is not there yet is empty, and made by the first write', async () => {
  const store = openStore(join(await freshFolder(), 'a', 'b'));
  expect(await pathsOf(store, '')).toEqual([]);
  await store.write('x', bytesOf('1'), { ifAbsent: true, signal: LIVE });
  expect(await pathsOf(store, '')).toEqual(['x']);
});

test('no path leads out of the folder', async () => {
  const folder = await freshFolder();
  await writeFile(join(folder, 'secret'), 'x');
  const store = openStore(join(folder, 'inner'));
  const refused = {
    kind: 'BadArguments',
    message: expect.stringMatching(/^stage path traversal is not allowed by stage_path_traversal_policy: /),
  };
  for (const path of ['../secret', 'a/../../secret', 'a/..', '..']) {
    await expect(store.read(path, LIVE), path).rejects.toMatchObject(refused);
    await expect(store.head(path, LIVE), path).rejects.toMatchObject(refused);
    await expect(store.remove(path, LIVE), path).rejects.toMatchObject(refused);
    const options = { ifAbsent: false, signal: LIVE };
    await expect(store.write(path, bytesOf('y'), options), path).rejects.toMatchObject(refused);
  }
  await expect(pathsOf(store, '../')).rejects.toMatchObject(refused);
  expect(await readdir(folder)).toEqual(['secret']);
});

test('paths that no file can have are missing when read and refused when written', async () => {
  const store = await fill(openStore(await freshFolder()), { 'a/b': bytesOf('x') });
  for (const path of ['a//b', './a/b', '/a/b', 'a/b/', 'a/\0']) {
    expect(await store.head(path, LIVE), path).toBeUndefined();
    await expect(store.read(path, LIVE), path).rejects.toMatchObject({ kind: 'StorageNotFound' });
    const options = { ifAbsent: false, signal: LIVE };
    await expect(store.write(path, bytesOf('y'), options), path).rejects.toMatchObject({ kind: 'BadArguments' });
  }
  const long = 'x'.repeat(300);
  expect(await store.head(long, LIVE)).toBeUndefined();
  await expect(store.write(long, bytesOf('y'), { ifAbsent: false, signal: LIVE })).rejects.toMatchObject({
    kind: 'BadArguments',
  });
});

test('links are followed to files and folders, in no circle, and broken ones are not there', async () => {
  const folder = await freshFolder();
  const outside = await freshFolder();
  await writeFile(join(outside, 'file'), 'linked');
  await mkdir(join(folder, 'a'));
  await writeFile(join(folder, 'a', 'own'), 'own');
  await symlink(outside, join(folder, 'a', 'out'));
  await symlink(join(outside, 'file'), join(folder, 'a', 'one'));
  await symlink('..', join(folder, 'a', 'circle'));
  await symlink('nowhere', join(folder, 'a', 'broken'));
  const store = openStore(folder);
  expect(await pathsOf(store, '')).toEqual(['a/one', 'a/out/file', 'a/own']);
  expect(textOf(await store.read('a/one', LIVE))).toBe('linked');
  expect(await store.head('a/broken', LIVE)).toBeUndefined();
});

test('folders that others made stay when they are emptied', async () => {
  const folder = await freshFolder();
  const store = await fill(directoryStore(folder, { ownsFolders: false }), { 'inbox/new.csv': bytesOf('1') });
  await store.remove('inbox/new.csv', LIVE);
  expect(await readdir(folder)).toEqual(['inbox']);
  const owner = await fill(openStore(folder), { 'inbox/b/c': bytesOf('1') });
  await owner.remove('inbox/b/c', LIVE);
  expect(await readdir(folder)).toEqual([]);
});

test('what ended processes left half written is not listed and goes with the next write', async () => {
  const folder = await freshFolder();
  const host = hostname().replace(/[^\w.]/g, '_');
  const dead = `.boathouse-tmp-${host}-999999999-${crypto.randomUUID()}`;
  const alive = `.boathouse-tmp-${host}-${process.pid}-${crypto.randomUUID()}`;
  const elsewhere = `.boathouse-tmp-another.machine-999999999-${crypto.randomUUID()}`;
  for (const name of [dead, alive, elsewhere]) await writeFile(join(folder, name), 'half');
  const store = openStore(folder);
  expect(await pathsOf(store, '')).toEqual([]);
  await store.write('x', bytesOf('1'), { ifAbsent: true, signal: LIVE });
  expect((await readdir(folder)).sort()).toEqual([alive, elsewhere, 'x'].sort());
});

test('a file where a folder is needed, and a folder where a file is, are told', async () => {
  const store = await fill(openStore(await freshFolder()), { 'a/b': bytesOf('x') });
  for (const path of ['a', 'a/b/c', 'a/b/c/d']) {
    await expect(store.write(path, bytesOf('y'), { ifAbsent: false, signal: LIVE }), path).rejects.toMatchObject({
      kind: 'StorageOther',
      message: expect.stringContaining(`file '${path}' cannot be written`),
    });
  }
  expect(await pathsOf(store, '')).toEqual(['a/b']);
});

test.runIf(process.platform === 'linux')('what the system keeps closed is refused', async () => {
  const options = { ifAbsent: false, signal: LIVE };
  await expect(openStore('/sys').write('x', bytesOf('x'), options)).rejects.toMatchObject({
    kind: 'StoragePermissionDenied',
    code: 3002,
    message: expect.stringContaining("file 'x': EACCES"),
  });
});

/** Claims versions one after the other until it holds or has lost them all, and sends those it won. */
const RACER = `
  import { directoryStore } from './directory.js';
  const [folder, name, versions] = process.argv.slice(2);
  const store = directoryStore(folder, { ownsFolders: true });
  const { signal } = new AbortController();
  process.send('ready');
  await new Promise((resolve) => process.once('message', resolve));
  const won = [];
  for (let version = 0; version < Number(versions); version++) {
    const claim = store.write('log/' + version, Buffer.from(name), { ifAbsent: true, signal });
    await claim.then(() => won.push(version), (error) => {
      if (error.kind !== 'InvalidOperation') throw error;
    });
  }
  process.send(won, () => process.disconnect());
`;

test('of two processes that race for a path exactly one wins', async () => {
  const folder = await freshFolder();
  const bundle = await freshFolder();
  await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: join(import.meta.dirname, 'directory.ts'), outDir: bundle, emptyOutDir: true },
  });
  await writeFile(join(bundle, 'package.json'), '{"type":"module"}');
  await writeFile(join(bundle, 'racer.js'), RACER);
  const racers = ['left', 'right'].map((name) => fork(join(bundle, 'racer.js'), [folder, name, '200']));
  const message = (racer: ChildProcess) => new Promise<unknown>((resolve) => racer.once('message', resolve));
  await Promise.all(racers.map(message));
  const results = racers.map(message);
  for (const racer of racers) racer.send('go');
  const [left, right] = await Promise.all(results);
  if (!Array.isArray(left) || !Array.isArray(right)) throw new Error('a racer told no result');
  expect([...left, ...right].sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => i));
  const store = openStore(folder);
  for (const version of left) expect(textOf(await store.read(`log/${version}`, LIVE))).toBe('left');
  for (const version of right) expect(textOf(await store.read(`log/${version}`, LIVE))).toBe('right');
});
