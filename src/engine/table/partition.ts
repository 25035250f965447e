import { SqlError } from '../base/errors.ts';
import type { Cell } from '../types/cell.ts';
import { parseCell } from '../types/parse/cell.ts';
import { ParseFailure } from '../types/parse/failure.ts';
import type { AddFile } from './action.ts';
import { physicalName, type TableField } from './delta-schema.ts';

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
