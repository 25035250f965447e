import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import type {
  CatalogObject,
  ConnectionRecord,
  DatabaseRecord,
  DroppedObject,
  FileFormatRecord,
  FunctionRecord,
  NotificationRecord,
  ObjectId,
  ObjectKind,
  ObjectOf,
  SequenceRecord,
  StageRecord,
  StreamRecord,
  TableRecord,
  TagRecord,
  TaskRecord,
  TaskRun,
  ViewRecord,
} from './object.ts';
import { databaseNamespace, unknownObject } from './object-kinds.ts';
import type { CatalogState } from './state.ts';

/**
 * Look-ups by name in a catalog, which compare names as they are: folding is the parser's work. `find…` throws the
 * kind's "unknown" error with the names that were probably meant; `lookUp…` gives undefined.
 */

const NO_NAMES: ReadonlyMap<string, CatalogObject> = new Map();

function namesIn(state: CatalogState, namespace: string): ReadonlyMap<string, CatalogObject> {
  return state.names.get(namespace) ?? NO_NAMES;
}

type AccountKind = Exclude<ObjectKind, Relation['kind']>;

/** An object that belongs to no database. */
export function lookUp<Kind extends AccountKind>(
  state: CatalogState,
  kind: Kind,
  name: string,
): ObjectOf<Kind> | undefined {
  // Namespaces of the account hold one kind each.
  return namesIn(state, kind).get(name) as ObjectOf<Kind> | undefined;
}

export function listObjects<Kind extends AccountKind>(state: CatalogState, kind: Kind): ObjectOf<Kind>[] {
  return sortedByName([...namesIn(state, kind).values()] as ObjectOf<Kind>[]);
}

function find<Kind extends AccountKind>(state: CatalogState, kind: Kind, name: string): ObjectOf<Kind> {
  const object = lookUp(state, kind, name);
  if (object) return object;
  throw unknownObject(kind, name, namesIn(state, kind).keys());
}

export function findDatabase(state: CatalogState, name: string): DatabaseRecord {
  return find(state, 'Database', name);
}

export function findStage(state: CatalogState, name: string): StageRecord {
  return find(state, 'Stage', name);
}

export function findFileFormat(state: CatalogState, name: string): FileFormatRecord {
  return find(state, 'FileFormat', name);
}

export function findConnection(state: CatalogState, name: string): ConnectionRecord {
  return find(state, 'Connection', name);
}

export function findTag(state: CatalogState, name: string): TagRecord {
  return find(state, 'Tag', name);
}

export function findSequence(state: CatalogState, name: string): SequenceRecord {
  return find(state, 'Sequence', name);
}

export function findNotification(state: CatalogState, name: string): NotificationRecord {
  return find(state, 'Notification', name);
}

export function findTask(state: CatalogState, name: string): TaskRecord {
  return find(state, 'Task', name);
}

export function findFunction(state: CatalogState, name: string): FunctionRecord {
  return find(state, 'Function', name);
}

/** Objects that share the namespace of a database's tables. */
export type Relation = Extract<CatalogObject, { readonly databaseId: ObjectId }>;

/** A table, a view or whatever else has that name in the database. */
export function lookUpRelation(state: CatalogState, database: DatabaseRecord, name: string): Relation | undefined {
  return namesIn(state, databaseNamespace(database.id)).get(name) as Relation | undefined;
}

export function findRelation(state: CatalogState, database: DatabaseRecord, name: string): Relation {
  const relation = lookUpRelation(state, database, name);
  if (relation) return relation;
  throw unknownObject('Table', name, namesIn(state, databaseNamespace(database.id)).keys(), database.name);
}

/** Throws UnknownTable, or TableEngineNotSupported where the name is no table's. */
export function findTable(state: CatalogState, database: DatabaseRecord, name: string): TableRecord {
  const relation = findRelation(state, database, name);
  if (relation.kind === 'Table') return relation;
  throw otherKind('TABLE', relation, database);
}

