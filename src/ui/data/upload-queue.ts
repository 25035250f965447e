import { isAbort } from '../../engine/index.ts';
import { type Store, store } from '../lib/store.ts';
import { uploadFile } from './uploads.ts';

export type UploadState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

export interface Upload {
  readonly id: number;
  readonly name: string;
  /** `@s/a/`. */
  readonly folder: string;
  readonly size: number;
  readonly bytes: number;
  readonly state: UploadState;
  readonly error: unknown;
  /** Milliseconds since 1970; 0 while it waits. */
  readonly startedAt: number;
}

const SHOWN_WHEN_DONE = 4000;

/** What is being copied into stages, one after another; it goes on whatever place is shown. */
export const uploads: Store<readonly Upload[]> = store<readonly Upload[]>([]);

const waiting: { readonly id: number; readonly file: File; readonly controller: AbortController }[] = [];
const controllers = new Map<number, AbortController>();
let last = 0;
let isWorking = false;

/** Copies files into a folder of a stage. */
export function upload(files: readonly File[], folder: string): void {
  for (const file of files) {
    last++;
    const controller = new AbortController();
    controllers.set(last, controller);
    waiting.push({ id: last, file, controller });
    const { name, size } = file;
    const added: Upload = {
      ...{ id: last, name, folder, size, bytes: 0, state: 'waiting', error: undefined, startedAt: 0 },
    };
    uploads.set([...uploads.get(), added]);
  }
  void work();
}

export function cancelUpload(id: number): void {
  controllers.get(id)?.abort();
  const known = uploads.get().find((one) => one.id === id);
  if (known?.state === 'waiting') change(id, { state: 'cancelled' });
}

/** Forgets what is over. */
export function clearUploads(): void {
  uploads.set(uploads.get().filter(({ state }) => state === 'waiting' || state === 'running'));
}

async function work(): Promise<void> {
  if (isWorking) return;
  isWorking = true;
  for (let next = waiting.shift(); next; next = waiting.shift()) await uploadOne(next);
  isWorking = false;
}

async function uploadOne({ id, file, controller: { signal } }: (typeof waiting)[number]): Promise<void> {
  const folder = uploads.get().find((one) => one.id === id)?.folder;
  if (signal.aborted || folder === undefined) return;
  change(id, { state: 'running', startedAt: Date.now() });
  try {
    await uploadFile(file, folder, { signal, onProgress: ({ bytes }) => change(id, { bytes }) });
    change(id, { state: 'done', bytes: file.size });
    setTimeout(() => uploads.set(uploads.get().filter((one) => one.id !== id)), SHOWN_WHEN_DONE);
  } catch (error) {
    change(id, isAbort(error) ? { state: 'cancelled' } : { state: 'failed', error });
  } finally {
    controllers.delete(id);
  }
}

function change(id: number, part: Partial<Upload>): void {
  uploads.set(uploads.get().map((one) => (one.id === id ? { ...one, ...part } : one)));
}
