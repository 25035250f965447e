import { type FileOutcome, isAbort, type Progress, toSqlError } from '../../engine/index.ts';
import { type Store, store } from '../lib/store.ts';
import { type LoadOutcome, runLoad } from './load.ts';

/** The load that runs, or that ran last; it goes on when its page is left. */
export interface LoadRun {
  /** The folder it loads from, as the page names it. */
  readonly place: string;
  readonly sql: string;
  /** Paths in the stage. */
  readonly files: readonly string[];
  readonly startedAt: number;
  readonly progress: Progress | undefined;
  /** What became of the files that are read. */
  readonly done: readonly FileOutcome[];
  readonly isCancelling: boolean;
  /** Undefined while it runs. */
  readonly outcome: LoadOutcome | undefined;
}

export const loadRun: Store<LoadRun | undefined> = store<LoadRun | undefined>(undefined);

let controller: AbortController | undefined;

export type LoadRequest = Pick<LoadRun, 'place' | 'sql' | 'files'>;

/** Starts a load unless one is running. Resolves at its end. */
export async function startLoad({ place, sql, files }: LoadRequest): Promise<LoadOutcome | undefined> {
  if (controller) return undefined;
  const own = new AbortController();
  controller = own;
  const startedAt = Date.now();
  const base = { place, sql, files, startedAt };
  loadRun.set({ ...base, progress: undefined, done: [], isCancelling: false, outcome: undefined });
  try {
    const outcome = await runLoad(sql, {
      signal: own.signal,
      onProgress: (progress) => change({ progress }),
      onFiles: (done) => change({ done }),
    });
    change({ outcome });
    return outcome;
  } catch (error) {
    const isCancelled = isAbort(error);
    change({
      outcome: {
        ...{ files: [], rejected: [], isCancelled, duration: Date.now() - startedAt },
        error: isCancelled ? undefined : toSqlError(error),
      },
    });
    return undefined;
  } finally {
    controller = undefined;
  }
}

export function cancelLoad(): void {
  change({ isCancelling: true });
  controller?.abort();
}

function change(part: Partial<LoadRun>): void {
  const run = loadRun.get();
  if (run) loadRun.set({ ...run, ...part });
}
