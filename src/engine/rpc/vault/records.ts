import type { Secrets } from '../../base/secret-store.ts';

/** Where secrets stay: until the tab is closed, in this browser, or in this browser behind a passphrase. */
export type Keeping = 'session' | 'browser' | 'passphrase';

/** Secrets as they lie on the disk. */
interface Sealed {
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

/** The key behind a passphrase, sealed by what the passphrase comes to. */
interface Lock extends Sealed {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iterations: number;
}

const NAME = 'boathouse.vault';
const SETTINGS = 'settings';
const SEALED = 'sealed';
const CIPHER = { name: 'AES-GCM', length: 256 } as const;
const NONCE_BYTES = 12;
/** What OWASP asks of PBKDF2 with SHA-256. */
const ITERATIONS = 600_000;

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(SETTINGS);
      request.result.createObjectStore(SEALED);
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opened;
}

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

type StoreName = typeof SETTINGS | typeof SEALED;

async function objects(name: StoreName, mode: IDBTransactionMode = 'readonly'): Promise<IDBObjectStore> {
  return (await database()).transaction(name, mode).objectStore(name);
}

/** A key that works here and cannot be taken out of the browser. */
export function newKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey(CIPHER, false, ['encrypt', 'decrypt']);
}

export async function readKeeping(): Promise<Keeping> {
  const kept: unknown = await settled((await objects(SETTINGS)).get('keeping'));
  return kept === 'browser' || kept === 'passphrase' ? kept : 'session';
}

/** The key of this browser profile; made when it is first asked for. Of two tabs that make one, the first wins. */
export async function browserKey(): Promise<CryptoKey> {
  const kept: unknown = await settled((await objects(SETTINGS)).get('browser'));
  if (kept instanceof CryptoKey) return kept;
  const fresh = await newKey();
  const store = await objects(SETTINGS, 'readwrite');
  const first: unknown = await settled(store.get('browser'));
  if (first instanceof CryptoKey) return first;
  await settled(store.put(fresh, 'browser'));
  return fresh;
}

/** A scope is the id of a session, `browser` or `passphrase`. */
const pathOf = (scope: string, owner: string) => `${scope}/${owner}`;

const all = (scope: string) => IDBKeyRange.bound(`${scope}/`, `${scope}/\uffff`);

/** Bound to its place: a record that is moved to another one does not open. */
async function seal(path: string, key: CryptoKey, secrets: Secrets): Promise<Sealed> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const text = new TextEncoder().encode(JSON.stringify(secrets));
  const cipher = { name: CIPHER.name, iv: nonce, additionalData: new TextEncoder().encode(path) };
  return { nonce, bytes: await crypto.subtle.encrypt(cipher, key, text) };
}

async function unseal(path: string, key: CryptoKey, { nonce, bytes }: Sealed): Promise<Secrets> {
  const cipher = { name: CIPHER.name, iv: nonce, additionalData: new TextEncoder().encode(path) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(cipher, key, bytes)));
}

/** Undefined where nothing is kept; throws where it is and no key is given. */
export async function readSecrets(
  scope: string,
  owner: string,
  key: () => Promise<CryptoKey>,
): Promise<Secrets | undefined> {
  const sealed: Sealed | undefined = await settled((await objects(SEALED)).get(pathOf(scope, owner)));
  return sealed && unseal(pathOf(scope, owner), await key(), sealed);
}

export async function writeSecrets(scope: string, owner: string, key: CryptoKey, secrets: Secrets): Promise<void> {
  const sealed = await seal(pathOf(scope, owner), key, secrets);
  await settled((await objects(SEALED, 'readwrite')).put(sealed, pathOf(scope, owner)));
}

export async function removeSecrets(scopes: readonly string[], owner: string): Promise<void> {
  const store = await objects(SEALED, 'readwrite');
  await Promise.all(scopes.map((scope) => settled(store.delete(pathOf(scope, owner)))));
}

/** The scopes in which something is kept. */
export async function listScopes(): Promise<ReadonlySet<string>> {
  const paths = await settled((await objects(SEALED)).getAllKeys());
  return new Set(paths.map((path) => String(path).split('/', 1).join()));
}

