import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import type { LocalFile, LocalFiles } from '../statements/context.ts';
import { decodePath } from '../stores/common/urls.ts';
import { fileListStore } from '../stores/file-list.ts';
import { type OpenUrl, type StorePath, urlOpener } from '../stores/index.ts';
import { localFolderStore } from '../stores/local-folder.ts';
import { opfsStore, opfsTree } from '../stores/opfs.ts';
import type { ObjectStore } from '../stores/store.ts';
import { type Gate, gate } from './gate.ts';
import { readMount, saveMount } from './mounts.ts';
import type { PageFiles } from './server.ts';

export interface WorkerFiles extends Omit<PageFiles, 'lend' | 'allow'> {
  readonly localFiles: LocalFiles;
  readonly openUrl: OpenUrl;
}

/** Files and folders that the page has handed to its worker. */
export function pageFiles(scratch: Promise<string>, fetch?: typeof globalThis.fetch): WorkerFiles {
  const offered = new Map<string, Offer>();
  const received = scratch.then((folder) => `${folder}/received`);
  const folders = new Map<string, ObjectStore>();
  const left = async (url: string) => ({ store: opfsStore(await received), path: url.slice(DOWNLOADS.length) });
  return {
    offer: (url, file) => {
      offered.set(url, { file, gate: gate() });
    },
    withdraw: (url) => {
      offered.delete(url);
    },
    hold: (url, isHeld) => offered.get(url)?.gate.hold(isHeld),
    take: async (path) => {
      const file = await opfsTree(await received).file(path);
      if (file) return file;
      throw new SqlError('StorageNotFound', `no file ${path} was left for this page`);
    },
    leave: async (path) => {
      await opfsStore(await received).remove(path, new AbortController().signal);
    },
    mount: saveMount,
    mountFiles: (name, files) => {
      folders.set(name, fileListStore(files));
    },
    storage: async () => {
      const { usage = 0, quota = 0 } = await navigator.storage.estimate();
      return { usedBytes: usage, quotaBytes: quota, persisted: await navigator.storage.persisted() };
    },
    localFiles: {
      sources: async (url) => [localFile(offered.get(url), url)],
      target: async (url) => {
        if (url.startsWith(DOWNLOADS) && url.endsWith('/')) return left(url);
        throw new SqlError('StorageUnsupported', 'a page cannot write to the disk by itself', {
          hint: hint('downloadInstead'),
        });
      },
    },
    openUrl: urlOpener(
      {
        local: (url) => openMount(url, folders),
        browser: async (url) => ({ ...(await left(url)), listable: true, passing: true }),
      },
      fetch,
    ),
  };
}

interface Offer {
  readonly file: File;
  readonly gate: Gate;
}

function localFile(offer: Offer | undefined, url: string): LocalFile {
  if (!offer) {
    throw new SqlError('StorageNotFound', `${url} is not offered by this page`, {
      hint: hint('dropFile'),
    });
  }
  const { file, gate: held } = offer;
  return { name: file.name, size: file.size, bytes: (signal) => chunksOf(file, () => held.passed(signal)) };
}

/** Where GET and COPY INTO leave files for the page to take. */
const DOWNLOADS = 'browser:///';

const CHUNK = 4 * 1024 * 1024;

/** `passed` is waited for before each piece. */
export async function* chunksOf(file: Blob, passed?: () => Promise<void>): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += CHUNK) {
    await passed?.();
    yield new Uint8Array(await file.slice(at, at + CHUNK).arrayBuffer());
  }
}

/** `local://<mount>/path` */
async function openMount(url: string, lists: ReadonlyMap<string, ObjectStore>): Promise<StorePath> {
  const [, name = '', path = ''] = /^local:\/\/([^/]+)\/?(.*)$/.exec(url) ?? [];
  const listed = lists.get(name);
  if (listed) return { store: listed, path: decodePath(path), listable: true };
  const folder = await readMount(name);
  const store = localFolderStore(folder, { name, writable: await mayWrite(folder), ownsFolders: false });
  return { store, path: decodePath(path), listable: true };
}

/** Chromium's permission of a folder; other browsers have no such folders. */
async function mayWrite(folder: FileSystemDirectoryHandle): Promise<boolean> {
  const asked = folder as { queryPermission?: (how: { mode: 'readwrite' }) => Promise<PermissionState> };
  return (await asked.queryPermission?.({ mode: 'readwrite' })) === 'granted';
}
