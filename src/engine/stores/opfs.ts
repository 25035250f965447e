import { hint } from '../base/hints.ts';
import { piecesOf } from './common/bytes.ts';
import { handleStore } from './common/handle-store.ts';
import { type HandleTree, handleTree } from './common/handles.ts';
import { safeNames } from './common/names.ts';
import type { WritableStore } from './store.ts';

/**
 * Objects in a folder of the browser's Origin Private File System; any text is a path, except that an object cannot
 * have the path of a folder of another. Works in a dedicated worker only, where files can be written and flushed
 * without a copy. Several workers and pages may use one folder: see `handleStore` for what `ifAbsent` rests on.
 */
export function opfsStore(folder: string): WritableStore {
  return handleStore({
    codec: safeNames,
    ownsFolders: true,
    temporaryPrefix: '%tmp-',
    lockScope: `opfs/${folder}`,
    writeFile,
    closed: {
      message: 'the browser does not let this page keep files',
      hint: hint('letKeep'),
    },
    openRoot: () => openFolder(folder),
  });
}

/** The same objects, to be read as files of the browser. */
export function opfsTree(folder: string): HandleTree {
  return handleTree({ codec: safeNames, ownsFolders: true, openRoot: () => openFolder(folder) });
}

async function openFolder(folder: string): Promise<FileSystemDirectoryHandle> {
  let handle = await navigator.storage.getDirectory();
  for (const name of safeNames.namesOf(folder)) handle = await handle.getDirectoryHandle(name, { create: true });
  return handle;
}

async function writeFile(
  handle: FileSystemFileHandle,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const file = await handle.createSyncAccessHandle();
  try {
    let at = 0;
    for await (const piece of piecesOf(bytes, signal)) {
      for (let done = 0; done < piece.byteLength; ) {
        const written = file.write(done === 0 ? piece : piece.subarray(done), { at });
        if (written === 0) throw new DOMException('the disk takes no more bytes', 'QuotaExceededError');
        done += written;
        at += written;
      }
    }
    file.flush();
  } finally {
    file.close();
  }
}
