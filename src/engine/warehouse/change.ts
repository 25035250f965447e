import { unreachable } from '../base/errors.ts';
import { type SharedMap, sharedMap } from '../base/shared-map.ts';
import type { CatalogObject, DroppedObject, LoadedFile, ObjectId, TableVersion, TaskRun } from './object.ts';
import { namespaceOf } from './object-kinds.ts';
import type { CatalogState } from './state.ts';

/**
 * One thing that a catalog commit did, as its file has it: plain JSON. A commit file says all that was decided, so that
 * replaying it decides nothing.
 */
export type CatalogChange =
  /** Created, altered or brought back. */
  | { readonly kind: 'Put'; readonly object: CatalogObject }
  /** Tables that were ever committed, and databases, can be brought back. */
  | {
      readonly kind: 'Drop';
      readonly id: ObjectId;
      readonly droppedOn: number;
      readonly droppedWith: ObjectId | undefined;
    }
  /** A dropped object is forgotten for good. */
  | { readonly kind: 'Purge'; readonly id: ObjectId }
  | { readonly kind: 'Wrote'; readonly table: ObjectId; readonly version: TableVersion }
  | { readonly kind: 'Loaded'; readonly table: ObjectId; readonly files: readonly LoadedFile[] }
  | { readonly kind: 'ForgotLoads'; readonly table: ObjectId }
  | { readonly kind: 'Ran'; readonly run: TaskRun };

export const EMPTY_STATE: CatalogState = {
  version: 0,
  objects: new Map(),
  names: new Map(),
  tableVersions: new Map(),
  loads: new Map(),
  taskRuns: new Map(),
  dropped: new Map(),
};

/** Maps that are copied when they are first written, so that states share what did not change. */
interface Draft {
  readonly objects: Map<ObjectId, CatalogObject>;
  readonly names: Map<string, Map<string, CatalogObject>>;
  readonly tableVersions: Map<ObjectId, TableVersion>;
  readonly loads: Map<ObjectId, SharedMap<string, LoadedFile>>;
  readonly taskRuns: Map<string, TaskRun>;
  readonly dropped: Map<ObjectId, DroppedObject>;
  /** Namespaces whose names are this draft's own. */
  readonly owned: Set<string>;
}

type Kinds = ReadonlySet<CatalogChange['kind']>;

const OBJECT_WRITERS: Kinds = new Set(['Put', 'Drop', 'Purge']);
/** Of what is known of tables' rows. */
const ROW_WRITERS: Kinds = new Set(['Wrote', 'Loaded', 'ForgotLoads', 'Drop', 'Purge']);
const RUN_WRITERS: Kinds = new Set(['Ran']);

/** The state after further changes, which become version `version`. */
export function replay(state: CatalogState, changes: readonly CatalogChange[], version: number): CatalogState {
  if (changes.length === 0) return { ...state, version };
  // A map that the changes leave alone is shared: `apply` does not write it.
  const copied = <Key, Value>(map: ReadonlyMap<Key, Value>, writers: Kinds) =>
    changes.some(({ kind }) => writers.has(kind)) ? new Map(map) : (map as Map<Key, Value>);
  const draft: Draft = {
    objects: copied(state.objects, OBJECT_WRITERS),
    // Inner maps are copied by `namesIn` before they are written.
    names: copied(state.names, OBJECT_WRITERS) as Draft['names'],
    tableVersions: copied(state.tableVersions, ROW_WRITERS),
    loads: copied(state.loads, ROW_WRITERS),
    taskRuns: copied(state.taskRuns, RUN_WRITERS),
    dropped: copied(state.dropped, OBJECT_WRITERS),
    owned: new Set(),
  };
  for (const change of changes) apply(draft, change);
  const { owned: _, ...after } = draft;
  return { version, ...after };
}

function apply(draft: Draft, change: CatalogChange): void {
  switch (change.kind) {
    case 'Put':
      put(draft, change.object);
      return;
    case 'Drop':
      drop(draft, change);
      return;
    case 'Purge':
      draft.dropped.delete(change.id);
      forgetRows(draft, change.id);
      return;
    case 'Wrote':
      draft.tableVersions.set(change.table, change.version);
      return;
    case 'Loaded':
      draft.loads.set(change.table, withLoads(draft.loads.get(change.table), change.files));
      return;
    case 'ForgotLoads':
      draft.loads.delete(change.table);
      return;
    case 'Ran':
      recordRun(draft.taskRuns, change.run);
      return;
    default:
      unreachable(change);
  }
}

/** Costs what was loaded; now and then what has expired is left out. */
function withLoads(
  known: SharedMap<string, LoadedFile> = sharedMap(),
  files: readonly LoadedFile[],
): SharedMap<string, LoadedFile> {
  const loads = known.changed(files.map((file) => [file.path, file]));
  if (Math.floor(Math.log2(loads.size)) === Math.floor(Math.log2(known.size))) return loads;
  const now = files.reduce((latest, { loadedOn }) => Math.max(latest, loadedOn), 0);
  return loads.changed([...loads].flatMap(([path, { expiresOn }]) => (expiresOn > now ? [] : [[path, undefined]])));
}

/** Of all tasks together. */
export const MOST_TASK_RUNS = 1000;

/** Runs stand in the order in which they last changed. */
function recordRun(runs: Map<string, TaskRun>, run: TaskRun): void {
  runs.delete(run.id);
  runs.set(run.id, run);
  const [oldest] = runs.keys();
  if (runs.size > MOST_TASK_RUNS && oldest !== undefined) runs.delete(oldest);
}

function put(draft: Draft, object: CatalogObject): void {
  const old = draft.objects.get(object.id);
  if (old) unname(draft, old);
  draft.dropped.delete(object.id);
  draft.objects.set(object.id, object);
  namesIn(draft, namespaceOf(object)).set(object.name, object);
}

function drop(draft: Draft, { id, droppedOn, droppedWith }: Extract<CatalogChange, { kind: 'Drop' }>): void {
  const object = draft.objects.get(id);
  if (!object) return;
  unname(draft, object);
  draft.objects.delete(id);
  const version = draft.tableVersions.get(id)?.version ?? -1;
  const isRead = object.kind === 'Table' && (version >= 0 || object.external !== undefined);
  const isKept = object.kind === 'Database' || isRead;
  if (isKept) draft.dropped.set(id, { object, droppedOn, droppedWith });
  else forgetRows(draft, id);
}

function forgetRows(draft: Draft, id: ObjectId): void {
  draft.tableVersions.delete(id);
  draft.loads.delete(id);
}

function unname(draft: Draft, object: CatalogObject): void {
  const namespace = namespaceOf(object);
  const names = namesIn(draft, namespace);
  // A swap of names has given it to another object by now.
  if (names.get(object.name)?.id === object.id) names.delete(object.name);
  if (names.size === 0) draft.names.delete(namespace);
}

function namesIn(draft: Draft, namespace: string): Map<string, CatalogObject> {
  const known = draft.names.get(namespace);
  if (known && draft.owned.has(namespace)) return known;
  const names = new Map(known);
  draft.names.set(namespace, names);
  draft.owned.add(namespace);
  return names;
}
