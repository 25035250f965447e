import type { ErrorHint } from './hints.ts';

/** A half-open range of UTF-16 offsets into the text of one script. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Databend's numbers by Databend's names; the only place that knows a number. */
export const ERROR_CODES = {
  Internal: 1001,
  Unimplemented: 1002,
  UnknownDatabase: 1003,
  SyntaxException: 1005,
  BadArguments: 1006,
  IllegalDataType: 1007,
  UnknownFunction: 1008,
  BadDataValueType: 1010,
  EmptyData: 1016,
  BadDataArrayLength: 1018,
  UnknownTable: 1025,
  UnknownView: 1026,
  NumberArgumentsNotMatch: 1028,
  ViewDependencyError: 1029,
  AbortedQuery: 1043,
  BadBytes: 1046,
  UnknownColumn: 1058,
  SemanticError: 1065,
  UnknownFormat: 1074,
  CompressionDetection: 1075,
  InvalidCompressionData: 1076,
  InvalidTimezone: 1078,
  InvalidClusterKeys: 1081,
  GeometryError: 1090,
  AddColumnExist: 1108,
  DropColumnEmpty: 1109,
  TableWithInternalColumnName: 1110,
  ColumnReferencedByIndex: 1111,
  ColumnReferencedByComputedColumn: 1117,
  UnclusteredTable: 1118,
  UnknownCatalog: 1119,
  OutofSequenceRange: 1124,
  UnknownSequence: 1126,
  UnknownQuery: 1127,
  AlterTableError: 1132,
  ConstraintError: 1133,
  ParquetFileInvalid: 1201,
  TableOptionInvalid: 1301,
  TableEngineNotSupported: 1302,
  TableSchemaMismatch: 1303,
  UnsupportedIndex: 1601,
  TantivyQueryParserError: 1903,
  InvalidConfig: 2002,
  InvalidArgument: 2004,
  TableVersionMismatched: 2009,
  HistoricalDataNotFound: 2013,
  DuplicatedUpsertFiles: 2014,
  DatabaseAlreadyExists: 2301,
  TableAlreadyExists: 2302,
  ViewAlreadyExists: 2306,
  UndropTableAlreadyExists: 2308,
  UndropTableHasNoHistory: 2309,
  UndropDbHasNoHistory: 2312,
  UnknownStage: 2501,
  StageAlreadyExists: 2502,
  IllegalStageFileFormat: 2505,
  StagePermissionDenied: 2506,
  UnknownFileFormat: 2507,
  IllegalFileFormat: 2508,
  FileFormatAlreadyExists: 2509,
  UnknownConnection: 2510,
  ConnectionAlreadyExists: 2512,
  UnknownUDF: 2602,
  UdfAlreadyExists: 2603,
  UnknownTask: 2611,
  TaskAlreadyExists: 2612,
  TaskScheduleAndAfterConflict: 2615,
  IndexAlreadyExists: 2720,
  UnknownIndex: 2721,
  UnknownStream: 2730,
  StreamAlreadyExists: 2732,
  IllegalStream: 2733,
  StreamVersionMismatched: 2734,
  WithOptionInvalid: 2735,
  UnknownReference: 2745,
  ReferenceAlreadyExists: 2746,
  IllegalReference: 2747,
  ReferenceExpired: 2748,
  TagAlreadyExists: 2750,
  UnknownTag: 2751,
  NotAllowedTagValue: 2752,
  TagHasReferences: 2753,
  UnknownVariable: 2801,
  WrongValueForVariable: 2803,
  StorageNotFound: 3001,
  StoragePermissionDenied: 3002,
  StorageUnavailable: 3901,
  StorageUnsupported: 3902,
  StorageInsecure: 3903,
  InvalidOperation: 3905,
  StorageOther: 4000,
  UnresolvableConflict: 4001,
  CurrentTransactionIsAborted: 4002,
  SequenceError: 3101,
  AutoIncrementError: 3102,
  ScriptSemanticError: 3128,
  ScriptExecutionError: 3129,
  UnknownProcedure: 3130,
  ProcedureAlreadyExists: 3131,
} as const;

export type ErrorKind = keyof typeof ERROR_CODES;

export interface SqlErrorOptions {
  readonly span?: Span | undefined;
  readonly cause?: unknown;
  /** Names in scope that the text probably meant; the editor offers the first as a fix. */
  readonly suggestions?: readonly string[] | undefined;
  /** What to do next, shown under the message; a new one is a row in hints.ts and its Chinese. */
  readonly hint?: ErrorHint | undefined;
  readonly snippet?: Snippet | undefined;
}

/** Text to be pasted elsewhere, such as a rule for a bucket; the console offers to copy it. */
export interface Snippet {
  readonly title: ErrorHint;
  readonly text: string;
}

/** The one class of error that leaves the engine. */
export class SqlError extends Error {
  override readonly name = 'SqlError';
  readonly kind: ErrorKind;
  readonly code: number;
  readonly span: Span | undefined;
  readonly suggestions: readonly string[];
  readonly hint: ErrorHint | undefined;
  readonly snippet: Snippet | undefined;

  constructor(kind: ErrorKind, message: string, options: SqlErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.code = ERROR_CODES[kind];
    this.span = options.span;
    this.suggestions = options.suggestions ?? [];
    this.hint = options.hint;
    this.snippet = options.snippet;
  }

  /** The same error at a place, unless it already has one: inner code need not know where it stands. */
  at(span: Span): SqlError {
    if (this.span) return this;
    return new SqlError(this.kind, this.message, {
      span,
      cause: this.cause,
      suggestions: this.suggestions,
      hint: this.hint,
      snippet: this.snippet,
    });
  }
}

/** A SqlError as plain data, since a structured clone forgets the class. */
export interface WireError {
  readonly kind: ErrorKind;
  readonly message: string;
  readonly span?: Span | undefined;
  readonly suggestions: readonly string[];
  readonly hint?: ErrorHint | undefined;
  readonly snippet?: Snippet | undefined;
}

export function toWire(error: unknown): WireError {
  const { kind, message, span, suggestions, hint, snippet } = toSqlError(error);
  return { kind, message, span, suggestions, hint, snippet };
}

export function fromWire({ kind, message, ...options }: WireError): SqlError {
  return new SqlError(kind, message, options);
}

/** Anything that was thrown, as a SqlError; what is not one already is a bug of ours (1001). */
export function toSqlError(error: unknown): SqlError {
  if (error instanceof SqlError) return error;
  if (isAbort(error))
    return new SqlError('AbortedQuery', 'Aborted query, because the query was cancelled', { cause: error });
  if (isStackOverflow(error))
    return new SqlError('SyntaxException', 'expression is nested too deeply', { cause: error });
  return new SqlError('Internal', error instanceof Error ? error.message : String(error), { cause: error });
}

/** `1 + 1 + …` is a tree as deep as it is long. Firefox has a class of its own for it. */
function isStackOverflow(error: unknown): boolean {
  return error instanceof Error && /^(?:Maximum call stack size exceeded|too much recursion)/.test(error.message);
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new SqlError('Internal', `assertion failed: ${message}`);
}

/** Does not compile while a member of the union is not handled. */
export function unreachable(value: never): never {
  throw new SqlError('Internal', `unexpected value ${JSON.stringify(value)}`);
}