export function findView(state: CatalogState, database: DatabaseRecord, name: string): ViewRecord {
  const relation = findRelation(state, database, name);
  if (relation.kind === 'View') return relation;
  throw otherKind('VIEW', relation, database);
}

/** Throws UnknownStream, or TableEngineNotSupported where the name is no stream's. */
export function findStream(state: CatalogState, database: DatabaseRecord, name: string): StreamRecord {
  const relation = lookUpRelation(state, database, name);
  if (relation?.kind === 'Stream') return relation;
  if (!relation)
    throw unknownObject('Stream', name, namesIn(state, databaseNamespace(database.id)).keys(), database.name);
  throw otherKind('STREAM', relation, database);
}

function otherKind(wanted: string, { kind, name }: Relation, database: DatabaseRecord): SqlError {
  return new SqlError('TableEngineNotSupported', `${database.name}.${name} is not a ${wanted}, but a ${kind}`, {
    hint: hint('dropOf', kind.toUpperCase()),
  });
}

export function databasesOf(state: CatalogState): DatabaseRecord[] {
  return listObjects(state, 'Database');
}

/** Tables, views and what else is in the database, by name. */
export function relationsOf(state: CatalogState, database: DatabaseRecord): Relation[] {
  return sortedByName([...namesIn(state, databaseNamespace(database.id)).values()] as Relation[]);
}

export function tablesOf(state: CatalogState, database: DatabaseRecord): TableRecord[] {
  return relationsOf(state, database).filter((relation) => relation.kind === 'Table');
}

export function streamsOf(state: CatalogState, database: DatabaseRecord): StreamRecord[] {
  return relationsOf(state, database).filter((relation) => relation.kind === 'Stream');
}

/** Streams that read a table, in any database. */
export function streamsOn(state: CatalogState, table: ObjectId): StreamRecord[] {
  const isReader = (object: CatalogObject): object is StreamRecord =>
    object.kind === 'Stream' && object.tableId === table;
  return [...state.objects.values()].filter(isReader);
}

/** The runs of a task, in the order in which they last changed. */
export function runsOf(state: CatalogState, task: ObjectId): TaskRun[] {
  return [...state.taskRuns.values()].filter(({ taskId }) => taskId === task);
}

export function lastRunOf(state: CatalogState, task: ObjectId): TaskRun | undefined {
  return [...state.taskRuns.values()].findLast(({ taskId }) => taskId === task);
}

export function viewsOf(state: CatalogState, database: DatabaseRecord): ViewRecord[] {
  return relationsOf(state, database).filter((relation) => relation.kind === 'View');
}

export function databaseById(state: CatalogState, id: ObjectId): DatabaseRecord | undefined {
  const object = state.objects.get(id) ?? state.dropped.get(id)?.object;
  return object?.kind === 'Database' ? object : undefined;
}

/** The newest dropped table of that name. Throws UndropTableHasNoHistory. */
export function findDroppedTable(state: CatalogState, database: DatabaseRecord, name: string): DroppedObject {
  const dropped = newestDropped(
    state,
    ({ object }) => object.kind === 'Table' && object.databaseId === database.id && object.name === name,
  );
  if (dropped) return dropped;
  throw new SqlError('UndropTableHasNoHistory', `Undrop table '${name}' has no drop history`);
}

/** The newest dropped database of that name. Throws UndropDbHasNoHistory. */
export function findDroppedDatabase(state: CatalogState, name: string): DroppedObject {
  const dropped = newestDropped(state, ({ object }) => object.kind === 'Database' && object.name === name);
  if (dropped) return dropped;
  throw new SqlError('UndropDbHasNoHistory', `Undrop database '${name}' has no drop history`);
}

function newestDropped(state: CatalogState, matches: (dropped: DroppedObject) => boolean): DroppedObject | undefined {
  // Entries stand in the order in which they were dropped.
  return [...state.dropped.values()].findLast(matches);
}

function sortedByName<Named extends { readonly name: string }>(objects: Named[]): Named[] {
  return objects.sort((a, b) => (a.name < b.name ? -1 : 1));
}
