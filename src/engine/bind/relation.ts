import type { RecordBatch } from 'apache-arrow';
import { type Span, SqlError } from '../base/errors.ts';
import type { Call, Identifier, ObjectName } from '../sql/ast.ts';
import type { DerivedTable, NamedTable, Query, StagedFiles } from '../sql/ast-query.ts';
import type { StagedSource } from '../stages/staged.ts';
import type { Schema } from '../types/type.ts';
import type { StreamRecord, TableRecord, ViewRecord } from '../warehouse/object.ts';
import type { TablePoint, TableRange } from '../warehouse/table-range.ts';
import type { BindSession } from './binder.ts';
import type { UserFunction } from './user-function.ts';

/** Where the rows of a base relation come from. Columns are those of the bound relation, hidden ones behind. */
export type RelationSource = TableSource | StreamSource | StagedSource | RowsSource;

export interface TableSource {
  readonly kind: 'Table';
  readonly database: string;
  /** Its columns are those of the version that is read. */
  readonly table: TableRecord;
  /** A former version, or a stream's offset; the table as the statement sees it without one. */
  readonly at?: TablePoint | undefined;
}

/** What changed in a table, with `CHANGE_COLUMNS` behind its columns. */
export interface StreamSource {
  readonly kind: 'Stream';
  readonly database: string;
  /** Of the stream, or of the table whose CHANGES are read. */
  readonly name: string;
  readonly table: TableRecord;
  /** Absent for CHANGES of a table. */
  readonly stream: StreamRecord | undefined;
  readonly appendOnly: boolean;
  readonly range: TableRange;
}

export const CHANGE_COLUMNS: Schema = [
  { name: 'change$action', type: { kind: 'String' }, nullable: false },
  { name: 'change$is_update', type: { kind: 'Boolean' }, nullable: false },
  { name: 'change$row_id', type: { kind: 'String' }, nullable: false },
];

/**
 * Columns behind those of every table, hidden from `*`: what a rewrite keeps of a row. The id stays the same for as long
 * as the row is there; the version is that of the table when the row was last changed. The place is where a row stands
 * in its data file; a statement that reads several files may count them in the higher 32 bits.
 */
export const ROW_COLUMNS: Schema = [
  { name: '_row_id', type: { kind: 'Int64' }, nullable: true },
  { name: '_row_version', type: { kind: 'Int64' }, nullable: true },
  { name: '_row_place', type: { kind: 'Int64' }, nullable: false },
];

/**
 * Behind `ROW_COLUMNS` of a table whose changes are tracked: where a row came from that a change or a compaction has
 * moved into another data file, and NULL for one that stands where it was inserted.
 */
export const ORIGIN_COLUMNS: Schema = [
  { name: '_origin_version', type: { kind: 'UInt64' }, nullable: true },
  { name: '_origin_block_id', type: { kind: 'Decimal', precision: 38, scale: 0 }, nullable: true },
  { name: '_origin_block_row_num', type: { kind: 'UInt64' }, nullable: true },
];

/** Rows that the engine makes itself: system tables, INFER_SCHEMA, LIST. */
export interface RowsSource {
  readonly kind: 'Rows';
  readonly name: string;
  readonly columns: Schema;
  readonly rows: (signal: AbortSignal) => AsyncIterable<RecordBatch>;
  /** The table in DuckDB that has the rows, all columns by the names `c<index>`; where it is given `rows` are not read. */
  readonly held?: string;
}

/** What names in FROM stand for; made before binding, since files must be looked at for their columns. */
export interface Relations {
  /** Throws UnknownDatabase or UnknownTable. */
  named(ref: NamedTable): ResolvedName;
  staged(ref: StagedFiles): StagedSource;
  /** What stands for a reference with PIVOT, UNPIVOT or SAMPLE; undefined where it stands for itself. */
  reshaped(ref: NamedTable | DerivedTable): Query | undefined;
  /** A table function that the engine answers; undefined when there is none of that name. */
  function(call: Call): RowsSource | undefined;
  /** What CREATE FUNCTION made under that name. */
  defined(name: string): UserFunction | undefined;
}

export type ResolvedName =
  | TableSource
  | StreamSource
  | RowsSource
  | { readonly kind: 'View'; readonly database: string; readonly view: ViewRecord; readonly query: Query };

/** `IDENTIFIER($v)` and `IDENTIFIER(:v)` are the name that the variable holds. Throws SemanticError where it holds none. */
export function resolvedName(
  name: ObjectName,
  { variables, placeholders }: Pick<BindSession, 'variables' | 'placeholders'>,
): ObjectName {
  const { variable, span } = name;
  if (!variable) return name;
  const values = variable.kind === 'Placeholder' ? placeholders : variables;
  const value = variable.name === undefined ? undefined : values?.get(variable.name)?.value;
  if (typeof value === 'string')
    return { parts: value.split('.').map((part) => ({ name: part, quoted: false, span })), span };
  throw new SqlError('SemanticError', `invalid variable identifier ${variable.name ?? '?'} in session`, { span });
}

/** Throws UnknownCatalog for any other than Databend's own. */
export function checkCatalog({ name, span }: Identifier): void {
  if (name === 'default') return;
  throw new SqlError('UnknownCatalog', `Catalog '${name}' does not exist`, { span });
}

/** The last part of a name and, when given, the one before. */
export function splitName({ parts }: ObjectName): {
  readonly database: Identifier | undefined;
  readonly name: Identifier;
  readonly span: Span;
} {
  const name = parts.at(-1);
  if (!name) throw new Error('a name has at least one part');
  const catalog = parts.at(-3);
  if (catalog) checkCatalog(catalog);
  return { database: parts.at(-2), name, span: name.span };
}
