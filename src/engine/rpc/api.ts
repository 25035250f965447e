import type { RecordBatch } from 'apache-arrow';
import type { SqlError } from '../base/errors.ts';
import type { FileOutcome, ProgressPhase } from '../base/progress.ts';
import type { Completion, Diagnostic, Hover, Signatures } from '../complete/answer.ts';
import type { OperatorProfile, ProfiledOperator } from '../execute/profile.ts';
import type { StatementSpan } from '../sql/split.ts';
import type { ListedFile } from '../stores/file-list.ts';
import type { ShowSettings } from '../types/show.ts';
import type { Schema } from '../types/type.ts';
import type { Vault } from './vault/vault.ts';

export type { OperatorProfile, ProfiledOperator, StatementSpan };

/** What the console can ask of the engine. `client.ts` implements it over a worker; everything that does something is a statement. */
export interface Engine {
  /** Resolves once the engine can run statements; rejects if it cannot start. */
  readonly ready: Promise<EngineInfo>;
  /** A session has its own current database, settings and variables; a worksheet has one. Closing forgets them. */
  session(): Session;
  /** Rows of a result, by position; fewer than asked for when the result ends or has not come so far yet. */
  rows(resultId: string, start: number, count: number, signal: AbortSignal): Promise<RecordBatch>;
  /** Frees a result that is not shown any more. */
  forget(resultId: string): void;
  /** Called with what a commit of this or another tab changed. Returns the way to stop it. */
  onChange(listener: (changes: readonly Change[]) => void): () => void;
  /** Called with each request to the network, and with the bytes that it brings. Returns the way to stop it. */
  onTraffic(listener: (origin: string, bytes: number) => void): () => void;
  /** The origins that statements may ask on the network; all of them where it is undefined, as at the start. */
  allow(origins: readonly string[] | undefined): void;
  /** Makes a file of this device readable as `'browser:///<name>'` in PUT; returns that URL. Nothing is read until then. */
  offer(file: File): string;
  /** Takes back an offer. */
  withdraw(url: string): void;
  /** Makes a PUT of an offer wait between its pieces, or go on. */
  hold(url: string, isHeld: boolean): void;
  /**
   * Gives a file that `GET @<stage>/<folder>/<name> 'browser:///<any>/'` has left for the page, as `<any>/<name>`, or
   * `COPY INTO 'browser:///<any>/<name>'`. It lies on the disk.
   */
  take(path: string): Promise<File>;
  /** Removes such a file; what is not removed goes with the engine. */
  leave(path: string): Promise<void>;
  /** Makes a folder of this device the storage of `local://<name>/`; CREATE STAGE then points at it. */
  mount(name: string, folder: FileSystemDirectoryHandle): Promise<void>;
  /** The same for browsers that hand a folder over as its files: read-only, and for as long as the page is open. */
  mountFiles(name: string, files: readonly ListedFile[]): void;
  /** The folder that was mounted by that name, to ask the person again whether it may be read. Rejects if there is none. */
  mounted(name: string): Promise<FileSystemDirectoryHandle>;
  storage(): Promise<StorageInfo>;
  /** Writes what the history has in memory; for a page that may be about to close. */
  flush(): void;
  readonly vault: Vault;
  readonly archive: Archive;
}

/** A file of the warehouse, by its path in it. */
export interface WarehouseFile {
  readonly path: string;
  readonly content: Blob;
}

/** The warehouse as files, to be taken along, brought back and erased. It holds no secret. */
export interface Archive {
  /** All files as they stand between two commits; data is not read until somebody reads the content. */
  files(signal: AbortSignal): Promise<readonly WarehouseFile[]>;
  /**
   * Makes these files the warehouse, its tasks suspended, and forgets the secrets of the one before. Until it resolves
   * nothing has changed; then every page has to be loaded anew. One page at a time may.
   */
  restore(files: AsyncIterable<WarehouseFile>, options: RestoreOptions): Promise<void>;
  /** Ends the engine and removes all that it keeps in this browser. */
  erase(): Promise<void>;
  /** Called when another page begins to erase the warehouse, or has put another in its place. Returns the way to stop it. */
  onRenewal(listener: (renewal: Renewal) => void): () => void;
}

export interface Renewal {
  readonly kind: 'Replaced' | 'Erased';
  /** Resolves when the page may be loaded anew. */
  readonly over: Promise<void>;
}

export interface RestoreOptions {
  readonly signal: AbortSignal;
  onFile(file: WarehouseFile): void;
}

export interface EngineInfo {
  readonly version: string;
  readonly duckdbVersion: string;
}

export interface StorageInfo {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** Whether the browser promised not to clear it under pressure. */
  readonly persisted: boolean;
}

