import { SqlError, unreachable } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import { type CatalogChange, replay } from './change.ts';
import type { TakenNumbers } from './contract.ts';
import { lastRunOf } from './find.ts';
import type { CatalogObject, DroppedObject, LoadedFile, ObjectId, TagRecord, TaskRun } from './object.ts';
import { alreadyExists, namespaceOf, unknownObject } from './object-kinds.ts';
import { taggedWith } from './object-tags.ts';
import type { CatalogState } from './state.ts';

/**
 * What a statement wants of the catalog. Deciding it on a state gives the changes that do it, or throws; a transaction
 * decides its operations when they are made, and again on what others have committed since.
 */
export type Operation =
  | { readonly kind: 'Create'; readonly object: CatalogObject; readonly orReplace: boolean }
  /** `from` is the version that the object was read at. */
  | { readonly kind: 'Alter'; readonly object: CatalogObject; readonly from: number }
  | { readonly kind: 'Drop'; readonly object: CatalogObject; readonly now: number }
  | { readonly kind: 'Undrop'; readonly object: DroppedObject['object'] }
  | { readonly kind: 'Purge'; readonly id: ObjectId }
  | {
      readonly kind: 'RecordLoads';
      readonly table: ObjectId;
      readonly files: readonly LoadedFile[];
      readonly force: boolean;
    }
  | { readonly kind: 'ForgetLoads'; readonly table: ObjectId }
  /** `from` is what the counter stood at when the numbers were asked for. */
  | ({ readonly kind: 'TakeNumbers'; readonly table: ObjectId } & TakenNumbers)
  /** `last` is the run of the task that stood there when this one was decided on. */
  | { readonly kind: 'RecordRun'; readonly run: TaskRun; readonly last: string | undefined };

/** The changes that operations make one after the other, and the state after them, whose version stays. */
export function decideAll(
  state: CatalogState,
  operations: readonly Operation[],
): { readonly state: CatalogState; readonly changes: readonly CatalogChange[] } {
  const changes: CatalogChange[] = [];
  let current = state;
  for (const operation of operations) {
    const decided = decide(current, operation);
    changes.push(...decided);
    current = replay(current, decided, state.version);
  }
  return { state: current, changes };
}

export function decide(state: CatalogState, operation: Operation): CatalogChange[] {
  switch (operation.kind) {
    case 'Create':
      return decideCreate(state, operation);
    case 'Alter':
      return decideAlter(state, operation);
    case 'Drop':
      return decideDrop(state, operation);
    case 'Undrop':
      return decideUndrop(state, operation);
    case 'Purge':
      return state.dropped.has(operation.id) ? [operation] : [];
    case 'RecordLoads':
      return decideLoads(state, operation);
    case 'ForgetLoads':
      return [{ kind: 'ForgotLoads', table: operation.table }];
    case 'TakeNumbers':
      return decideNumbers(state, operation);
    case 'RecordRun':
      return decideRun(state, operation);
    default:
      return unreachable(operation);
  }
}

type Of<Kind extends Operation['kind']> = Extract<Operation, { readonly kind: Kind }>;

function decideCreate(state: CatalogState, { object, orReplace }: Of<'Create'>): CatalogChange[] {
  const put: CatalogChange = { kind: 'Put', object };
  checkDatabase(state, object);
  const taken = state.names.get(namespaceOf(object))?.get(object.name);
  if (!taken) return [put];
  if (!orReplace) throw alreadyExists(taken);
  if (taken.kind !== object.kind) {
    throw new SqlError('TableEngineNotSupported', `'${object.name}' is a ${taken.kind}, not a ${object.kind}`);
  }
  return [...dropChanges(state, taken, object.createdOn), put];
}

/** What is in a database cannot outlive it. */
function checkDatabase(state: CatalogState, object: CatalogObject): void {
  if (!('databaseId' in object) || state.objects.has(object.databaseId)) return;
  const name = state.dropped.get(object.databaseId)?.object.name ?? String(object.databaseId);
  throw unknownObject('Database', name, []);
}

function decideAlter(state: CatalogState, { object, from }: Of<'Alter'>): CatalogChange[] {
  const current = state.objects.get(object.id);
  if (!current) throw gone(object);
  if (current.version !== from) throw altered(object);
  const taken = state.names.get(namespaceOf(object))?.get(object.name);
  if (taken && taken.id !== object.id) throw alreadyExists(taken);
  if (object.kind !== 'Table' || current.kind !== 'Table' || !current.counters) return [{ kind: 'Put', object }];
  return [{ kind: 'Put', object: { ...object, counters: current.counters } }];
}

