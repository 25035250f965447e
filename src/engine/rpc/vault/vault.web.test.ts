import { beforeEach, expect, test, vi } from 'vitest';
import { openVault, type Vault } from './vault.ts';
import { type WorkerSecrets, workerSecrets } from './worker-secrets.ts';

const SECRETS = { access_key_id: 'AKIAOPENSESAME', secret_access_key: 'hush/hush+hush' };
const OWNER = 'connection/7';
const LOCKED = { kind: 'StoragePermissionDenied', message: 'the vault is locked' };

interface Tab {
  readonly vault: Vault;
  readonly secrets: WorkerSecrets;
  /** Another worker in the place of the one that was ended. */
  restart(): WorkerSecrets;
}

async function openTab(): Promise<Tab> {
  const secrets = workerSecrets();
  let replay = (_worker: WorkerSecrets) => {};
  const vault = openVault((keys) => {
    secrets.use(keys);
    replay = (worker) => worker.use(keys);
  });
  await secrets.get(OWNER).catch(() => undefined);
  return {
    vault,
    secrets,
    restart: () => {
      const next = workerSecrets();
      replay(next);
      return next;
    },
  };
}

/** Every byte of the vault's database, as text. */
async function everything(): Promise<string> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('boathouse.vault');
    request.onsuccess = () => resolve(request.result);
  });
  const records = await Promise.all(
    [...database.objectStoreNames].map(
      (name) =>
        new Promise<unknown[]>((resolve) => {
          const request = database.transaction(name).objectStore(name).getAll();
          request.onsuccess = () => resolve(request.result);
        }),
    ),
  );
  database.close();
  const texts = records.flat().flatMap((record) => {
    if (typeof record !== 'object' || record === null) return [String(record)];
    const parts: unknown[] = Object.values(record);
    return parts.map((part) => (part instanceof ArrayBuffer ? new TextDecoder().decode(part) : String(part)));
  });
  return texts.join('\n');
}

beforeEach(async () => {
  const { vault } = await openTab();
  const { isLocked } = await vault.state();
  if (isLocked) await vault.unlock('open sesame');
  await vault.keep('session');
});

test('secrets of a session outlive its worker', async () => {
  const one = await openTab();
  await one.secrets.set(OWNER, SECRETS);
  expect(await one.restart().get(OWNER)).toEqual(SECRETS);
  expect(await everything()).not.toMatch(/OPENSESAME|hush/);
  await one.secrets.remove(OWNER);
  expect(await one.secrets.get(OWNER)).toBeUndefined();
});

test('tabs that are open find the secrets of each other, and take them away', async () => {
  const [one, two] = [await openTab(), await openTab()];
  await one.secrets.set(OWNER, SECRETS);
  const three = await openTab();
  for (const other of [two, three]) await expect.poll(() => other.secrets.get(OWNER)).toEqual(SECRETS);
  expect(await two.vault.state()).toEqual({ keeping: 'session', isLocked: false, count: 1 });
  const newer = { ...SECRETS, secret_access_key: 'newer' };
  await three.secrets.set(OWNER, newer);
  expect(await one.secrets.get(OWNER)).toEqual(newer);
  await two.secrets.remove(OWNER);
  expect(await three.secrets.get(OWNER)).toBeUndefined();
});

test('the secrets of a tab end with it', async () => {
  const [one, two] = [await openTab(), await openTab()];
  await one.secrets.set(OWNER, SECRETS);
  await expect.poll(() => two.secrets.get(OWNER)).toEqual(SECRETS);
  const query = vi.spyOn(navigator.locks, 'query').mockResolvedValue({ held: [] });
  expect(await two.secrets.get(OWNER)).toBeUndefined();
  query.mockRestore();
});

test('a tab that opens while another one clears up keeps its secrets', async () => {
  const { query } = navigator.locks;
  let opening: Promise<Tab> | undefined;
  const openAnother = async () => {
    const tab = await openTab();
    await tab.secrets.set(OWNER, SECRETS);
    return tab;
  };
  const clearing = vi.spyOn(navigator.locks, 'query').mockImplementationOnce(async () => {
    const held = await query.call(navigator.locks);
    opening = openAnother();
    await opening;
    return held;
  });
  await openTab();
  await expect.poll(() => clearing.mock.settledResults.length).toBeGreaterThan(1);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await (await opening)?.secrets.get(OWNER)).toEqual(SECRETS);
  clearing.mockRestore();
});

test('secrets that are kept in the browser are there in every tab, sealed', async () => {
  const [one, two] = [await openTab(), await openTab()];
  await one.secrets.set(OWNER, SECRETS);
  await one.vault.keep('browser');
  expect(await two.secrets.get(OWNER)).toEqual(SECRETS);
  expect(await everything()).not.toMatch(/OPENSESAME|hush/);
  await two.secrets.remove(OWNER);
  expect(await one.secrets.get(OWNER)).toBeUndefined();
});

test('behind a passphrase each tab is unlocked by itself, and can be locked again', async () => {
  const one = await openTab();
  await one.secrets.set(OWNER, SECRETS);
  await one.vault.keep('passphrase', 'open sesame');
  expect(await one.secrets.get(OWNER)).toEqual(SECRETS);
  const two = await openTab();
  expect(await two.vault.state()).toEqual({ keeping: 'passphrase', isLocked: true, count: 1 });
  await expect(two.secrets.get(OWNER)).rejects.toMatchObject(LOCKED);
  await expect(two.secrets.set('connection/8', SECRETS)).rejects.toMatchObject(LOCKED);
  expect(await two.secrets.get('connection/9')).toBeUndefined();
  expect(await two.vault.unlock('open barley')).toBe(false);
  expect(await two.vault.unlock('open sesame')).toBe(true);
  expect(await two.secrets.get(OWNER)).toEqual(SECRETS);
  expect(await two.restart().get(OWNER)).toEqual(SECRETS);
  expect(await everything()).not.toMatch(/OPENSESAME|hush|sesame/);
  two.vault.lock();
  await expect.poll(() => two.secrets.get(OWNER).catch(({ message }) => message)).toBe(LOCKED.message);
});
