import type { Cell, IntervalCell, TimestampTzCell } from '../types/cell.ts';
import { showDate } from '../types/datetime.ts';
import { showDecimal } from '../types/decimal.ts';
import { duckIdentifier, duckString, duckType } from '../types/duck.ts';
import { showHex } from '../types/hex.ts';
import type { SqlType } from '../types/type.ts';

/** A constant as DuckDB SQL, cast to exactly the type that holds it: its own idea of a literal's type must not decide. */
export function lowerLiteral(value: Cell, type: SqlType): string {
  return value === null ? `CAST(NULL AS ${duckType(type)})` : lowerValue(value, type);
}

function lowerValue(value: Exclude<Cell, null>, type: SqlType): string {
  switch (type.kind) {
    case 'Boolean':
      return value === true ? 'true' : 'false';
    case 'String':
    case 'Variant':
      return duckString(String(value));
    case 'Binary':
    case 'Geometry':
    case 'Geography':
      return `unhex('${showHex(value as Uint8Array)}')`;
    case 'Date':
      return `DATE '${showDate(Number(value))}'`;
    case 'Timestamp':
      return `make_timestamp(${String(value)}::BIGINT)`;
    case 'TimestampTz':
      return timestampTz(value as TimestampTzCell);
    case 'Interval':
      return interval(value as IntervalCell);
    case 'Decimal':
      return `CAST('${showDecimal(BigInt(value as bigint), type.scale)}' AS ${duckType(type)})`;
    case 'Float32':
    case 'Float64':
      return `CAST('${floatText(Number(value))}' AS ${duckType(type)})`;
    case 'Array':
      return `CAST([${items(value)
        .map((item) => lowerLiteral(item, type.element))
        .join(', ')}] AS ${duckType(type)})`;
    case 'Vector':
    case 'Bitmap':
      return `CAST([${items(value).join(', ')}] AS ${duckType(type)})`;
    case 'Tuple':
      return struct(items(value), type);
    case 'Map':
      return map(items(value), type);
    default:
      return `CAST(${String(value)} AS ${duckType(type)})`;
  }
}

function items(value: Exclude<Cell, null>): readonly Cell[] {
  return value as readonly Cell[];
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? String(value) : value > 0 ? 'inf' : '-inf';
}

function timestampTz({ micros, offsetSeconds }: TimestampTzCell): string {
  return `{'ts': make_timestamp(${micros}::BIGINT), 'off': ${offsetSeconds}::INTEGER}`;
}

function interval({ months, days, micros }: IntervalCell): string {
  return `(to_months(${months}) + to_days(${days}) + to_microseconds(${micros}::BIGINT))`;
}

function struct(cells: readonly Cell[], type: SqlType & { kind: 'Tuple' }): string {
  const fields = type.fields.map(
    (field, index) => `${duckIdentifier(field.name)} := ${lowerLiteral(cells[index] ?? null, field.type)}`,
  );
  return `struct_pack(${fields.join(', ')})`;
}

function map(cells: readonly Cell[], type: SqlType & { kind: 'Map' }): string {
  const entries = cells.map((cell) => cell as readonly Cell[]);
  const keys = entries.map(([key = null]) => lowerLiteral(key, type.key));
  const values = entries.map(([, value = null]) => lowerLiteral(value, type.value));
  return `CAST(map([${keys.join(', ')}], [${values.join(', ')}]) AS ${duckType(type)})`;
}
