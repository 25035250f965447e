import { isNamed } from './handles.ts';

const ID_LENGTH = 36;

/**
 * Names for files that are being written, all in the root folder, which is never removed. Whoever makes them holds a
 * Web Lock for as long as it lives; what bears the name of a maker whose lock is free was left over by one that died,
 * and the first call removes it.
 */
export function temporaryNames(prefix: string, root: () => Promise<FileSystemDirectoryHandle>): () => Promise<string> {
  const id = crypto.randomUUID();
  let count = 0;
  let ready: Promise<void> | undefined;

  const prepare = async () => {
    await holdForLife(lockOf(id));
    await sweep(prefix, await root());
  };

  return async () => {
    ready ??= prepare();
    await ready;
    return `${prefix}${id}-${++count}`;
  };
}

const lockOf = (id: string) => `boathouse/temporary/${id}`;

function holdForLife(name: string): Promise<void> {
  return new Promise((held, failed) => {
    const forever = () => {
      held();
      return new Promise<never>(() => {});
    };
    navigator.locks.request(name, forever).catch(failed);
  });
}

async function sweep(prefix: string, root: FileSystemDirectoryHandle): Promise<void> {
  const leftOver: string[] = [];
  for await (const name of root.keys()) if (name.startsWith(prefix)) leftOver.push(name);
  if (leftOver.length === 0) return;
  const { held = [] } = await navigator.locks.query();
  const alive = new Set(held.map(({ name }) => name));
  for (const name of leftOver) {
    if (alive.has(lockOf(name.slice(prefix.length, prefix.length + ID_LENGTH)))) continue;
    await root.removeEntry(name).catch((error: unknown) => {
      // Another page sweeps too.
      if (!isNamed(error, 'NotFoundError', 'NoModificationAllowedError')) throw error;
    });
  }
}
