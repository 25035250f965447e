import type { FileFormat, RowRequest, RowTarget } from '../format.ts';
import { flagOption } from '../option-values.ts';
import type { Fields } from './fields.ts';
import { columnCountMismatch, rawRecord } from './messages.ts';

/** What is expected of the number of fields in a record. */
export interface RecordShape {
  /** Whether another number of fields makes a bad row; otherwise records are padded and cut. */
  readonly strict: boolean;
  /** Whether a field that a short record lacks counts as an empty one; otherwise it is NULL. */
  readonly missingIsEmpty: boolean;
  /** A record of more fields ends the read. */
  readonly limit: number;
}

/** So many fields a record may have beyond those that are wanted. */
const SPARE_FIELDS = 1000;

export function recordShape(target: RowTarget, columns: number, format: FileFormat): RecordShape {
  const isCopy = target.kind === 'Columns';
  return {
    strict: isCopy && flagOption(format, 'ERROR_ON_COLUMN_COUNT_MISMATCH'),
    missingIsEmpty: isCopy,
    limit: columns + SPARE_FIELDS,
  };
}

/** A record of the wrong number of fields, and the line that Databend gives it. */
export interface WrongWidth {
  readonly fieldCount: number;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export interface TokenizerSinks {
  readonly fields: Fields;
  reportWidth(record: WrongWidth): void;
}

/** Sinks of which a record of the wrong width becomes a bad row. */
export function tokenizerSinks(fields: Fields, { onRowError }: RowRequest): TokenizerSinks {
  return {
    fields,
    reportWidth: ({ fieldCount, line, start, end }) =>
      onRowError({
        line,
        message: columnCountMismatch(fieldCount, fields.stride),
        raw: rawRecord(fields.bytes, start, end),
        column: undefined,
      }),
  };
}
