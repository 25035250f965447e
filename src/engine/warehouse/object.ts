import type { FileFormat } from '../formats/format.ts';
import type { EarlierFiles } from '../table/changes.ts';
import type { Column, SqlType } from '../types/type.ts';

/**
 * What the catalog knows, as plain JSON. A new kind of object is one member of `CatalogObject` and one row in
 * `OBJECT_KINDS`.
 */

/** Never used twice in a warehouse. A safe integer, since Databend shows ids as UInt64. */
export type ObjectId = number;

interface ObjectBase {
  readonly id: ObjectId;
  readonly name: string;
  /** 1 at creation, one more after each ALTER; rows written to a table do not count. */
  readonly version: number;
  readonly comment: string;
  /** The values of tags, by the tag's id. */
  readonly tags?: Readonly<Record<ObjectId, string>> | undefined;
  /** Milliseconds since 1970, like every time here. */
  readonly createdOn: number;
  readonly updatedOn: number;
}

export interface DatabaseRecord extends ObjectBase {
  readonly kind: 'Database';
  readonly options: Readonly<Record<string, string>>;
}

export interface TableColumn extends Column {
  /** Canonical SQL of the default; undefined when there is none, which is not the same as `NULL`. */
  readonly default?: string | undefined;
  readonly comment?: string | undefined;
  readonly computed?: ComputedColumn | undefined;
  readonly autoincrement?: Autoincrement | undefined;
}

export interface ComputedColumn {
  /** Canonical SQL over the other columns. */
  readonly expr: string;
  readonly stored: boolean;
}

export interface Autoincrement {
  readonly start: number;
  readonly step: number;
  /** Which of the table's counters it goes by; no other column ever has the same one. */
  readonly counter: string;
}

export interface TableRecord extends ObjectBase {
  readonly kind: 'Table';
  readonly databaseId: ObjectId;
  readonly columns: readonly TableColumn[];
  /** Lower-case keys: `change_tracking`, `row_per_block`. */
  readonly options: Readonly<Record<string, string>>;
  readonly transient: boolean;
  /** SQL of the CLUSTER BY expressions. */
  readonly clusterKey: readonly string[];
  readonly indexes?: readonly TableIndexRecord[] | undefined;
  readonly checks?: readonly TableCheck[] | undefined;
  readonly snapshotTags?: readonly SnapshotTag[] | undefined;
  /** How many numbers were taken, by counter. */
  readonly counters?: Readonly<Record<string, number>> | undefined;
  /** The Delta table's folder under `tables/`; kept by renames. */
  readonly folder: string;
  /** `@stage/path` or a URL: where others keep the Delta table, which can then only be read. */
  readonly external?: string | undefined;
  /** The CONNECTION that opens the URL. */
  readonly connection?: string | undefined;
  /** Of a temporary table: the one session that sees it. */
  readonly session?: string | undefined;
}

/** A version of a table under a name. */
export interface SnapshotTag {
  readonly name: string;
  readonly version: number;
  readonly createdOn: number;
  /** Undefined for one that stays until it is dropped. */
  readonly expiresOn: number | undefined;
}

/** What must not be false of any row that is written. */
export interface TableCheck {
  readonly name: string;
  /** Canonical SQL over the table's columns. */
  readonly expr: string;
}

/** What a table says of an index: rows are read without it, and searches look here how their columns are analysed. */
export interface TableIndexRecord {
  readonly type: 'INVERTED' | 'NGRAM' | 'VECTOR' | 'SPATIAL' | 'AGGREGATING';
  readonly name: string;
  readonly columns: readonly string[];
  /** Lower-case keys. */
  readonly options: Readonly<Record<string, string>>;
  readonly isAsync: boolean;
  /** Canonical SQL of an AGGREGATING index. */
  readonly query?: string | undefined;
  readonly createdOn: number;
}

export interface ViewRecord extends ObjectBase {
  readonly kind: 'View';
  readonly databaseId: ObjectId;
  /** Canonical, every table qualified. */
  readonly query: string;
  /** Names given in CREATE VIEW v (a, b). */
  readonly columns: readonly string[] | undefined;
}

export interface StageRecord extends ObjectBase {
  readonly kind: 'Stage';
  readonly location: StageLocation;
  readonly fileFormat: FileFormat;
}

export type StageLocation =
  /** Files live in the warehouse under `stages/<id>/`. */
  | { readonly kind: 'Internal' }
  | {
      readonly kind: 'External';
      readonly url: string;
      /** The connection whose values were copied at creation, whose secrets are asked for under that name. */
      readonly connection: string | undefined;
      readonly parameters: ConnectionParameters;
    };

