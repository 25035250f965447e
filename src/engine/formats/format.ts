import type { RecordBatch } from 'apache-arrow';
import type { ByteRange } from '../stores/store.ts';
import type { Column, PlainKind, Schema } from '../types/type.ts';

/**
 * How to add a file format: one file (or folder) here that gives a `Format`, an entry in `index.ts`, and files with
 * their rows in `fixtures/`. Everything else follows from the entry: `TYPE = …` and its options in stages, CREATE
 * FILE FORMAT and COPY, INFER_SCHEMA, querying a stage, completion and the forms of the console.
 *
 * Batches that leave a format are in the engine's Arrow form of their column's type (`types/arrow.ts`): timestamps in
 * microseconds, decimals as Decimal128, VARIANT as canonical JSON text. Dictionary, large and view encodings of the
 * same logical values may stay.
 */

/** One file as a format sees it. */
export interface FileSource {
  /** As shown to people: relative to the stage or bucket. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly etag?: string | undefined;
  /** Milliseconds since 1970. */
  readonly lastModified?: number | undefined;
  /** `into` is memory that a store may fill instead of new memory, from its start on. */
  read(range: ByteRange, signal: AbortSignal, into?: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}

/** What an option of FILE_FORMAT may be; a format's table of them is its grammar, its SHOW output and its form. */
export interface OptionSpec {
  /** Upper case, Databend's word. */
  readonly name: string;
  readonly doc: string;
  /** Which literals are accepted: `'x'`, a bare word, either, TRUE or FALSE, an unsigned integer, a list of strings. */
  readonly accepts: 'text' | 'word' | 'word or text' | 'boolean' | 'number' | 'texts';
  readonly default: OptionValue;
  /** For closed sets: the legal words, upper case. */
  readonly values?: readonly string[];
  /** What is expected when a value is not legal (the end of Databend's message), else undefined. */
  check?(value: OptionValue): string | undefined;
}

export type OptionValue = string | number | boolean | readonly string[];

/** A type and the values of all its options: what a stage or CREATE FILE FORMAT stores. */
export interface FileFormat {
  readonly type: FormatName;
  readonly options: Readonly<Record<string, OptionValue>>;
}

export type FormatName = 'CSV' | 'TEXT' | 'NDJSON' | 'PARQUET';

export type Format = ColumnarFormat | RowFormat;

interface FormatBase {
  readonly name: FormatName;
  /** Other names that TYPE takes: TSV for TEXT. */
  readonly aliases: readonly string[];
  readonly doc: string;
  readonly suffix: string;
  readonly options: readonly OptionSpec[];
}

/** Files that carry their own schema and are read by named column. */
export interface ColumnarFormat extends FormatBase {
  readonly kind: 'columnar';
  readSchema(file: FileSource, format: FileFormat, signal: AbortSignal): Promise<Schema>;
  read(file: FileSource, request: ColumnarRequest, signal: AbortSignal): AsyncIterable<FileBatch>;
  /** How many rows `read` gives under predicates, of how many, without reading them. */
  countRows(
    file: FileSource,
    request: Pick<ColumnarRequest, 'format' | 'predicates'>,
    signal: AbortSignal,
  ): Promise<RowCount>;
}

export interface RowCount {
  readonly rows: number;
  readonly all: number;
}

export interface ColumnarRequest {
  readonly format: FileFormat;
  /** Names as in `readSchema`; batches hold exactly these, in this order. */
  readonly columns: readonly string[];
  /** Row groups that cannot hold a matching row are skipped; rows that do not match may still come. */
  readonly predicates: readonly Predicate[];
  /** Stop once so many rows have come. */
  readonly limit: number | undefined;
  readonly onProgress?: ((progress: ReadProgress) => void) | undefined;
}

/** A conjunct that pruning can use: `column op value`. */
export interface Predicate {
  readonly column: string;
  readonly operator: '=' | '<' | '<=' | '>' | '>=' | 'IS NULL' | 'IS NOT NULL';
  /** In the form of `ColumnStatistics`; absent for the NULL tests. */
  readonly value?: StatisticValue | undefined;
}

/** Dates as days, timestamps as microseconds since 1970, decimals unscaled with the column's scale. */
export type StatisticValue = bigint | number | string | boolean;

export interface ReadProgress {
  /** Bytes of the file read since the last report, from wherever it is kept. */
  readonly bytes: number;
  /** Row groups read since then, and those of the whole file, told once. */
  readonly rowGroups?: number;
  readonly rowGroupsTotal?: number;
}

export interface FileBatch {
  readonly batch: RecordBatch;
  /** Position in the file of the first row, from 0. */
  readonly firstRow: number;
}

/** Text files: records found by a tokenizer, values by parsing. */
export interface RowFormat extends FormatBase {
  readonly kind: 'row';
  /** What a SELECT sees: `$1 … $N` strings, or `$1` a VARIANT. */
  readonly access: 'positions' | 'variant';
  read(file: FileSource, request: RowRequest, signal: AbortSignal): AsyncIterable<RowBatch>;
  inferSchema(file: FileSource, request: InferRequest, signal: AbortSignal): Promise<Schema>;
  /** The first records as texts, with what does not fit the others; absent where records have no fields. */
  preview?(file: FileSource, request: PreviewRequest, signal: AbortSignal): Promise<TextPreview>;
}

export interface PreviewRequest {
  readonly format: FileFormat;
  readonly limits: PreviewLimits;
}

export interface InferRequest {
  readonly format: FileFormat;
  readonly maxRecords: number | undefined;
}

export interface RowRequest {
  readonly format: FileFormat;
  readonly target: RowTarget;
  readonly session: RowSession;
  /** COPY's DISABLE_VARIANT_CHECK: invalid JSON text becomes JSON null. */
  readonly disableVariantCheck: boolean;
  /** Called for each bad row; the row is dropped if it returns, and the read ends if it throws. */
  onRowError(error: RowError): void;
  readonly onProgress?: ((progress: ReadProgress) => void) | undefined;
}

/** Session settings that decide how text becomes a value. */
export interface RowSession {
  readonly timezone: string;
  readonly numericCast: 'rounding' | 'truncating';
}

export type RowTarget =
  /** SELECT `$1 … $count`: nullable strings, no check of the column count. */
  | { readonly kind: 'Positions'; readonly count: number }
  /** SELECT `$1`: each record as one VARIANT. */
  | { readonly kind: 'Record' }
  /** COPY into columns: by position (CSV, TEXT) or by name (NDJSON). */
  | {
      readonly kind: 'Columns';
      readonly columns: Schema;
      /** Whether a key that no column has makes its record an error: the columns were found in a sample. */
      readonly refuseOthers?: boolean;
    };

export interface RowBatch {
  readonly batch: RecordBatch;
  /** `metadata$file_row_number` of each row of the batch. */
  readonly rowNumbers: Float64Array;
  /** By index of column: 1 where the value is to be the column's default. The cell itself holds NULL or zero. */
  readonly defaulted: ReadonlyMap<number, Uint8Array>;
}

/** A row that could not be read; a value, not an exception, since ON_ERROR decides. */
export interface RowError {
  /** From 0, as Databend counts for this format. */
  readonly line: number;
  /** Databend's text: `Invalid value 'x' for column 2 (c Int32 NULL): invalid text for number`. */
  readonly message: string;
  /** The record as it stands in the file, cut at 4,096 characters. */
  readonly raw: string;
  readonly column: Column | undefined;
}

/** What a file of fields holds, with what does not fit the rest of it. */
export interface TextPreview {
  readonly columns: readonly PreviewColumn[];
  /** The first records, and those among all that were looked at in which something is bad. */
  readonly records: readonly PreviewRecord[];
  /** Records that were looked at. */
  readonly scanned: number;
}

export interface PreviewColumn {
  readonly name: string;
  /** Of nearly all values. */
  readonly kind: PlainKind;
  /** Values of another kind. */
  readonly bad: number;
}

export interface PreviewRecord {
  /** From 0, headers left out. */
  readonly row: number;
  readonly cells: readonly (string | null)[];
  /** Indexes of cells that are not of the kind of their column. */
  readonly bad: readonly number[];
  /** The record has more or fewer fields than most. */
  readonly isWrongWidth: boolean;
}

export interface PreviewLimits {
  /** Records that are given whether something is bad in them or not. */
  readonly first: number;
  /** Records that are looked at. */
  readonly most: number;
}
