import type { Field } from 'apache-arrow';
import { MAX_DECIMAL128_PRECISION } from '../../types/arrow.ts';
import { plain, type SqlType, sameType, typeFromJson } from '../../types/type.ts';
import type { Conversion } from './schema.ts';

/** In the metadata of an Arrow field: a type that neither Parquet nor Arrow can name, as JSON. */
export const TYPE_KEY = 'databend.type';

interface Extended {
  readonly type: SqlType;
  readonly conversion: Conversion;
}

const TIMESTAMP_TZ: SqlType = {
  kind: 'Tuple',
  fields: [
    { name: 'ts', type: plain('Timestamp') },
    { name: 'off', type: plain('Int32') },
  ],
};
const UINT64S: SqlType = { kind: 'Array', element: plain('UInt64') };
const FLOATS: SqlType = { kind: 'Array', element: plain('Float32') };

/** The type that a field's metadata gives a column, if it is stored in that type's form; else undefined. */
export function extendedType(stored: SqlType, hint: Field | undefined): Extended | undefined {
  const text = hint?.metadata.get(TYPE_KEY);
  const type = text === undefined ? undefined : parsedType(text);
  const form = type && formOf(type);
  return form && sameType(stored, form.stored) ? { type, conversion: form.conversion } : undefined;
}

/** How `unload.ts` stores the types that Parquet cannot name. */
function formOf(type: SqlType): { readonly stored: SqlType; readonly conversion: Conversion } | undefined {
  switch (type.kind) {
    case 'Variant':
      return { stored: plain('String'), conversion: 'json' };
    case 'Interval':
      return { stored: plain('String'), conversion: 'interval text' };
    case 'Decimal':
      return type.precision > MAX_DECIMAL128_PRECISION ? { stored: plain('String'), conversion: 'none' } : undefined;
    case 'Bitmap':
      return { stored: UINT64S, conversion: 'none' };
    case 'TimestampTz':
      return { stored: TIMESTAMP_TZ, conversion: 'none' };
    case 'Vector':
      return type.dimension > 0 ? { stored: FLOATS, conversion: 'vector' } : undefined;
    default:
      return undefined;
  }
}

function parsedType(text: string): SqlType | undefined {
  try {
    return typeFromJson(JSON.parse(text)) ?? undefined;
  } catch {
    return undefined; // Another program's word under the same key: the column is what it is stored as.
  }
}
