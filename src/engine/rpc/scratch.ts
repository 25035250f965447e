import { isNamed } from '../stores/common/handles.ts';

/**
 * Folders of the browser's private file system that last as long as one engine: what results spill, and what was saved
 * for the person to download. Each is held by a lock; what a tab has left that was closed or killed has none.
 */

const ROOT = 'scratch';

const lockOf = (name: string) => `boathouse/${ROOT}/${name}`;

/** A folder of our own, until this worker ends. */
export async function ownScratch(): Promise<string> {
  const name = crypto.randomUUID();
  await new Promise<void>((held) => {
    void navigator.locks.request(lockOf(name), () => {
      held();
      return new Promise<never>(() => {});
    });
  });
  return `${ROOT}/${name}`;
}

/** Removes the folders that nobody holds any more. */
export async function sweepScratch(): Promise<void> {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(ROOT, { create: true });
  const names: string[] = [];
  for await (const name of root.keys()) names.push(name);
  for (const name of names) {
    await navigator.locks.request(lockOf(name), { ifAvailable: true }, async (lock) => {
      // A file that is still being closed is left for the next start.
      if (lock) await root.removeEntry(name, { recursive: true }).catch(unlessHeld);
    });
  }
}

function unlessHeld(error: unknown): void {
  if (!isNamed(error, 'NoModificationAllowedError', 'InvalidModificationError', 'NotFoundError')) throw error;
}
