import type { Data } from 'apache-arrow';
import { batchFromColumns } from '../../types/build/batch.ts';
import { type Column, plain, type Schema } from '../../types/type.ts';
import type { RowBatch, RowError, RowTarget } from '../format.ts';
import { rangesData, type ValueSettings } from './column-data.ts';
import type { Fields } from './fields.ts';
import { rawRecord } from './messages.ts';
import { DEFAULT } from './ranges.ts';
import { type FieldRules, FieldSlice, type ReportRow } from './slice.ts';

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

export interface FieldBatchOptions {
  readonly columns: Schema;
  readonly rules: FieldRules;
  readonly values: ValueSettings;
  /** The line of a row in messages. */
  lineOf(row: number): number;
  onRowError(error: RowError): void;
}

interface BadRow {
  readonly message: string;
  readonly column: Column;
}

/** The records of a window as a batch. Bad rows are reported in their order and left out. */
export function fieldBatch(fields: Fields, options: FieldBatchOptions): RowBatch {
  const bad = new Map<number, BadRow>();
  const batch = parseColumns(fields, options, bad);
  if (bad.size === 0) return batch;
  for (const row of [...bad.keys()].sort((a, b) => a - b)) {
    const known = bad.get(row);
    if (known) options.onRowError({ ...known, line: options.lineOf(row), raw: rawOf(fields, row) });
  }
  fields.drop(bad);
  return parseColumns(fields, options, new Map());
}

function rawOf({ bytes, recordStarts, recordEnds }: Fields, row: number): string {
  return rawRecord(bytes, recordStarts[row] ?? 0, recordEnds[row] ?? 0);
}

function parseColumns(
  fields: Fields,
  { columns, rules, values }: FieldBatchOptions,
  bad: Map<number, BadRow>,
): RowBatch {
  const defaulted = new Map<number, Uint8Array>();
  const parsed: Data[] = columns.map((column, index) => {
    const report: ReportRow = (row, message) => {
      if (!bad.has(row)) bad.set(row, { message, column });
    };
    const slice = new FieldSlice(fields, { column, index }, rules, report);
    const marks = slice.special === 0 ? undefined : defaultMarks(slice.states);
    if (marks) defaulted.set(index, marks);
    return rangesData(slice, column, values);
  });
  const batch = batchFromColumns(columns, parsed, fields.rows);
  return { batch, rowNumbers: fields.numbers.slice(0, fields.rows), defaulted };
}

/** 1 where a state is DEFAULT; undefined when none is. */
export function defaultMarks(states: Uint8Array): Uint8Array | undefined {
  if (!states.includes(DEFAULT)) return undefined;
  return states.map((state) => (state === DEFAULT ? 1 : 0));
}