export interface Session {
  readonly id: string;
  /** Runs the statements of a script in order and tells what happens; resolves at the end, never rejects for a failed statement. */
  run(script: string, options: RunOptions): Promise<void>;
  /** Runs one statement and gives its whole result; for lists and previews that the console itself needs. */
  query(sql: string, signal: AbortSignal): Promise<QueryRows>;
  /**
   * Writes the rows of a result that is whole as an Arrow file: `@<stage>/<folder>/<name>`, or `browser:///<any>/<name>`
   * for the page to take. What is there is not replaced, and what fails or is cancelled leaves nothing. Rejects with
   * `UnknownQuery` where the result is not there any more.
   */
  writeArrow(result: string, location: string, options: WriteOptions): Promise<readonly Change[]>;
  /** The statements of a text, for run-at-caret and the gutter. */
  split(text: string): Promise<readonly StatementSpan[]>;
  /** What the parser and the binder find wrong, without running anything. */
  diagnose(text: string, signal: AbortSignal): Promise<readonly Diagnostic[]>;
  complete(text: string, offset: number, signal: AbortSignal): Promise<readonly Completion[]>;
  hover(text: string, offset: number, signal: AbortSignal): Promise<Hover | undefined>;
  /** The overloads of the call around a place. */
  signatures(text: string, offset: number, signal: AbortSignal): Promise<Signatures | undefined>;
  /** The text with its layout normalised, comments kept; the same text when there is nothing to do. Rejects with SqlError when it does not parse. */
  format(text: string): Promise<string>;
  /** The text without the secrets of its SQL. */
  mask(text: string): Promise<string>;
  close(): void;
}

export interface WriteOptions {
  readonly signal: AbortSignal;
  onProgress(progress: Progress): void;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** After a statement that failed the rest is skipped, unless this is set. */
  readonly continueOnError: boolean;
  /** For statements that copy bytes: a cancel waits for them, and nothing else that runs is ended for it. */
  readonly isPatient?: boolean | undefined;
  /** Offset of the script in the text it was cut from; added to every span that is reported. */
  readonly offset: number;
  /** What is about to read more bytes of tables and files, be it a query or a change, fails with AbortedQuery instead. */
  readonly bytesLimit?: number | undefined;
  onEvent(event: RunEvent): void;
}

/** `index` counts the statements of the run from 0. Times are milliseconds. */
export type RunEvent =
  | { readonly kind: 'started'; readonly index: number; readonly statement: StatementSpan }
  | { readonly kind: 'progress'; readonly index: number; readonly progress: Progress }
  /** Files of a COPY that were read since it was told last; what is left is in the result. */
  | { readonly kind: 'files'; readonly index: number; readonly files: readonly FileOutcome[] }
  /** The result has columns, and rows come; repeated as they do. */
  | { readonly kind: 'rows'; readonly index: number; readonly result: ResultInfo }
  | {
      readonly kind: 'finished';
      readonly index: number;
      readonly result: ResultInfo;
      readonly duration: number;
      readonly changes: readonly Change[];
    }
  | { readonly kind: 'failed'; readonly index: number; readonly error: SqlError; readonly duration: number }
  /** What came before the cancel stays readable. */
  | {
      readonly kind: 'cancelled';
      readonly index: number;
      readonly result: ResultInfo | undefined;
      readonly duration: number;
    }
  | { readonly kind: 'skipped'; readonly index: number; readonly statement: StatementSpan };

export interface ResultInfo {
  readonly id: string;
  /** Empty for statements without a result set. */
  readonly columns: Schema;
  readonly rows: number;
  readonly complete: boolean;
  /** Rows inserted, updated, deleted or loaded. */
  readonly affected: number;
  /** How its values are to look, where the statement has settings of its own. */
  readonly show?: ShowSettings | undefined;
}

export interface QueryRows {
  readonly columns: Schema;
  readonly batches: readonly RecordBatch[];
}

/** Counts never go back. Unknown totals are absent. */
export interface Progress {
  readonly phase: ProgressPhase;
  readonly files: number;
  readonly filesTotal: number | undefined;
  readonly rows: number;
  readonly rowsTotal: number | undefined;
  /** Bytes read from files and stores. */
  readonly bytes: number;
  readonly bytesTotal: number | undefined;
  /** Of those, bytes that came over the network. */
  readonly networkBytes: number;
  /** Rows that were put into the form of a file. */
  readonly written: number;
}

/** Something that a statement created, altered, dropped or wrote; the console fetches again what depends on it. */
export interface Change {
  readonly kind:
    | 'Database'
    | 'Table'
    | 'View'
    | 'Stage'
    | 'StageFiles'
    | 'FileFormat'
    | 'Stream'
    | 'Task'
    | 'Connection'
    | 'Setting'
    | 'Session';
  /** `database.table` for tables, views and streams. */
  readonly name: string;
}
