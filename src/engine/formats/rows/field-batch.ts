import type { Data } from 'apache-arrow';
import { batchFromColumns } from '../../types/build/batch.ts';
import { ownBatch } from '../../types/own.ts';
import { type Column, plain, type Schema } from '../../types/type.ts';
import type { RowBatch, RowError, RowTarget } from '../format.ts';
import { rangesData, type ValueSettings } from './column-data.ts';
import type { Fields } from './fields.ts';
import { rawRecord } from './messages.ts';
import { DEFAULT, type Ranges } from './ranges.ts';

/** The columns that a target of CSV or TEXT has: those of COPY, or `$1 … $N` as nullable strings. */
export function fieldColumns(target: RowTarget): Schema {
  if (target.kind === 'Columns') return target.columns;
  const count = target.kind === 'Positions' ? target.count : 0;
  return Array.from({ length: count }, (_, index) => ({
    name: `_$${index + 1}`,
    type: plain('String'),
    nullable: true,
  }));
}

/** A column of the target and its place there, from 0. */
export interface TargetColumn {
  readonly column: Column;
  readonly index: number;
}

/** Called with Databend's text for a row that cannot be read; the first of a row counts. */
export type ReportRow = (row: number, message: string) => void;

export interface FieldBatchOptions {
  readonly columns: Schema;
  readonly values: ValueSettings;
  /** One column of the records as texts. */
  sliceOf(fields: Fields, column: TargetColumn, report: ReportRow): Ranges;
  /** The line of a row in messages. */
  lineOf(row: number): number;
  onRowError(error: RowError): void;
}

interface BadRow {
  readonly message: string;
  readonly column: Column;
}

/**
 * The records of a window as a batch. Bad rows are reported in their order, among those that are known to be bad
 * already, and left out.
 */
export function fieldBatch(
  fields: Fields,
  options: FieldBatchOptions,
  knownErrors: readonly RowError[] = [],
): RowBatch | undefined {
  const bad = new Map<number, BadRow>();
  const batch = parseColumns(fields, options, bad);
  const errors = [...bad].map(([row, { message, column }]): RowError => {
    return { message, column, line: options.lineOf(row), raw: rawOf(fields, row) };
  });
  for (const error of [...knownErrors, ...errors].sort((a, b) => a.line - b.line)) options.onRowError(error);
  if (bad.size > 0) fields.drop(bad);
  if (fields.rows === 0) return undefined;
  return bad.size === 0 ? batch : parseColumns(fields, options, new Map());
}

function rawOf({ bytes, recordStarts, recordEnds }: Fields, row: number): string {
  return rawRecord(bytes, recordStarts[row] ?? 0, recordEnds[row] ?? 0);
}

function parseColumns(fields: Fields, options: FieldBatchOptions, bad: Map<number, BadRow>): RowBatch {
  const { columns, values } = options;
  const defaulted = new Map<number, Uint8Array>();
  const parsed: Data[] = columns.map((column, index) => {
    const slice = options.sliceOf(fields, { column, index }, (row, message) => {
      if (!bad.has(row)) bad.set(row, { message, column });
    });
    const marks = slice.special === 0 ? undefined : defaultMarks(slice.states);
    if (marks) defaulted.set(index, marks);
    return rangesData(slice, column, values);
  });
  const batch = ownBatch(batchFromColumns(columns, parsed, fields.rows));
  return { batch, rowNumbers: fields.numbers.slice(0, fields.rows), defaulted };
}

/** 1 where a state is DEFAULT; undefined when none is. */
function defaultMarks(states: Uint8Array): Uint8Array | undefined {
  if (!states.includes(DEFAULT)) return undefined;
  return states.map((state) => (state === DEFAULT ? 1 : 0));
}
