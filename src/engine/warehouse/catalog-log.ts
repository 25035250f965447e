import { SqlError } from '../base/errors.ts';
import type { WritableStore } from '../stores/store.ts';
import {
  CATALOG_FOLDER,
  type CatalogCommit,
  catalogCheckpointPath,
  catalogCommitPath,
  fold,
  isCheckpointPath,
  LAST_CHECKPOINT_PATH,
  parseCheckpoint,
  parseCommit,
  parsePointer,
  printCheckpoint,
  printCommit,
  printPointer,
} from './catalog-file.ts';
import { EMPTY_STATE } from './change.ts';
import type { CatalogState } from './state.ts';

/** The newest catalog, from its last checkpoint on; the empty one where there is none. */
export async function readCatalog(store: WritableStore, signal: AbortSignal): Promise<CatalogState> {
  return catchUp(store, (await readCheckpointState(store, signal)) ?? EMPTY_STATE, signal);
}

async function readCheckpointState(store: WritableStore, signal: AbortSignal): Promise<CatalogState | undefined> {
  const pointer = await readIfPresent(store, LAST_CHECKPOINT_PATH, signal);
  if (!pointer) return undefined;
  const version = whole(() => parsePointer(pointer));
  const pointed =
    version === undefined ? undefined : await readCheckpoint(store, catalogCheckpointPath(version), signal);
  return pointed ?? olderCheckpoint(store, signal);
}

async function readCheckpoint(
  store: WritableStore,
  path: string,
  signal: AbortSignal,
): Promise<CatalogState | undefined> {
  const bytes = await readIfPresent(store, path, signal);
  return bytes && whole(() => parseCheckpoint(bytes));
}

/** The newest one that is whole: what a crash of the machine tore is only a help, and the commits say the same. */
async function olderCheckpoint(store: WritableStore, signal: AbortSignal): Promise<CatalogState | undefined> {
  const paths: string[] = [];
  for await (const { path } of store.list(CATALOG_FOLDER, signal)) if (isCheckpointPath(path)) paths.push(path);
  for (const path of paths.reverse()) {
    const state = await readCheckpoint(store, path, signal);
    if (state) return state;
  }
  return undefined;
}

function whole<Value>(parse: () => Value): Value | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof SqlError && error.kind === 'StorageOther') return undefined;
    throw error;
  }
}

/** The state with all that was committed after it; the same state when that is nothing. */
export async function catchUp(store: WritableStore, state: CatalogState, signal: AbortSignal): Promise<CatalogState> {
  const commits: CatalogCommit[] = [];
  for (let version = state.version + 1; ; version++) {
    const commit = await readCatalogCommit(store, version, signal);
    if (!commit) break;
    commits.push(commit);
  }
  return commits.length === 0 ? state : fold(state, commits);
}

export async function readCatalogCommit(
  store: WritableStore,
  version: number,
  signal: AbortSignal,
): Promise<CatalogCommit | undefined> {
  const bytes = await readIfPresent(store, catalogCommitPath(version), signal);
  return bytes && parseCommit(bytes);
}

async function readIfPresent(store: WritableStore, path: string, signal: AbortSignal): Promise<Uint8Array | undefined> {
  try {
    return await store.read(path, signal);
  } catch (error) {
    if (error instanceof SqlError && error.kind === 'StorageNotFound') return undefined;
    throw error;
  }
}

/**
 * Puts the commit if nobody has put one of its version: the one point at which a transaction becomes visible. False when
 * another was first. After any other failure the outcome is looked up; the error is passed on where it stays unknown.
 */
export async function putCatalogCommit(
  store: WritableStore,
  commit: CatalogCommit,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await store.write(catalogCommitPath(commit.version), printCommit(commit), { ifAbsent: true, signal });
    return true;
  } catch (error) {
    const present = await readCatalogCommit(store, commit.version, NEVER).catch(() => undefined);
    if (present) return present.transaction === commit.transaction;
    throw error;
  }
}

/** For what has to be finished although its statement was cancelled. */
export const NEVER: AbortSignal = new AbortController().signal;

export async function writeCatalogCheckpoint(store: WritableStore, state: CatalogState): Promise<void> {
  const options = { ifAbsent: false, signal: NEVER };
  await store.write(catalogCheckpointPath(state.version), printCheckpoint(state), options);
  await store.write(LAST_CHECKPOINT_PATH, printPointer(state.version), options);
}