export async function removeScope(scope: string): Promise<void> {
  await settled((await objects(SEALED, 'readwrite')).delete(all(scope)));
}

export async function removeAllSecrets(): Promise<void> {
  await settled((await objects(SEALED, 'readwrite')).clear());
}

/** How many owners have secrets. */
export async function countSecrets(scopes: readonly string[]): Promise<number> {
  const store = await objects(SEALED);
  const paths = await Promise.all(scopes.map((scope) => settled(store.getAllKeys(all(scope)))));
  const owners = paths.flatMap((kept, at) =>
    kept.map((path) => String(path).slice(pathOf(scopes[at] ?? '', '').length)),
  );
  return new Set(owners).size;
}

export interface Scope {
  readonly name: string;
  readonly key: CryptoKey;
}

export interface Move {
  readonly from: readonly Scope[];
  readonly to: Scope;
  readonly keeping: Keeping;
  /** Of the passphrase. */
  readonly lock: Lock | undefined;
}

/** Seals all secrets anew and says where they are kept from now on, in one step. */
export async function moveSecrets({ from, to, keeping, lock }: Move): Promise<void> {
  const found = (await Promise.all(from.map(readScope))).flat();
  const moved = await Promise.all(
    found.map(async ([owner, secrets]) => {
      const path = pathOf(to.name, owner);
      return [path, await seal(path, to.key, secrets)] as const;
    }),
  );
  const transaction = (await database()).transaction([SETTINGS, SEALED], 'readwrite');
  const sealed = transaction.objectStore(SEALED);
  for (const { name } of from) sealed.delete(all(name));
  for (const [path, record] of moved) sealed.put(record, path);
  transaction.objectStore(SETTINGS).put(keeping, 'keeping');
  transaction.objectStore(SETTINGS).put(lock, 'lock');
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

async function readScope({ name, key }: Scope): Promise<readonly (readonly [owner: string, secrets: Secrets])[]> {
  const store = await objects(SEALED);
  const [paths, records] = await Promise.all([
    settled(store.getAllKeys(all(name))),
    settled<Sealed[]>(store.getAll(all(name))),
  ]);
  return Promise.all(
    records.map(async (record, index) => {
      const path = String(paths[index]);
      return [path.slice(name.length + 1), await unseal(path, key, record)] as const;
    }),
  );
}

/** A new key, and its lock for a passphrase. */
export async function newLock(passphrase: string): Promise<{ readonly key: CryptoKey; readonly lock: Lock }> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const fresh = await crypto.subtle.generateKey(CIPHER, true, ['encrypt', 'decrypt']);
  const wrapping = await passphraseKey(passphrase, salt, ITERATIONS);
  const bytes = await crypto.subtle.wrapKey('raw', fresh, wrapping, { name: CIPHER.name, iv: nonce });
  const lock = { salt, iterations: ITERATIONS, nonce, bytes };
  return { lock, key: await unlockKey(lock, wrapping) };
}

/** The key behind the passphrase; undefined when it is the wrong one, or there is none. */
export async function openLock(passphrase: string): Promise<CryptoKey | undefined> {
  const lock: Lock | undefined = await settled((await objects(SETTINGS)).get('lock'));
  if (!lock) return undefined;
  try {
    return await unlockKey(lock, await passphraseKey(passphrase, lock.salt, lock.iterations));
  } catch (error) {
    // What the cipher says of bytes that another key has sealed.
    if (error instanceof DOMException && error.name === 'OperationError') return undefined;
    throw error;
  }
}

function unlockKey({ nonce, bytes }: Lock, wrapping: CryptoKey): Promise<CryptoKey> {
  const cipher = { name: CIPHER.name, iv: nonce };
  return crypto.subtle.unwrapKey('raw', bytes, wrapping, cipher, CIPHER, false, ['encrypt', 'decrypt']);
}

async function passphraseKey(passphrase: string, salt: BufferSource, iterations: number): Promise<CryptoKey> {
  const text = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const material = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveKey']);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return crypto.subtle.deriveKey(derivation, material, CIPHER, false, ['wrapKey', 'unwrapKey']);
}
