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

/** Chromium's permissions of folders. */
interface AskedFolder {
  requestPermission?(how: { readonly mode: FolderMode }): Promise<PermissionState>;
}

/** Asks the browser once more for a folder that was mounted before; throws when the person says no. */
export async function reconnectFolder(url: string): Promise<void> {
  const name = /^local:\/\/([^/]+)/.exec(url)?.[1] ?? '';
  const folder: FileSystemDirectoryHandle & AskedFolder = await engine().mounted(name);
  const answer = await folder.requestPermission?.({ mode: 'read' });
  if (answer !== undefined && answer !== 'granted') {
    throw new SqlError('StoragePermissionDenied', `the browser was not allowed to read ${folder.name}`);
  }
}
