import type { RecordBatch } from 'apache-arrow';
import { SqlError } from '../base/errors.ts';
import type { ListedFile } from '../stores/file-list.ts';
import type { Change, Engine, EngineInfo, StorageInfo } from './api.ts';
import { openArchive } from './client-archive.ts';
import { openSession, readIpc } from './client-session.ts';
import { type Connection, openConnection } from './connection.ts';
import { readMount } from './mounts.ts';
import { openVault, type Vault } from './vault/vault.ts';
import type { Call } from './wire.ts';

/** Starts the engine in a worker of its own, at once or when `begin` is there. */
export function connect(begin: Promise<void> = Promise.resolve()): Engine {
  const listeners = new Set<(changes: readonly Change[]) => void>();
  const watchers = new Set<(origin: string, bytes: number) => void>();
  const connection = openConnection(
    {
      changes: (changes) => {
        for (const listener of listeners) listener(changes);
      },
      traffic: (origin, bytes) => {
        for (const watcher of watchers) watcher(origin, bytes);
      },
    },
    begin,
  );
  return {
    ready: connection.call<EngineInfo>({ method: 'start' }),
    session: () => openSession(connection),
    rows: (result, start, count, signal) => readRows(connection, { result, start, count }, signal),
    forget: (result) => connection.tell({ method: 'forget', result }),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onTraffic: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    allow: allowance(connection),
    ...offers(connection),
    take: (path) => connection.call({ method: 'take', path }),
    leave: (path) => connection.call({ method: 'leave', path }),
    mount: (name, folder) => connection.call({ method: 'mount', name, folder }),
    mountFiles: fileFolders(connection),
    mounted: readMount,
    vault: lentVault(connection),
    archive: openArchive(connection),
    flush: () => connection.tell({ method: 'flush' }),
    storage: () => connection.call<StorageInfo>({ method: 'storage' }),
  };
}

/** A worker that takes the place of another is lent the same keys. */
function lentVault(connection: Connection): Vault {
  let last: Call | undefined;
  connection.onRestart(() => (last ? [last] : []));
  return openVault((keys) => {
    last = { method: 'vault', keys };
    connection.tell(last);
  });
}

function fileFolders(connection: Connection): Engine['mountFiles'] {
  const folders = new Map<string, readonly ListedFile[]>();
  connection.onRestart(() => [...folders].map(([name, files]) => ({ method: 'mountFiles', name, files }) as const));
  return (name, files) => {
    folders.set(name, files);
    connection.tell({ method: 'mountFiles', name, files });
  };
}

/** A worker that takes the place of another is told the same. */
function allowance(connection: Connection): Engine['allow'] {
  let last: Call | undefined;
  connection.onRestart(() => (last ? [last] : []));
  return (origins) => {
    last = { method: 'allow', origins };
    connection.tell(last);
  };
}

function offers(connection: Connection): Pick<Engine, 'offer' | 'withdraw' | 'hold'> {
  const offered = new Map<string, File>();
  connection.onRestart(() => [...offered].map(([url, file]) => ({ method: 'offer', url, file }) as const));
  return {
    offer: (file) => {
      let url = `browser:///${file.name}`;
      // Two files of one name are two offers; PUT takes the name behind the last slash.
      for (let i = 1; offered.has(url); i++) url = `browser:///${i}/${file.name}`;
      offered.set(url, file);
      connection.tell({ method: 'offer', url, file });
      return url;
    },
    withdraw: (url) => {
      offered.delete(url);
      connection.tell({ method: 'withdraw', url });
    },
    hold: (url, isHeld) => connection.tell({ method: 'hold', url, isHeld }),
  };
}

interface Page {
  readonly result: string;
  readonly start: number;
  readonly count: number;
}

async function readRows(connection: Connection, page: Page, signal: AbortSignal): Promise<RecordBatch> {
  const [batch] = readIpc(await connection.call<Uint8Array>({ method: 'rows', ...page }, { signal }));
  if (!batch) throw new SqlError('Internal', 'a page came without its rows');
  return batch;
}
