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
