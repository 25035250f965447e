import { type Column, engineColumnType } from '../../types/type.ts';

/** Databend's texts for rows that cannot be read. */

interface ColumnPlace {
  readonly column: Column;
  /** From 0, in the target's columns. */
  readonly index: number;
}

const VALUE_LENGTH = 100;
const RAW_LENGTH = 4096;

export function invalidValue(text: string, place: ColumnPlace, cause: string): string {
  return `Invalid value '${cut(text, VALUE_LENGTH)}' for column ${columnText(place)}: ${cause}`;
}

/** `2 (c Int32 NULL)`. */
export function columnText({ column, index }: ColumnPlace): string {
  return `${index} (${column.name} ${engineColumnType(column)})`;
}

export function columnCountMismatch(fields: number, columns: number): string {
  return `Number of columns in file (${fields}) does not match that of the corresponding table (${columns})`;
}

/** An empty field where the option allows no value; `emptyAs` is the option's value. */
export function emptyValue(
  { column, index }: ColumnPlace,
  option: string,
  emptyAs: 'NULL' | 'STRING' | 'FIELD_DEFAULT',
): string {
  const start = `Encountered an empty value for column ${index} (\`${column.name}\` of type ${engineColumnType(column)}), with the FILE_FORMAT option \`${option}=${emptyAs}\`.`;
  return emptyAs === 'STRING'
    ? `${start} To resolve this, please consider Set ${option} to FIELD_DEFAULT or NULL.`
    : `${start} To resolve this, please consider one of the following options: 1. Modify the \`${column.name}\` column to allow NULL values. 2. Set ${option} to FIELD_DEFAULT.`;
}

function cut(text: string, length: number): string {
  return text.length <= length
    ? text
    : Array.from(text.slice(0, 2 * length))
        .slice(0, length)
        .join('');
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The bytes as text; what is not UTF-8 shows as U+FFFD. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

/** A record as it stands in the file, cut at the length that `RowError` allows. */
export function rawRecord(bytes: Uint8Array, start: number, end: number): string {
  return cut(textOf(bytes, start, Math.min(end, start + 4 * RAW_LENGTH)), RAW_LENGTH);
}
