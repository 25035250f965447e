import type { WritableStore } from '../stores/store.ts';
import type { EncodedFile } from '../table/data-file.ts';
import type { TableSnapshot } from '../table/snapshot.ts';
import type { DataFile, TableWrite } from '../table/write.ts';
import type { Definition, DroppedObject, LoadedFile, ObjectKind, ObjectOf, TableRecord, TaskRun } from './object.ts';
import type { CatalogState } from './state.ts';

/**
 * One engine's view of a warehouse. Several engines may work on one warehouse at a time; each catches up with
 * `refresh`.
 */
export interface Warehouse {
  readonly store: WritableStore;
  /** The newest catalog that this engine knows. */
  state(): CatalogState;
  /** Reads what others have committed; one probe of the store when that is nothing. To be called before a statement. */
  refresh(signal: AbortSignal): Promise<CatalogState>;
  /** Starts from `state()`, as a session sees it where one is given. */
  begin(session?: string): Transaction;
  /** A committed state of a table, live or dropped, at `version` or as `state()` has it. */
  snapshot(table: TableRecord, signal: AbortSignal, version?: number): Promise<TableSnapshot>;
  /** Writes down a committed version of a table as a whole, so that its log before that is not needed any more. */
  checkpoint(table: TableRecord, version: number, signal: AbortSignal): Promise<void>;
  /** Removes what crashed writers left behind. Changes nothing that can be read; safe while others write. */
  recover(signal: AbortSignal): Promise<void>;
  /** Called with what a commit changed, of this engine or another. Returns the way to stop it. */
  onChange(listener: (changes: readonly ObjectChange[]) => void): () => void;
  /** Waits for checkpoints that are being written. */
  idle(): Promise<void>;
  /** Waits for checkpoints, then gives back the writer's lock. No transaction may be open. */
  close(signal: AbortSignal): Promise<void>;
}

/**
 * Collects changes and commits them at once, or not at all. Nothing is visible to others before `commit` resolves; all
 * of it is when it has. Changes that cannot stand on the state that the transaction sees throw at once; those that
 * others' commits make impossible throw in `commit`.
 */
export interface Transaction {
  readonly id: string;
  /** The catalog with this transaction's changes. */
  state(): CatalogState;
  /**
   * Throws the kind's "already exists" when the name is taken, unless `orReplace`: then the old object is dropped. A
   * name taken by another kind of the same namespace always throws.
   */
  create<Kind extends ObjectKind>(definition: Definition<Kind>, options?: CreateOptions): ObjectOf<Kind>;
  /**
   * Replaces the record with the same id; its `version` and `updatedOn` are the transaction's to set. `renames` gives
   * the old name of each column that has a new one; other columns continue those of the same name.
   */
  alter<Kind extends ObjectKind>(object: ObjectOf<Kind>, options?: AlterOptions): ObjectOf<Kind>;
  /** Dropping a database drops what is in it. Tables and databases are kept for UNDROP. */
  drop(object: ObjectOf<ObjectKind>): void;
  /** Brings back what `findDroppedTable` or `findDroppedDatabase` gave, a database with the tables that went with it. */
  undrop(dropped: DroppedObject): void;
  /** Forgets a dropped object for good; its files become VACUUM's. */
  purge(dropped: DroppedObject): void;
  /** The table with this transaction's writes; files that are not committed yet have no row ids. */
  snapshot(table: TableRecord, signal: AbortSignal): Promise<TableSnapshot>;
  /** Stores a data file under the transaction's name. It becomes part of the table by `write` and `commit`. */
  writeFile(table: TableRecord, file: EncodedFile, signal: AbortSignal): Promise<DataFile>;
  /** `removed` are files of `snapshot(table)`. TRUNCATE removes all of them and calls `forgetLoads`. */
  write(table: TableRecord, write: TableWrite): void;
  /**
   * FLASHBACK: gives the table the columns and files of a former version, with their row ids. The record's columns are
   * the caller's to alter, before.
   */
  restore(table: TableRecord, former: TableSnapshot): void;
  /** With `force` files may be loaded again; without, a concurrent load of one of them makes `commit` throw 2014. */
  recordLoads(table: TableRecord, files: readonly LoadedFile[], options: { readonly force: boolean }): void;
  forgetLoads(table: TableRecord): void;
  /** Makes `commit` throw UnresolvableConflict when others took the same numbers first. */
  takeNumbers(table: TableRecord, taken: TakenNumbers): void;
  /**
   * A run of a task that begins or ends. Makes `commit` throw when another run of it has begun or ended since this
   * transaction began, or when this run has ended.
   */
  recordRun(run: TaskRun): void;
  /** Once `commit` has resolved or thrown, or after `rollback`, the transaction is over. */
  commit(signal: AbortSignal): Promise<CommitResult>;
  /** Forgets the changes and removes the files that were written; nothing once `commit` was called. */
  rollback(signal: AbortSignal): Promise<void>;
}

export interface CreateOptions {
  readonly orReplace?: boolean | undefined;
}

export interface AlterOptions {
  /** New name to old name. */
  readonly renames?: ReadonlyMap<string, string> | undefined;
}

/** Numbers of an AUTOINCREMENT column: `count` of them from the one that the counter stood at. */
export interface TakenNumbers {
  readonly counter: string;
  readonly from: number;
  readonly count: number;
}

export interface CommitResult {
  /** The catalog version; unchanged when there was nothing to commit. */
  readonly version: number;
  readonly changes: readonly ObjectChange[];
}

/** An object that a commit created, altered, dropped or wrote. */
export interface ObjectChange {
  readonly kind: ObjectKind;
  /** Of tables and views. */
  readonly database: string | undefined;
  readonly name: string;
}
