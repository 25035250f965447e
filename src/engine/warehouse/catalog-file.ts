import { SqlError } from '../base/errors.ts';
import { sharedMap } from '../base/shared-map.ts';
import { type CatalogChange, replay } from './change.ts';
import type { CatalogObject, DroppedObject, LoadedFile, ObjectId, TableVersion, TaskRun } from './object.ts';
import { namespaceOf } from './object-kinds.ts';
import type { CatalogState } from './state.ts';

/** The catalog's files: `_catalog/<version>.json` for each commit, and now and then a checkpoint beside it. */

export const CATALOG_FOLDER = '_catalog/';

const CHECKPOINT_INTERVAL = 50;
const LOADS_OF_AN_INTERVAL = 10_000;

/**
 * Whether the version that was just written gets a checkpoint. It holds every file whose load is remembered, so that
 * there are twice as many commits between checkpoints whenever there are twice as many of those.
 */
export function wantsCheckpoint({ version, loads }: Pick<CatalogState, 'version' | 'loads'>): boolean {
  if (version % CHECKPOINT_INTERVAL !== 0) return false;
  const files = [...loads.values()].reduce((sum, { size }) => sum + size, 0);
  const times = 2 ** Math.max(0, Math.ceil(Math.log2(files / LOADS_OF_AN_INTERVAL)));
  return version % (CHECKPOINT_INTERVAL * times) === 0;
}

export interface CatalogCommit {
  readonly version: number;
  /** Of the transaction, so that a writer can tell its own commit. */
  readonly transaction: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly changes: readonly CatalogChange[];
}

export function catalogCommitPath(version: number): string {
  return `${CATALOG_FOLDER}${padded(version)}.json`;
}

export function catalogCheckpointPath(version: number): string {
  return `${CATALOG_FOLDER}${padded(version)}.checkpoint.json`;
}

export function isCheckpointPath(path: string): boolean {
  return /\/\d{20}\.checkpoint\.json$/.test(path);
}

/** Points to the newest checkpoint; only a help. */
export const LAST_CHECKPOINT_PATH = `${CATALOG_FOLDER}_last_checkpoint.json`;

function padded(version: number): string {
  return String(version).padStart(20, '0');
}

export function printCommit(commit: CatalogCommit): Uint8Array<ArrayBuffer> {
  return encode(commit);
}

export function parseCommit(bytes: Uint8Array): CatalogCommit {
  // Written by `printCommit` and nothing else.
  return decode(bytes) as CatalogCommit;
}

interface CheckpointFile {
  readonly version: number;
  readonly objects: readonly CatalogObject[];
  readonly tableVersions: readonly (readonly [ObjectId, TableVersion])[];
  readonly loads: readonly (readonly [ObjectId, readonly LoadedFile[]])[];
  readonly taskRuns: readonly TaskRun[];
  readonly dropped: readonly DroppedObject[];
}

export function printCheckpoint(state: CatalogState): Uint8Array<ArrayBuffer> {
  const file: CheckpointFile = {
    version: state.version,
    objects: [...state.objects.values()],
    tableVersions: [...state.tableVersions],
    loads: [...state.loads].map(([table, files]) => [table, [...files.values()]] as const),
    taskRuns: [...state.taskRuns.values()],
    dropped: [...state.dropped.values()],
  };
  return encode(file);
}

export function parseCheckpoint(bytes: Uint8Array): CatalogState {
  // Written by `printCheckpoint` and nothing else.
  const { version, objects, tableVersions, loads, taskRuns, dropped } = decode(bytes) as CheckpointFile;
  const names = new Map<string, Map<string, CatalogObject>>();
  for (const object of objects) {
    const namespace = namespaceOf(object);
    names.set(namespace, (names.get(namespace) ?? new Map()).set(object.name, object));
  }
  return {
    version,
    objects: new Map(objects.map((object) => [object.id, object])),
    names,
    tableVersions: new Map(tableVersions),
    loads: new Map(loads.map(([table, files]) => [table, sharedMap(files.map((file) => [file.path, file]))])),
    taskRuns: new Map(taskRuns.map((run) => [run.id, run])),
    dropped: new Map(dropped.map((entry) => [entry.object.id, entry])),
  };
}

export function printPointer(version: number): Uint8Array<ArrayBuffer> {
  return encode({ version });
}

export function parsePointer(bytes: Uint8Array): number | undefined {
  const pointer = decode(bytes);
  const isPointer = typeof pointer === 'object' && pointer !== null && 'version' in pointer;
  return isPointer && typeof pointer.version === 'number' ? pointer.version : undefined;
}

/** The state after commits that follow it. */
export function fold(state: CatalogState, commits: readonly CatalogCommit[]): CatalogState {
  return commits.reduce((before, { changes, version }) => replay(before, changes, version), state);
}

function encode(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value)) as Uint8Array<ArrayBuffer>;
}

function decode(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new SqlError('StorageOther', 'a file of the catalog is not JSON', { cause });
  }
}
