import { SqlError } from '../../engine/index.ts';
import { engine } from './engine.ts';
import { execute } from './statements.ts';
import { quoted } from './uploads.ts';

export type FolderMode = 'read' | 'readwrite';

/** Chromium's; other browsers have no such folders, and TypeScript's DOM does not know it. */
interface FolderWindow {
  showDirectoryPicker?(options: { readonly mode: FolderMode; readonly id: string }): Promise<FileSystemDirectoryHandle>;
}

const folders = globalThis as FolderWindow;

export function canMount(): boolean {
  return folders.showDirectoryPicker !== undefined;
}

/** Asks for a folder; undefined when the person changed their mind. */
export async function pickFolder(mode: FolderMode): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    return await folders.showDirectoryPicker?.({ mode, id: 'boathouse' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

export function mountStatement(name: string): string {
  return `CREATE STAGE ${name} URL = ${quoted(`local://${name}/`)}`;
}

/** Makes a folder of this device a stage. */
export async function mountFolder(name: string, folder: FileSystemDirectoryHandle, signal: AbortSignal): Promise<void> {
  await engine().mount(name, folder);
  await execute(mountStatement(name), { signal });
}

/** What a stage says whose folder cannot be kept: it is in the statement, so that the next session knows it, too. */
export const SESSION_ONLY = 'files of one session only';

export function isSessionOnly({ comment }: { readonly comment: string }): boolean {
  return comment === SESSION_ONLY;
}

export function sessionStatement(name: string): string {
  return `${mountStatement(name)} COMMENT = ${quoted(SESSION_ONLY)}`;
}

/** Makes the files of a folder a stage until the page is closed, in browsers that cannot keep a folder. */
export async function mountFiles(name: string, files: readonly File[], signal: AbortSignal): Promise<void> {
  lendFiles(name, files);
  await execute(sessionStatement(name), { signal });
}

/** Hands over the files of a folder once more; its stage is there already. */
export function lendFiles(name: string, files: readonly File[]): void {
  // The first name is that of the folder itself.
  const listed = files.map((file) => ({ path: file.webkitRelativePath.replace(/^[^/]*\//, '') || file.name, file }));
  engine().mountFiles(name, listed);
}

/** Of `local://<name>/`. */
export function mountName(url: string): string {
  return /^local:\/\/([^/]+)/.exec(url)?.[1] ?? '';
}

/** Chromium's permissions of folders. */
interface AskedFolder {
  requestPermission?(how: { readonly mode: FolderMode }): Promise<PermissionState>;
}

/** Asks the browser once more for a folder that was mounted before; throws when the person says no. */
export async function reconnectFolder(url: string): Promise<void> {
  const name = mountName(url);
  const folder: FileSystemDirectoryHandle & AskedFolder = await engine().mounted(name);
  const answer = await folder.requestPermission?.({ mode: 'read' });
  if (answer !== undefined && answer !== 'granted') {
    throw new SqlError('StoragePermissionDenied', `the browser was not allowed to read ${folder.name}`);
  }
}
