import { SqlError } from '../base/errors.ts';
import { isNamed } from '../stores/common/handles.ts';
import type { Archive, Renewal, RestoreOptions, WarehouseFile } from './api.ts';
import type { Connection } from './connection.ts';
import { RENEWAL_LOCK } from './wire.ts';

const CHANNEL = 'boathouse/renewal';

/** Files that are written at a time. */
const AT_ONCE = 4;

export function openArchive(connection: Connection): Archive {
  const channel = new BroadcastChannel(CHANNEL);
  return {
    files: (signal) => connection.call<readonly WarehouseFile[]>({ method: 'warehouseFiles' }, { signal }),
    restore: (files, options) =>
      alone(async () => {
        const place = await connection.call<string>({ method: 'reservePlace' });
        try {
          await putAll(connection, { place, files }, options);
          await connection.call({ method: 'adoptPlace', place }, options);
        } catch (error) {
          // What cannot be removed now is removed when the engine starts anew.
          await connection.call({ method: 'discardPlace', place }).catch(() => {});
          throw error;
        }
        channel.postMessage('Replaced' satisfies Renewal['kind']);
      }),
    erase: () =>
      alone(async () => {
        channel.postMessage('Erased' satisfies Renewal['kind']);
        connection.end();
        await removeDatabases();
        await emptyFileSystem();
      }),
    onRenewal(listener) {
      const onMessage = ({ data }: MessageEvent<Renewal['kind']>) => {
        if (data === 'Erased') connection.end();
        listener({ kind: data, over: navigator.locks.request(RENEWAL_LOCK, () => {}) });
      };
      channel.addEventListener('message', onMessage);
      return () => channel.removeEventListener('message', onMessage);
    },
  };
}

function alone<Value>(work: () => Promise<Value>): Promise<Value> {
  return navigator.locks.request(RENEWAL_LOCK, { ifAvailable: true }, (lock) => {
    if (lock) return work();
    throw new SqlError('InvalidOperation', 'another tab is bringing a workspace back or erasing it');
  });
}

interface Restored {
  readonly place: string;
  readonly files: AsyncIterable<WarehouseFile>;
}

async function putAll(
  connection: Connection,
  { place, files }: Restored,
  { signal, onFile }: RestoreOptions,
): Promise<void> {
  const writing = new Set<Promise<void>>();
  try {
    for await (const file of files) {
      signal.throwIfAborted();
      if (writing.size >= AT_ONCE) await Promise.race(writing);
      const written = connection.call({ method: 'putFile', place, file }, { signal }).then(() => onFile(file));
      writing.add(written);
      void written.then(
        () => writing.delete(written),
        () => {},
      );
    }
    await Promise.all(writing);
  } finally {
    await Promise.allSettled(writing);
  }
}

async function removeDatabases(): Promise<void> {
  const databases = await indexedDB.databases();
  const names = databases.flatMap(({ name }) => (name?.startsWith('boathouse.') ? [name] : []));
  await Promise.all(names.map(removeDatabase));
}

/** Waits for other pages to let go of it, which they do when they are asked. */
function removeDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}

const ATTEMPTS = 50;
const PAUSE_MILLISECONDS = 100;

/** Engines that were just ended may hold their files a moment longer. */
async function emptyFileSystem(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  for (let attempt = 1; ; attempt++) {
    try {
      const names: string[] = [];
      for await (const name of root.keys()) names.push(name);
      for (const name of names) await root.removeEntry(name, { recursive: true });
      return;
    } catch (error) {
      const isHeld = isNamed(error, 'NoModificationAllowedError', 'InvalidModificationError', 'NotFoundError');
      if (!isHeld || attempt === ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
  }
}
