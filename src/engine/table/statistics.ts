import type { StatisticValue } from '../formats/format.ts';
import type { Bound, ColumnStatistics } from '../formats/parquet/prune.ts';
import { parseDate, parseTimestamp, showDate, showTimestamp } from '../types/datetime.ts';
import { parseDecimal, showDecimal } from '../types/decimal.ts';
import { isFloat, type SqlType } from '../types/type.ts';
import type { AddFile } from './action.ts';
import { physicalName, type TableField } from './delta-schema.ts';

/** By the column's name in the table. */
export type FileStatistics = ReadonlyMap<string, ColumnStatistics>;

/** Columns beyond these have no statistics, as in Delta's `dataSkippingNumIndexedCols`. */
const INDEXED_COLUMNS = 32;
/** Longer texts are cut to a prefix that is a bound all the same. */
const TEXT_LIMIT = 32;

/**
 * Delta's statistics JSON of a file, `statistics` by index of field. To what Delta knows it adds the number of NaN in a
 * column of floats, which are beyond its bounds: others do not look for it, and without it no file could be ruled out.
 */
export function printStatistics(
  fields: readonly TableField[],
  rows: number,
  statistics: readonly (ColumnStatistics | undefined)[],
): string {
  const lists = { minValues: [], maxValues: [], nullCount: [], nanCount: [] } as const satisfies Lists;
  for (const [index, field] of fields.slice(0, INDEXED_COLUMNS).entries()) {
    const column = statistics[index];
    if (column) printColumn(lists, field, column);
  }
  const parts = Object.entries(lists).flatMap(([name, entries]) => `"${name}":{${entries}}`);
  return `{"numRecords":${rows},${parts}}`;
}

type Lists = Readonly<Record<'minValues' | 'maxValues' | 'nullCount' | 'nanCount', string[]>>;

function printColumn(lists: Lists, field: TableField, { min, max, nullCount, nanCount }: ColumnStatistics): void {
  const name = JSON.stringify(physicalName(field.delta));
  const lower = printBound(min, field.type, cutText);
  const upper = printBound(max, field.type, cutTextAbove);
  if (lower !== undefined && upper !== undefined) {
    lists.minValues.push(`${name}:${lower}`);
    lists.maxValues.push(`${name}:${upper}`);
  }
  if (nullCount !== undefined && !isStruct(field)) lists.nullCount.push(`${name}:${nullCount}`);
  if (nanCount !== undefined && isFloat(field.type)) lists.nanCount.push(`${name}:${nanCount}`);
}

/** Delta counts the NULLs of a struct's leaves, not its own. */
function isStruct({ delta: { type } }: TableField): boolean {
  return typeof type === 'object' && type.type === 'struct';
}

function printBound(bound: Bound | undefined, type: SqlType, cut: (text: string) => string): string | undefined {
  if (bound === undefined) return undefined;
  const { value } = bound;
  switch (type.kind) {
    case 'Int8':
    case 'Int16':
    case 'Int32':
    case 'Int64':
    case 'UInt8':
    case 'UInt16':
    case 'UInt32':
    case 'UInt64':
      return String(value);
    case 'Float32':
    case 'Float64':
      return Number.isFinite(value) ? String(value) : undefined;
    case 'Decimal':
      return type.precision > 38 ? undefined : showDecimal(BigInt(value), type.scale);
    case 'Date':
      return JSON.stringify(showDate(Number(value)));
    case 'Timestamp':
      return JSON.stringify(`${showTimestamp(BigInt(value), 'UTC').replace(' ', 'T')}Z`);
    case 'String':
      return JSON.stringify(cut(String(value)));
    default:
      // VARIANT, GEOMETRY and the like are stored as text or bytes whose order means nothing.
      return undefined;
  }
}

function cutText(text: string): string {
  return text.length <= TEXT_LIMIT ? text : prefix(text);
}

/** A text that no text with the same prefix exceeds. */
function cutTextAbove(text: string): string {
  return text.length <= TEXT_LIMIT ? text : `${prefix(text)}\u{10FFFF}`;
}

function prefix(text: string): string {
  return [...text.slice(0, TEXT_LIMIT * 2)].slice(0, TEXT_LIMIT).join('');
}

type Values = Readonly<Record<string, unknown>> | null;

interface StatisticsJson {
  readonly minValues?: Values;
  readonly maxValues?: Values;
  readonly nullCount?: Values;
  readonly nanCount?: Values;
}

/** What a file's statistics say of the columns; what cannot be understood counts as unknown. */
export function parseStatistics({ stats, rows }: AddFile, fields: readonly TableField[]): FileStatistics {
  if (stats === undefined || rows === undefined) return new Map();
  const json = parseExactly(stats);
  return new Map(fields.map((field) => [field.name, columnStatistics(json, rows, field)]));
}

function columnStatistics(json: StatisticsJson, rows: number, { type, delta }: TableField): ColumnStatistics {
  const name = physicalName(delta);
  const min = readBound(json.minValues?.[name], type);
  const max = readBound(json.maxValues?.[name], type);
  const upper = type.kind === 'Timestamp' && typeof max === 'bigint' ? roundedUp(max, json.maxValues?.[name]) : max;
  return {
    rows,
    nullCount: readCount(json.nullCount?.[name]),
    nanCount: isFloat(type) ? readCount(json.nanCount?.[name]) : 0,
    min: boundOf(min),
    max: boundOf(upper),
  };
}

/** Texts and timestamps may have been cut, and nothing says so. */
function boundOf(value: StatisticValue | undefined): Bound | undefined {
  return value === undefined ? undefined : { value, exact: false };
}

function readCount(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** Parses JSON with numbers that a double may not hold as texts. */
function parseExactly(text: string): StatisticsJson {
  const exact = /\d[\d.]{15}/.test(text)
    ? text.replace(TOKEN, (token) => (token.length < 16 || token.startsWith('"') ? token : `"${token}"`))
    : text;
  try {
    return JSON.parse(exact) as StatisticsJson;
  } catch {
    // Statistics only save work: a file whose statistics are broken is read.
    return {};
  }
}

function readBound(value: unknown, type: SqlType): StatisticValue | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const text = String(value);
  switch (type.kind) {
    case 'Int8':
    case 'Int16':
    case 'Int32':
    case 'Int64':
    case 'UInt8':
    case 'UInt16':
    case 'UInt32':
    case 'UInt64':
      return parseDecimal(text, 0);
    case 'Float32':
    case 'Float64':
      return Number.isNaN(Number(text)) ? undefined : Number(text);
    case 'Decimal':
      return type.precision > 38 ? undefined : parseDecimal(text, type.scale);
    case 'Date':
      return parseDate(text);
    case 'Timestamp':
      return parseTimestamp(text, 'UTC')?.micros;
    case 'String':
      return text;
    default:
      return undefined;
  }
}

/** Many writers cut timestamps to milliseconds: the greatest value may lie up to 999 microseconds later. */
function roundedUp(micros: bigint, text: unknown): bigint {
  return /\.\d{6}/.test(String(text)) ? micros : micros + 999n;
}
