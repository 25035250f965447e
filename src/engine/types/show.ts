import { type BinaryFormat, showBinary } from './binary.ts';
import type { Cell, IntervalCell, TimestampTzCell } from './cell.ts';
import { showDate, showTimestamp, showTimestampTz } from './datetime.ts';
import { showDecimal } from './decimal.ts';
import { showDouble, showFloat } from './float.ts';
import { type GeometryFormat, geographyText, geometryText } from './geometry/print.ts';
import { showVariant } from './json/show.ts';
import type { SqlType } from './type.ts';

/** Session settings that decide how a value looks. */
export interface ShowSettings {
  readonly timezone: string;
  /** GeoJSON unless set. */
  readonly geometryOutputFormat?: GeometryFormat;
  /** `hex` unless set. */
  readonly binaryOutputFormat?: BinaryFormat;
}

/** A value as Databend prints it in a result; NULL is the caller's to show. */
export function showCell(cell: Exclude<Cell, null>, type: SqlType, settings: ShowSettings): string {
  switch (type.kind) {
    case 'Float32':
      return showFloat(Number(cell));
    case 'Float64':
      return showDouble(Number(cell));
    case 'Decimal':
      return showDecimal(cell as bigint, type.scale);
    case 'Date':
      return showDate(Number(cell));
    case 'Timestamp':
      return showTimestamp(cell as bigint, settings.timezone);
    case 'TimestampTz':
      return showTimestampTz((cell as TimestampTzCell).micros, (cell as TimestampTzCell).offsetSeconds);
    case 'Interval':
      return showInterval(cell as IntervalCell);
    case 'Binary':
      return showBinary(cell as Uint8Array, settings.binaryOutputFormat ?? 'hex');
    case 'Geometry':
      return geometryText(cell as Uint8Array, settings.geometryOutputFormat ?? 'GeoJSON');
    case 'Geography':
      return geographyText(cell as Uint8Array, settings.geometryOutputFormat ?? 'GeoJSON');
    case 'Bitmap':
      return '<bitmap binary>';
    case 'Vector':
      return `[${(cell as readonly Cell[]).map((item) => showVectorItem(Number(item))).join(',')}]`;
    case 'Array':
      return `[${(cell as readonly Cell[]).map((item) => showInside(item, type.element, settings)).join(',')}]`;
    case 'Tuple':
      return showTuple(cell as readonly Cell[], type, settings);
    case 'Map':
      return showMap(cell as readonly Cell[], type, settings);
    case 'Variant':
      return showVariant(String(cell));
    default:
      return String(cell);
  }
}

/** Inside a container texts and times stand in double quotes and NULL is a word. */
function showInside(cell: Cell, type: SqlType, settings: ShowSettings): string {
  if (cell === null) return 'NULL';
  const text = showCell(cell, type, settings);
  switch (type.kind) {
    case 'String':
    case 'Date':
    case 'Timestamp':
    case 'TimestampTz':
    case 'Interval':
    case 'Binary':
      return `"${text.replace(/["\\]/g, '\\$&')}"`;
    default:
      return text;
  }
}

function showTuple(cell: readonly Cell[], type: SqlType & { kind: 'Tuple' }, settings: ShowSettings): string {
  const items = type.fields.map((field, index) => showInside(cell[index] ?? null, field.type, settings));
  return `(${items.join(',')}${items.length === 1 ? ',' : ''})`;
}

function showMap(cell: readonly Cell[], type: SqlType & { kind: 'Map' }, settings: ShowSettings): string {
  const entries = cell.map((entry) => {
    const [key = null, value = null] = entry as readonly Cell[];
    return `${showInside(key, type.key, settings)}:${showInside(value, type.value, settings)}`;
  });
  return `{${entries.join(',')}}`;
}

/** Shortest float32 digits, whole numbers without a fraction. */
function showVectorItem(value: number): string {
  return showFloat(value).replace(/\.0$/, '');
}

/** `1 year 2 months 3 days 4:05:06.7`; each negative unit has its own sign, zero is `00:00:00`. */
export function showInterval({ months, days, micros }: IntervalCell): string {
  const years = Math.trunc(months / 12);
  const parts = [unit(years, 'year'), unit(months - years * 12, 'month'), unit(days, 'day')].filter(Boolean);
  if (micros !== 0n || parts.length === 0) parts.push(micros === 0n ? '00:00:00' : showClock(micros));
  return parts.join(' ');
}

function unit(count: number, name: string): string {
  if (count === 0) return '';
  return `${count} ${name}${Math.abs(count) === 1 ? '' : 's'}`;
}

function showClock(micros: bigint): string {
  const size = micros < 0n ? -micros : micros;
  const seconds = size / 1_000_000n;
  const two = (value: bigint) => String(value).padStart(2, '0');
  const fraction = String(size % 1_000_000n)
    .padStart(6, '0')
    .replace(/0+$/, '');
  const clock = `${seconds / 3600n}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  return `${micros < 0n ? '-' : ''}${clock}${fraction ? `.${fraction}` : ''}`;
}
