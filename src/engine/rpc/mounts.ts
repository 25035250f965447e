import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';

const NAME = 'boathouse.mounts';
const STORE = 'folders';

/** Folders that a person has given to the page, by name; the browser asks again when it has forgotten that it may. */
function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
}

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export async function saveMount(name: string, folder: FileSystemDirectoryHandle): Promise<void> {
  const store = (await database()).transaction(STORE, 'readwrite').objectStore(STORE);
  await settled(store.put(folder, name));
}

export async function readMount(name: string): Promise<FileSystemDirectoryHandle> {
  const store = (await database()).transaction(STORE, 'readonly').objectStore(STORE);
  const folder = await settled<FileSystemDirectoryHandle | undefined>(store.get(name));
  if (folder) return folder;
  throw new SqlError('StorageNotFound', `no folder is mounted as ${name}`, {
    hint: hint('mountAgain'),
  });
}