/** Secret values never enter the catalog; their names do, so that they can be asked for and shown masked. */
export interface ConnectionParameters {
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

export interface FileFormatRecord extends ObjectBase {
  readonly kind: 'FileFormat';
  readonly format: FileFormat;
}

export interface ConnectionRecord extends ObjectBase {
  readonly kind: 'Connection';
  readonly storageType: string;
  readonly parameters: ConnectionParameters;
}

export interface StreamRecord extends ObjectBase {
  readonly kind: 'Stream';
  readonly databaseId: ObjectId;
  /** The table may be dropped and come back, and change its name. */
  readonly tableId: ObjectId;
  readonly appendOnly: boolean;
  /**
   * The version of the table up to which the stream was consumed. Consuming is an ALTER in the transaction that writes
   * what was made of the rows, so that of two consumers at a time one fails.
   */
  readonly offset: number;
  /** Files of later versions that were consumed with it: a transaction can consume what it writes before it commits. */
  readonly ahead?: EarlierFiles | undefined;
  /** Changes of the table were not tracked for a while, which ends a stream for good. */
  readonly ended?: boolean;
}

export interface TaskRecord extends ObjectBase {
  readonly kind: 'Task';
  readonly warehouse: string | undefined;
  /** Undefined for tasks that follow others, and for those that only EXECUTE TASK runs. */
  readonly schedule: TaskSchedule | undefined;
  /** Names of the tasks that it follows. */
  readonly after: readonly string[];
  /** Canonical SQL of the body: a statement or a block. */
  readonly definition: string;
  /** Canonical SQL of WHEN. */
  readonly condition: string | undefined;
  readonly state: 'Started' | 'Suspended';
  readonly suspendAfterFailures: number | undefined;
  readonly errorIntegration: string | undefined;
  /** Session parameters by name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What its intervals are counted from. */
  readonly resumedOn: number | undefined;
  readonly suspendedOn: number | undefined;
}

export type TaskSchedule =
  | { readonly kind: 'Interval'; readonly milliseconds: number }
  | { readonly kind: 'Cron'; readonly expression: string; readonly timezone: string | undefined };

/** Procedures may share a name: the record's own is the whole signature, `p(Int32,String)`. */
export interface ProcedureRecord extends ObjectBase {
  readonly kind: 'Procedure';
  readonly procedure: string;
  readonly parameters: readonly Column[];
  /** One column for a type. */
  readonly returns: readonly Column[];
  readonly returnsTable: boolean;
  /** The block as it was written. */
  readonly body: string;
}

/** A function in SQL. */
export interface FunctionRecord extends ObjectBase {
  readonly kind: 'Function';
  readonly parameters: readonly { readonly name: string; readonly type: SqlType | undefined }[];
  /** One column for a type; undefined where the body says it. */
  readonly returns: readonly Column[] | undefined;
  readonly returnsTable: boolean;
  /** An expression or a query. */
  readonly body: string;
}

/** A word that other objects are given values of. */
export interface TagRecord extends ObjectBase {
  readonly kind: 'Tag';
  /** Any text where undefined. */
  readonly allowed: readonly string[] | undefined;
}

/** Numbers that are given once each. */
export interface SequenceRecord extends ObjectBase {
  readonly kind: 'Sequence';
  readonly step: number;
  /** The one that is given next. */
  readonly next: number;
}

/** Whom to tell that a run of a task has failed. The value of its header is a secret, and not here. */
export interface NotificationRecord extends ObjectBase {
  readonly kind: 'Notification';
  readonly enabled: boolean;
  readonly url: string | undefined;
  readonly method: 'GET' | 'POST';
  readonly hasHeader: boolean;
  /** The last ones, the newest behind. */
  readonly sent: readonly SentNotification[];
}

export interface SentNotification {
  readonly createdOn: number;
  readonly processedOn: number;
  /** The task. */
  readonly source: string;
  readonly message: string;
  /** Why it did not get there. */
  readonly errorText: string | undefined;
}

export type CatalogObject =
  | DatabaseRecord
  | TableRecord
  | ViewRecord
  | StageRecord
  | FileFormatRecord
  | ConnectionRecord
  | StreamRecord
  | TaskRecord
  | ProcedureRecord
  | FunctionRecord
  | TagRecord
  | SequenceRecord
  | NotificationRecord;

export type ObjectKind = CatalogObject['kind'];

export type ObjectOf<Kind extends ObjectKind> = Extract<CatalogObject, { readonly kind: Kind }>;

type GivenAtCreation = 'id' | 'version' | 'createdOn' | 'updatedOn' | 'folder';

/** What CREATE says about an object; the rest the transaction gives. */
export type Definition<Kind extends ObjectKind> = Kind extends ObjectKind
  ? Omit<ObjectOf<Kind>, GivenAtCreation>
  : never;

/** A file that COPY loaded into a table. */
export interface LoadedFile {
  /** The key: relative to the stage's root, or the whole path under `copy_dedup_full_path`. */
  readonly path: string;
  readonly size: number;
  /** First seven characters of the ETag, the opening quote included. */
  readonly etag: string | undefined;
  readonly lastModified: number | undefined;
  readonly loadedOn: number;
  /** From then on the file may be loaded again. */
  readonly expiresOn: number;
}

/** What the catalog itself knows of a table's rows, so that lists of tables read no Delta log. */
export interface TableVersion {
  /** Version of the Delta log; later log files are no part of the table. */
  readonly version: number;
  /** Unknown where a file came without statistics. */
  readonly rows: number | undefined;
  readonly bytes: number;
  readonly files: number;
  readonly updatedOn: number;
}

/** One run of a task; recorded when it begins, and again, under the same id, when it ends. */
export interface TaskRun {
  readonly id: string;
  readonly taskId: ObjectId;
  /** As it was when it ran. */
  readonly task: string;
  readonly definition: string;
  /** The task at the top of its graph. */
  readonly rootTaskId: ObjectId;
  readonly trigger: TaskTrigger;
  readonly state: 'EXECUTING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'SKIPPED';
  /** What it does and the record of its end are one commit, so that a run that never ended did nothing. */
  readonly atomic: boolean;
  /** Its engine ended before it did, and nothing of it was committed: it may run again. */
  readonly interrupted: boolean;
  readonly queryId: string;
  readonly attempt: number;
  readonly scheduledOn: number;
  readonly completedOn: number | undefined;
  /** 0 without one. */
  readonly errorCode: number;
  readonly errorText: string | undefined;
}

export type TaskTrigger = 'Schedule' | 'Predecessors' | 'Execute';

/** A table or database that UNDROP may bring back. */
export interface DroppedObject {
  readonly object: DatabaseRecord | TableRecord;
  readonly droppedOn: number;
  /** The database whose DROP took this table along. */
  readonly droppedWith: ObjectId | undefined;
}
