import { toSqlError } from '../../engine/index.ts';
import { type Store, store } from '../lib/store.ts';
import { queryClient } from './client.ts';
import { keys, refresh } from './keys.ts';
import { removeStatement } from './staged-file.ts';
import { folderFiles, isRemote, MOST_REMOTE_FILES, type Stage, type StagedFile } from './stages.ts';
import { execute } from './statements.ts';

/** Files that go away soon; until then they are only out of sight. */
export interface Removal {
  readonly id: number;
  readonly stage: string;
  readonly folder: string;
  readonly files: readonly StagedFile[];
}

export const UNDO_SECONDS = 10;

export const removals: Store<readonly Removal[]> = store<readonly Removal[]>([]);

const timers = new Map<number, ReturnType<typeof setTimeout>>();
let last = 0;

/** Hides files of a folder and removes them when nobody has undone it by then. Gives the way to undo it. */
export function removeSoon(
  what: { readonly stage: Stage; readonly folder: string; readonly files: readonly StagedFile[] },
  onFailed: (message: string) => void,
): () => void {
  const { stage, folder, files } = what;
  const removal: Removal = { id: ++last, stage: stage.name, folder, files };
  removals.set([...removals.get(), removal]);
  const run = async () => {
    timers.delete(removal.id);
    try {
      const names = await unchanged(stage, removal);
      if (names.length > 0)
        await execute(removeStatement(stage.name, folder, names), { signal: new AbortController().signal });
    } catch (error) {
      onFailed(toSqlError(error).message);
    }
    await refresh(queryClient, keys.stage(stage.name));
    forget(removal.id);
  };
  timers.set(
    removal.id,
    setTimeout(() => void run(), UNDO_SECONDS * 1000),
  );
  return () => {
    clearTimeout(timers.get(removal.id));
    if (timers.delete(removal.id)) forget(removal.id);
  };
}

function forget(id: number): void {
  removals.set(removals.get().filter((one) => one.id !== id));
}

/** Names of those that nobody has written anew meanwhile. */
async function unchanged(stage: Stage, { folder, files }: Removal): Promise<readonly string[]> {
  const now = await filesNow(stage, { folder, files });
  const versionOf = ({ path, size, hash, modifiedAt }: StagedFile) =>
    [path, size, hash, modifiedAt?.getTime()].join(' ');
  const versions = new Set(now.map(versionOf));
  return files.filter((file) => versions.has(versionOf(file))).map(({ path }) => path.slice(folder.length));
}

/** The files of the folder that are there now; in a bucket only those up to the last one that is to be removed. */
async function filesNow(stage: Stage, { folder, files }: Pick<Removal, 'folder' | 'files'>) {
  const wanted = new Set(files.map(({ path }) => path));
  const found: StagedFile[] = [];
  let part: readonly StagedFile[];
  do {
    part = await queryClient.fetchQuery({ ...folderFiles(stage, folder, found.at(-1)?.path), staleTime: 0 });
    found.push(...part);
    for (const { path } of part) wanted.delete(path);
  } while (wanted.size > 0 && isRemote(stage) && part.length === MOST_REMOTE_FILES);
  return found;
}

/** Whether a file is out of sight. One that was written anew is not. */
export function isRemoved(all: readonly Removal[], stage: string, { path, modifiedAt }: StagedFile): boolean {
  const isSame = (file: StagedFile) => file.path === path && file.modifiedAt?.getTime() === modifiedAt?.getTime();
  return all.some((removal) => removal.stage === stage && removal.files.some(isSame));
}
