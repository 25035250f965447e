import { SqlError } from '../base/errors.ts';
import type { StatisticValue } from '../formats/format.ts';
import type { Cell } from '../types/cell.ts';
import { parseCell } from '../types/parse/cell.ts';
import { ParseFailure } from '../types/parse/failure.ts';
import type { AddFile } from './action.ts';
import { physicalName, type TableField } from './delta-schema.ts';
import type { FileStatistics } from './statistics.ts';

const SETTINGS = { timezone: 'UTC', numericCast: 'rounding' } as const;

/** The value that all rows of a file have in a partition column; an empty text is NULL. */
export function partitionValue({ path, partitionValues }: AddFile, field: TableField): Cell {
  const text = partitionValues[physicalName(field.delta)] ?? partitionValues[field.name] ?? '';
  if (text === '') return null;
  // The protocol writes bytes as characters of the same numbers.
  if (field.type.kind === 'Binary') return Uint8Array.from(text, (character) => character.charCodeAt(0));
  const value = parseCell(text, field.type, SETTINGS);
  if (!(value instanceof ParseFailure)) return value;
  throw new SqlError('StorageOther', `the log gives file '${path}' the value '${text}' in partition '${field.name}'`);
}

/** Kinds whose cells are values of statistics too. */
const COMPARED: ReadonlySet<string> = new Set(
  'Boolean Int8 Int16 Int32 Int64 Decimal Date Timestamp String'.split(' '),
);

/** What the log says of a file's partition columns: in each all rows have one value. */
export function partitionStatistics(file: AddFile, fields: readonly TableField[]): FileStatistics {
  const names = Object.keys(file.partitionValues);
  if (names.length === 0) return new Map();
  const rows = file.rows ?? 1;
  const columns = fields.filter((field) => names.includes(physicalName(field.delta)) && COMPARED.has(field.type.kind));
  return new Map(
    columns.map((field) => {
      const value = partitionValue(file, field);
      if (value === null) return [field.name, { rows, nullCount: rows, nanCount: 0, min: undefined, max: undefined }];
      const bound = isStatistic(value) ? { value, exact: true } : undefined;
      return [field.name, { rows, nullCount: 0, nanCount: 0, min: bound, max: bound }];
    }),
  );
}

function isStatistic(value: Cell): value is StatisticValue & Cell {
  return ['bigint', 'number', 'string', 'boolean'].includes(typeof value);
}
