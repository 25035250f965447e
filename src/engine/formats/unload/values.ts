import type { Cell } from '../../types/cell.ts';
import { showDecimal } from '../../types/decimal.ts';
import { showDouble, showFloat } from '../../types/float.ts';
import { showHex } from '../../types/hex.ts';
import { jsonString } from '../../types/json/escapes.ts';
import { showVariant } from '../../types/json/show.ts';
import { type ShowSettings, showCell } from '../../types/show.ts';
import { isNumeric, type SqlType } from '../../types/type.ts';

/** How values look in unloaded files, whatever the session shows. */
export function unloadSettings(timezone: string): ShowSettings {
  return { timezone, geometryOutputFormat: 'EWKT' };
}

/** A value as JSON: what NDJSON holds, and what nested values are in CSV and TEXT. */
export function jsonOfCell(cell: Cell, type: SqlType, settings: ShowSettings): string {
  if (cell === null) return 'null';
  switch (type.kind) {
    case 'Boolean':
      return String(cell);
    case 'Float32':
    case 'Float64':
      return Number.isFinite(cell) ? plainText(cell, type, settings) : 'null';
    case 'Array':
      return `[${(cell as readonly Cell[]).map((item) => jsonOfCell(item, type.element, settings)).join(',')}]`;
    case 'Tuple':
      return `[${type.fields.map((field, index) => jsonOfCell((cell as readonly Cell[])[index] ?? null, field.type, settings)).join(',')}]`;
    case 'Map':
      return `{${(cell as readonly (readonly Cell[])[]).map((entry) => jsonOfEntry(entry, type, settings)).join(',')}}`;
    case 'Vector':
      return plainText(cell, type, settings);
    case 'Variant':
      return showVariant(String(cell));
    default:
      return isNumeric(type) ? plainText(cell, type, settings) : jsonString(plainText(cell, type, settings));
  }
}

function jsonOfEntry(
  [key = null, value = null]: readonly Cell[],
  type: SqlType & { kind: 'Map' },
  settings: ShowSettings,
): string {
  const name = key === null ? 'null' : plainText(key, type.key, settings);
  return `${jsonString(name)}:${jsonOfCell(value, type.value, settings)}`;
}

/** A value without quotes or escapes. */
export function plainText(cell: Exclude<Cell, null>, type: SqlType, settings: ShowSettings): string {
  switch (type.kind) {
    case 'Float32':
      return showFloat(Number(cell));
    case 'Float64':
      return showDouble(Number(cell));
    case 'Decimal':
      return withoutZeros(showDecimal(cell as bigint, type.scale));
    case 'Binary':
      return showHex(cell as Uint8Array);
    case 'Bitmap':
      return (cell as readonly Cell[]).join(',');
    case 'Array':
    case 'Tuple':
    case 'Map':
      return jsonOfCell(cell, type, settings);
    default:
      return showCell(cell, type, settings);
  }
}

/** `1.2300` as `1.23`, `2.0000` as `2`. */
function withoutZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
