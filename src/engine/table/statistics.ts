import type { StatisticValue } from '../formats/format.ts';
import { parseDate, parseTimestamp, showDate, showTimestamp } from '../types/datetime.ts';
import { parseDecimal, showDecimal } from '../types/decimal.ts';
import type { SqlType } from '../types/type.ts';
import { physicalName, type TableField } from './delta-schema.ts';

/** What is known of a column's values in one file; a bound is absent where it is unknown or there is no value. */
export interface ColumnStatistics {
  readonly nullCount?: number | undefined;
  readonly min?: StatisticValue | undefined;
  readonly max?: StatisticValue | undefined;
}

export interface FileStatistics {
  readonly rows: number | undefined;
  /** By the column's name in the table. */
  readonly columns: ReadonlyMap<string, ColumnStatistics>;
}

/** Columns beyond these have no statistics, as in Delta's `dataSkippingNumIndexedCols`. */
const INDEXED_COLUMNS = 32;
/** Longer texts are cut to a prefix that is a bound all the same. */
const TEXT_LIMIT = 32;

/** Delta's statistics JSON of a file, `statistics` by index of field. */
export function printStatistics(
  fields: readonly TableField[],
  rows: number,
  statistics: readonly (ColumnStatistics | undefined)[],
): string {
  const min: string[] = [];
  const max: string[] = [];
  const nulls: string[] = [];
  for (const [index, field] of fields.slice(0, INDEXED_COLUMNS).entries()) {
    const column = statistics[index];
    const name = JSON.stringify(physicalName(field.delta));
    const lower = printBound(column?.min, field.type, cutText);
    const upper = printBound(column?.max, field.type, cutTextAbove);
    if (lower !== undefined && upper !== undefined) {
      min.push(`${name}:${lower}`);
      max.push(`${name}:${upper}`);
    }
    if (column?.nullCount !== undefined && !isStruct(field)) nulls.push(`${name}:${column.nullCount}`);
  }
  return `{"numRecords":${rows},"minValues":{${min}},"maxValues":{${max}},"nullCount":{${nulls}}}`;
}

/** Delta counts the NULLs of a struct's leaves, not its own. */
function isStruct({ delta: { type } }: TableField): boolean {
  return typeof type === 'object' && type.type === 'struct';
}

function printBound(
  value: StatisticValue | undefined,
  type: SqlType,
  cut: (text: string) => string | undefined,
): string | undefined {
  if (value === undefined) return undefined;
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
    case 'String': {
      const text = cut(String(value));
      return text === undefined ? undefined : JSON.stringify(text);
    }
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

interface StatisticsJson {
  readonly numRecords?: unknown;
  readonly minValues?: Readonly<Record<string, unknown>> | null;
  readonly maxValues?: Readonly<Record<string, unknown>> | null;
  readonly nullCount?: Readonly<Record<string, unknown>> | null;
}

/** The statistics of a file; what cannot be understood counts as unknown. */
export function parseStatistics(text: string, fields: readonly TableField[]): FileStatistics {
  const json = parseExactly(text);
  const columns = new Map<string, ColumnStatistics>();
  for (const { name, type, delta } of fields) {
    const physical = physicalName(delta);
    const nulls = json.nullCount?.[physical];
    const min = readBound(json.minValues?.[physical], type);
    const max = readBound(json.maxValues?.[physical], type);
    const nullCount = typeof nulls === 'number' ? nulls : undefined;
    const upper =
      typeof max === 'bigint' && type.kind === 'Timestamp' ? roundedUp(max, json.maxValues?.[physical]) : max;
    columns.set(name, { nullCount, min, max: upper });
  }
  return { rows: typeof json.numRecords === 'number' ? json.numRecords : undefined, columns };
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

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
