import { engine } from './engine.ts';
import { type FilePlace, fullPath, nameOf, removeStatement } from './staged-file.ts';
import { execute } from './statements.ts';
import { stagePath, uploadFile } from './uploads.ts';

/** A file passes through the memory of the page on its way. */
export const LARGEST_MOVED = 1024 ** 3;

/** Gives a file another path in its stage: copied by GET and PUT, and only then removed. */
export async function moveFile(place: FilePlace, path: string, signal: AbortSignal): Promise<void> {
  const { stage, path: old } = place;
  await execute(`GET ${stagePath(fullPath(place))} 'browser:///'`, { signal });
  const bytes = await engine().take(nameOf(old));
  await uploadFile(new File([bytes], nameOf(path)), `@${stage}/${folderOf(path)}`, { signal });
  await execute(removeStatement(stage, folderOf(old), [nameOf(old)]), { signal });
}

/** With a slash at its end; empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
