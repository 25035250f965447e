import { expect, test } from 'vitest';
import { ownScratch, sweepScratch } from './scratch.ts';

async function folderIn(path: string): Promise<FileSystemDirectoryHandle> {
  let folder = await navigator.storage.getDirectory();
  for (const name of path.split('/')) folder = await folder.getDirectoryHandle(name, { create: true });
  return folder;
}

async function scratchNames(): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const name of (await folderIn('scratch')).keys()) names.push(name);
  return names;
}

test('what an engine that is gone has left is removed, what one holds is kept', async () => {
  const own = await ownScratch();
  await (await folderIn(own)).getFileHandle('rows', { create: true });
  await (await folderIn('scratch/left/results')).getFileHandle('rows', { create: true });
  await sweepScratch();
  expect(await scratchNames()).toEqual([own.slice(own.lastIndexOf('/') + 1)]);
});
