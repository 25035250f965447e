const NAME = 'boathouse.console';
const VERSION = 5;

const WORKSHEETS = 'worksheets';
const KEYS = 'keys';
const LINKS = 'links';
const VERSIONS = 'versions';
const PROFILES = 'profiles';
const RUNS = 'runs';

export type StoreName =
  | typeof WORKSHEETS
  | typeof KEYS
  | typeof LINKS
  | typeof VERSIONS
  | typeof PROFILES
  | typeof RUNS;

let opened: Promise<IDBDatabase> | undefined;

/** What the console itself keeps in this browser; the warehouse has its own place. */
function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const present = request.result.objectStoreNames;
      for (const name of [WORKSHEETS, KEYS, LINKS, VERSIONS, PROFILES, RUNS])
        if (!present.contains(name)) request.result.createObjectStore(name);
    };
    request.onsuccess = () => {
      // Another tab has a newer version of the console: it may go on.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opened;
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function objectStore(name: StoreName, mode: IDBTransactionMode): Promise<IDBObjectStore> {
  return (await database()).transaction(name, mode).objectStore(name);
}

export async function getRecord(name: StoreName, key: string): Promise<unknown> {
  return settled(await objectStore(name, 'readonly').then((records) => records.get(key)));
}

export async function allRecords(name: StoreName): Promise<readonly unknown[]> {
  return settled<unknown[]>(await objectStore(name, 'readonly').then((records) => records.getAll()));
}

export async function putRecord(name: StoreName, key: string, value: unknown): Promise<void> {
  await settled(await objectStore(name, 'readwrite').then((records) => records.put(value, key)));
}

/** Puts the value unless another tab was first; gives what is there. */
export async function putIfAbsent(name: StoreName, key: string, value: unknown): Promise<unknown> {
  const records = await objectStore(name, 'readwrite');
  const present = await settled<unknown>(records.get(key));
  if (present !== undefined) return present;
  await settled(records.put(value, key));
  return value;
}

/** Puts the value where a condition on what is there holds; gives what is there where it does not. */
export async function replaceRecord(
  name: StoreName,
  key: string,
  value: unknown,
  when: (present: unknown) => boolean,
): Promise<unknown> {
  const records = await objectStore(name, 'readwrite');
  const present = await settled<unknown>(records.get(key));
  if (!when(present)) return present;
  await settled(records.put(value, key));
  return undefined;
}

/** Changes what is there, if anything is. */
export async function changeRecord(name: StoreName, key: string, change: (present: unknown) => unknown): Promise<void> {
  const records = await objectStore(name, 'readwrite');
  const present = await settled<unknown>(records.get(key));
  if (present !== undefined) await settled(records.put(change(present), key));
}

export async function deleteRecord(name: StoreName, key: string): Promise<void> {
  await settled(await objectStore(name, 'readwrite').then((records) => records.delete(key)));
}
