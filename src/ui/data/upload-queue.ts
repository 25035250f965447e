import { isAbort } from '../../engine/index.ts';
import { type Store, store } from '../lib/store.ts';
import { engine } from './engine.ts';
import { uploadFile } from './uploads.ts';

export type UploadState = 'waiting' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled';

export interface Upload {
  readonly id: number;
  readonly name: string;
  /** `@s/a/`. */
  readonly folder: string;
  readonly size: number;
  readonly bytes: number;
  readonly state: UploadState;
  readonly error: unknown;
  /** Milliseconds since 1970, as if it had never been paused; 0 while it waits. */
  readonly startedAt: number;
  /** Milliseconds since 1970; 0 unless it is paused. */
  readonly pausedAt: number;
}

const SHOWN_WHEN_DONE = 4000;

/** What is being copied into stages, a few at a time; it goes on whatever place is shown. */
export const uploads: Store<readonly Upload[]> = store<readonly Upload[]>([]);

const waiting: { readonly id: number; readonly file: File; readonly controller: AbortController }[] = [];
const controllers = new Map<number, AbortController>();
const offers = new Map<number, string>();
let last = 0;
let working = 0;

/** One that is paused does not keep the others waiting. */
const AT_ONCE = 3;

/** Copies files into a folder of a stage. */
export function upload(files: readonly File[], folder: string): void {
  for (const file of files) {
    last++;
    const controller = new AbortController();
    controllers.set(last, controller);
    waiting.push({ id: last, file, controller });
    const { name, size } = file;
    const added: Upload = {
      ...{ id: last, name, folder, size, bytes: 0, state: 'waiting', error: undefined, startedAt: 0, pausedAt: 0 },
    };
    uploads.set([...uploads.get(), added]);
  }
  while (working < AT_ONCE && waiting.length > 0) void work();
}

/** Makes an upload wait where it is; what has been copied stays. */
export function pauseUpload(id: number): void {
  hold(id, true, () => ({ state: 'paused', pausedAt: Date.now() }));
}

export function resumeUpload(id: number): void {
  hold(id, false, ({ startedAt, pausedAt }) => ({
    ...{ state: 'running', pausedAt: 0, startedAt: startedAt + Date.now() - pausedAt },
  }));
}

function hold(id: number, isHeld: boolean, part: (upload: Upload) => Partial<Upload>): void {
  const url = offers.get(id);
  const known = uploads.get().find((one) => one.id === id);
  if (url === undefined || known?.state !== (isHeld ? 'running' : 'paused')) return;
  engine().hold(url, isHeld);
  change(id, part(known));
}

export function cancelUpload(id: number): void {
  controllers.get(id)?.abort();
  const known = uploads.get().find((one) => one.id === id);
  if (known?.state === 'waiting') change(id, { state: 'cancelled' });
}

/** Forgets what is over. */
export function clearUploads(): void {
  uploads.set(uploads.get().filter(({ state }) => isGoing(state)));
}

/** Waits, runs, or is paused. */
export function isGoing(state: UploadState): boolean {
  return state === 'waiting' || state === 'running' || state === 'paused';
}

async function work(): Promise<void> {
  working++;
  for (let next = waiting.shift(); next; next = waiting.shift()) await uploadOne(next);
  working--;
}

async function uploadOne({ id, file, controller: { signal } }: (typeof waiting)[number]): Promise<void> {
  const folder = uploads.get().find((one) => one.id === id)?.folder;
  if (signal.aborted || folder === undefined) return;
  change(id, { state: 'running', startedAt: Date.now() });
  try {
    await uploadFile(file, folder, {
      signal,
      onProgress: ({ bytes }) => change(id, { bytes }),
      onOffer: (url) => offers.set(id, url),
    });
    change(id, { state: 'done', bytes: file.size });
    setTimeout(() => uploads.set(uploads.get().filter((one) => one.id !== id)), SHOWN_WHEN_DONE);
  } catch (error) {
    change(id, isAbort(error) ? { state: 'cancelled' } : { state: 'failed', error });
  } finally {
    controllers.delete(id);
    offers.delete(id);
  }
}

function change(id: number, part: Partial<Upload>): void {
  uploads.set(uploads.get().map((one) => (one.id === id ? { ...one, ...part } : one)));
}
