import { hint } from '../base/hints.ts';
import { piecesOf } from './common/bytes.ts';
import { handleStore } from './common/handle-store.ts';
import { plainNames } from './common/names.ts';
import type { ObjectStore } from './store.ts';

const TEMPORARY = '.boathouse-tmp-';
/** What browsers write into before they swap it with the file. */
const SWAP = '.crswap';

export interface LocalFolderOptions {
  /** As in `local://<name>/`; stands in messages. */
  readonly name: string;
  /** Whether the user let the page write; a store that may only read has neither `write` nor `remove`. */
  readonly writable: boolean;
  /** Whether nobody but the store makes folders in it: then it removes those that it empties. */
  readonly ownsFolders: boolean;
}

/** The files of a folder of this device that the user chose. Their names are the paths; what the disk refuses, it refuses. */
export function localFolderStore(folder: FileSystemDirectoryHandle, options: LocalFolderOptions): ObjectStore {
  const store = handleStore({
    codec: plainNames((name) => name.startsWith(TEMPORARY) || name.endsWith(SWAP)),
    ownsFolders: options.ownsFolders,
    temporaryPrefix: TEMPORARY,
    lockScope: `local/${folder.name}`,
    writeFile,
    closed: {
      message: `the folder of local://${options.name}/ is not open to this page`,
      hint: hint('reconnect'),
    },
    openRoot: async () => folder,
  });
  if (options.writable) return store;
  const { list, head, read } = store;
  return { list, head, read };
}

async function writeFile(
  handle: FileSystemFileHandle,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const stream = await handle.createWritable();
  try {
    for await (const piece of piecesOf(bytes, signal)) await stream.write(new Uint8Array(piece));
    await stream.close();
  } catch (error) {
    await stream.abort().catch(() => {}); // Already broken by the same error.
    throw error;
  }
}
