import { engine } from './engine.ts';
import { stagePath } from './uploads.ts';

/** The browser has begun to read what it saves by then, and ended with all but the largest. */
const KEPT_MILLISECONDS = 10 * 60_000;

export interface StagedDownload {
  /** `@stage/folder/file`. */
  readonly source: string;
  /** What it is called on this device. */
  readonly name: string;
}

/** Saves a staged file on this device. It never is in memory as a whole: the browser reads it from the disk. */
export async function saveStaged({ source, name }: StagedDownload, signal: AbortSignal): Promise<void> {
  const folder = `${crypto.randomUUID()}/`;
  const session = engine().session();
  try {
    await session.query(`GET ${stagePath(source)} 'browser:///${folder}'`, signal);
  } finally {
    session.close();
  }
  await saveLeft(`${folder}${source.slice(source.lastIndexOf('/') + 1)}`, name);
}

/** Saves a file that a statement has left for the page. */
export async function saveLeft(path: string, name: string): Promise<void> {
  saveBlob(name, await engine().take(path));
  setTimeout(() => void engine().leave(path), KEPT_MILLISECONDS);
}

/** Hands a file to the browser, which saves it where the person keeps downloads. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MILLISECONDS);
}

export function saveText(name: string, text: string): void {
  saveBlob(name, new Blob([text], { type: 'text/plain' }));
}
