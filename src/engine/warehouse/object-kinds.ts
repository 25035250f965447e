import { type ErrorKind, SqlError } from '../base/errors.ts';
import { didYouMean } from '../base/text.ts';
import type { CatalogObject, ObjectId, ObjectKind } from './object.ts';

/** What names of a kind belong to and what is said when one is taken or missing. */
interface ObjectKindRow {
  /** Objects that share a namespace cannot share a name. */
  readonly namespace: 'database' | 'account';
  readonly taken: ErrorKind;
  readonly takenText: (name: string) => string;
  readonly unknown: ErrorKind;
  readonly unknownText: (name: string, database?: string) => string;
}

const OBJECT_KINDS: { readonly [Kind in ObjectKind]: ObjectKindRow } = {
  Database: {
    namespace: 'account',
    taken: 'DatabaseAlreadyExists',
    takenText: (name) => `Database '${name}' already exists.`,
    unknown: 'UnknownDatabase',
    unknownText: (name) => `Unknown database '${name}'`,
  },
  Table: {
    namespace: 'database',
    taken: 'TableAlreadyExists',
    takenText: (name) => `Table '${name}' already exists`,
    unknown: 'UnknownTable',
    unknownText: (name, database) => `Unknown table '${qualified(name, database)}'`,
  },
  View: {
    namespace: 'database',
    taken: 'ViewAlreadyExists',
    takenText: (name) => `View '${name}' already exists`,
    unknown: 'UnknownTable',
    unknownText: (name, database) => `Unknown table '${qualified(name, database)}'`,
  },
  Stream: {
    namespace: 'database',
    taken: 'StreamAlreadyExists',
    takenText: (name) => `stream '${name}' already exists`,
    unknown: 'UnknownStream',
    unknownText: (name, database) => `unknown stream \`${database}\`.\`${name}\` in catalog 'default'`,
  },
  Task: {
    namespace: 'account',
    taken: 'TaskAlreadyExists',
    takenText: (name) => `task ${name} already exists`,
    unknown: 'UnknownTask',
    unknownText: (name) => `unknown task ${name}`,
  },
  Procedure: {
    namespace: 'account',
    taken: 'ProcedureAlreadyExists',
    takenText: (name) => `Procedure '${name}' already exists`,
    unknown: 'UnknownProcedure',
    unknownText: (name) => `Unknown procedure ${name}`,
  },
  Function: {
    namespace: 'account',
    taken: 'UdfAlreadyExists',
    takenText: (name) => `UDF '${name}' already exists`,
    unknown: 'UnknownUDF',
    unknownText: (name) => `UDF '${name}' does not exist.`,
  },
  Tag: {
    namespace: 'account',
    taken: 'TagAlreadyExists',
    takenText: (name) => `Tag '${name}' already exists.`,
    unknown: 'UnknownTag',
    unknownText: (name) => `Tag '${name}' does not exist.`,
  },
  Sequence: {
    namespace: 'account',
    taken: 'SequenceError',
    takenText: (name) => `Sequence '${name}' already exists`,
    unknown: 'UnknownSequence',
    unknownText: (name) => `Unknown sequence '${name}'`,
  },
  Notification: {
    namespace: 'account',
    taken: 'InvalidArgument',
    takenText: (name) => `Notification integration '${name}' already exists.`,
    unknown: 'InvalidArgument',
    unknownText: (name) => `Notification integration '${name}' does not exist.`,
  },
  Stage: {
    namespace: 'account',
    taken: 'StageAlreadyExists',
    takenText: (name) => `Stage '${name}' already exists.`,
    unknown: 'UnknownStage',
    unknownText: (name) => `Stage '${name}' does not exist.`,
  },
  FileFormat: {
    namespace: 'account',
    taken: 'FileFormatAlreadyExists',
    takenText: (name) => `File format '${name}' already exists.`,
    unknown: 'UnknownFileFormat',
    unknownText: (name) => `File format '${name}' does not exist.`,
  },
  Connection: {
    namespace: 'account',
    taken: 'ConnectionAlreadyExists',
    takenText: (name) => `Connection '${name}' already exists.`,
    unknown: 'UnknownConnection',
    unknownText: (name) => `Connection '${name}' does not exist.`,
  },
};

function qualified(name: string, database: string | undefined): string {
  return database === undefined ? name : `${database}.${name}`;
}

/** What names an object: those of one database, or those of one kind of the account. */
export function namespaceOf(object: CatalogObject): string {
  if (!('databaseId' in object)) return object.kind;
  const shared = databaseNamespace(object.databaseId);
  return object.kind === 'Table' && object.session !== undefined ? sessionNamespace(shared, object.session) : shared;
}

/** Where a session's temporary tables have their names, beside those of the database. */
export function sessionNamespace(database: string, session: string): string {
  return `${database} session ${session}`;
}

export function databaseNamespace(id: ObjectId): string {
  return `Database ${id}`;
}

export function alreadyExists({ kind, name }: Pick<CatalogObject, 'kind' | 'name'>): SqlError {
  const { taken, takenText } = OBJECT_KINDS[kind];
  return new SqlError(taken, takenText(name));
}

/** `candidates` are the names in scope, from which those that were probably meant are offered. */
export function unknownObject(
  kind: ObjectKind,
  name: string,
  candidates: Iterable<string>,
  database?: string,
): SqlError {
  const { unknown, unknownText } = OBJECT_KINDS[kind];
  return new SqlError(unknown, unknownText(name, database), { suggestions: didYouMean(name, candidates) });
}
