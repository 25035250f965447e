import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAME = '.boathouse.lock';

/**
 * Takes a folder for this process; returns the way to give it back. A lock of a process that is gone is taken over.
 * Throws when another one has it.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, NAME);
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      const holder = holderOf(path);
      if (holder !== undefined && isAlive(holder))
        throw new Error(`${folder} is in use by process ${holder}`, { cause: error });
      rmSync(path, { force: true });
    }
  }
  throw new Error(`${folder} cannot be locked`);
}

function holderOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not allowed to signal it: it is there all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