/** Taking numbers alters nothing that others rest on: the record keeps its version. */
function decideNumbers({ objects }: CatalogState, { table, counter, from, count }: Of<'TakeNumbers'>): CatalogChange[] {
  const current = objects.get(table);
  if (current?.kind !== 'Table') throw conflict('the table was dropped by another transaction');
  const { counters = {} } = current;
  if ((counters[counter] ?? 0) !== from) throw conflict('others took these numbers');
  return [{ kind: 'Put', object: { ...current, counters: { ...counters, [counter]: from + count } } }];
}

function decideDrop(state: CatalogState, { object, now }: Of<'Drop'>): CatalogChange[] {
  const current = state.objects.get(object.id);
  if (!current) throw unknownObject(object.kind, object.name, []);
  if (current.kind === 'Tag') refuseReferenced(current, state);
  return dropChanges(state, current, now);
}

function refuseReferenced(tag: TagRecord, state: CatalogState): void {
  const references = taggedWith(state, tag);
  if (references.length === 0) return;
  const names = references.slice(0, 3).map(({ kind, name }) => `${kind.toLowerCase()} ${name}`);
  throw new SqlError('TagHasReferences', `Tag '${tag.name}' still has ${references.length} reference(s)`, {
    hint: hint('unsetTagFirst', `${names.join(', ')}${references.length > 3 ? ', …' : ''}`),
  });
}

function dropChanges(state: CatalogState, object: CatalogObject, droppedOn: number): CatalogChange[] {
  const drop: CatalogChange = { kind: 'Drop', id: object.id, droppedOn, droppedWith: undefined };
  if (object.kind !== 'Database') return [drop];
  const inside = [...state.objects.values()].filter(
    (candidate) => 'databaseId' in candidate && candidate.databaseId === object.id,
  );
  return [...inside.map(({ id }): CatalogChange => ({ ...drop, id, droppedWith: object.id })), drop];
}

/** A database brings back the tables that went with it. */
function decideUndrop(state: CatalogState, { object }: Of<'Undrop'>): CatalogChange[] {
  if (!state.dropped.has(object.id)) throw gone(object);
  checkDatabase(state, object);
  const taken = state.names.get(namespaceOf(object))?.get(object.name);
  if (taken && object.kind === 'Table') {
    throw new SqlError('UndropTableAlreadyExists', `Undrop table '${object.name}' already exists`);
  }
  if (taken) throw alreadyExists(taken);
  const inside = [...state.dropped.values()].filter(({ droppedWith }) => droppedWith === object.id);
  return [object, ...inside.map((entry) => entry.object)].map((back) => ({ kind: 'Put', object: back }));
}

function decideLoads(state: CatalogState, { table, files, force }: Of<'RecordLoads'>): CatalogChange[] {
  const known = state.loads.get(table);
  const twice = force ? [] : files.filter(({ path, loadedOn }) => (known?.get(path)?.expiresOn ?? 0) > loadedOn);
  if (twice.length > 0) {
    throw new SqlError(
      'DuplicatedUpsertFiles',
      `DuplicatedUpsertFiles: [${table}] , in operation \`update_multi_table_meta\``,
    );
  }
  return [{ kind: 'Loaded', table, files }];
}

/** A run begins only if no other has begun or ended since it was decided on, and ends only once. */
function decideRun(state: CatalogState, { run, last }: Of<'RecordRun'>): CatalogChange[] {
  const known = state.taskRuns.get(run.id);
  if (known && known.state !== 'EXECUTING') throw conflict(`the run of task '${run.task}' has ended`);
  if (!known && lastRunOf(state, run.taskId)?.id !== last)
    throw conflict(`task '${run.task}' was run by another engine`);
  return [{ kind: 'Ran', run }];
}

export function gone({ kind, name }: Pick<CatalogObject, 'kind' | 'name'>): SqlError {
  return conflict(`${kind} '${name}' was dropped by another transaction`);
}

function altered({ kind, name }: CatalogObject): SqlError {
  if (kind !== 'Stream') return conflict(`${kind} '${name}' was altered by another transaction`);
  return new SqlError('StreamVersionMismatched', `stream '${name}' was consumed by another transaction`, {
    hint: hint('consumedElsewhere'),
  });
}

export function conflict(message: string): SqlError {
  return new SqlError('UnresolvableConflict', `Unresolvable conflict: ${message}`);
}
