import type { Data } from 'apache-arrow';
import { arrowType } from '../../types/arrow.ts';
import { BytesBuilder } from '../../types/build/scalars.ts';
import { bytesAt, cellReader, listBounds } from '../../types/cell.ts';
import { showDecimal } from '../../types/decimal.ts';
import { canonicalJson } from '../../types/json/canonical.ts';
import type { StoredField } from './schema.ts';
import {
  binaryText,
  broken,
  dateText,
  doubleText,
  floatText,
  objectText,
  timestampText,
  timeText,
  uuidText,
  variantMembers,
  variantNames,
  variantText,
} from './variant.ts';

/** JSON text, or undefined for what is missing. `names` is the row's dictionary. */
type TextReader = (row: number, names: readonly string[]) => string | undefined;
type Convert = (data: Data, field: StoredField) => Data;

/**
 * Canonical JSON of a VARIANT column: its binary values, and those parts that the file stores as typed columns. Throws
 * where a value stands in both places, or in a type that VARIANT has not.
 */
export function variantsFromGroup(data: Data, field: StoredField, convert: Convert): Data {
  const metadata = child(data, field, 'metadata');
  if (!metadata) throw broken('it has no metadata');
  const text = groupReader(data, field, convert);
  const namesOf = namesReader(metadata.data);
  const builder = new BytesBuilder(arrowType({ kind: 'Variant' }));
  for (let row = 0; row < data.length; row++) {
    builder.append(data.getValid(row) ? canonicalJson(text(row, namesOf(row)) ?? 'null') : null);
  }
  return builder.finish();
}

/** Rows mostly share a dictionary. */
function namesReader(metadata: Data): (row: number) => readonly string[] {
  const at = bytesAt(metadata);
  let last = new Uint8Array(0);
  let names: readonly string[] = [];
  return (row) => {
    const bytes = at(row);
    if (bytes.length !== last.length || bytes.some((byte, index) => byte !== last[index])) {
      names = variantNames(bytes);
      last = bytes.slice();
    }
    return names;
  };
}

interface Child {
  readonly data: Data;
  readonly field: StoredField;
}

function child(data: Data, field: StoredField, name: string): Child | undefined {
  const index = field.children.findIndex((part) => part.name === name);
  const [part, partData] = [field.children[index], data.children[index]];
  return part && partData && { data: partData, field: part };
}

/** Of a group of `value` and `typed_value`, of which either may be absent. */
function groupReader(data: Data, field: StoredField, convert: Convert): TextReader {
  const value = child(data, field, 'value');
  const at = value && bytesAt(value.data);
  const bytes = (row: number) => (value?.data.getValid(row) ? at?.(row) : undefined);
  const typed = child(data, field, 'typed_value');
  const plainText: TextReader = (row, names) => {
    const found = bytes(row);
    return found && variantText(found, names);
  };
  if (!typed) return plainText;
  if (typed.field.type.kind === 'Tuple') return objectReader(typed, { bytes, plainText, convert });
  const text = typed.field.type.kind === 'Array' ? arrayReader(typed, convert) : scalarReader(typed, convert);
  return (row, names) => {
    if (!typed.data.getValid(row)) return plainText(row, names);
    if (bytes(row)) throw broken('a value stands in it twice, once with a type of its own');
    return text(row, names);
  };
}

interface Around {
  readonly bytes: (row: number) => Uint8Array | undefined;
  readonly plainText: TextReader;
  readonly convert: Convert;
}

/** Members with a column of their own, and the others of the binary value beside them. */
function objectReader({ data, field }: Child, { bytes, plainText, convert }: Around): TextReader {
  const members = field.children.flatMap((part, index) => {
    const group = data.children[index];
    return group ? [{ name: part.name, group, text: groupReader(group, part, convert) }] : [];
  });
  return (row, names) => {
    if (!data.getValid(row)) return plainText(row, names);
    const value = bytes(row);
    const found = value ? variantMembers(value, names) : new Map<string, string>();
    if (!found) throw broken('it is no object but has members');
    for (const { name, group, text } of members) {
      const member = group.getValid(row) ? text(row, names) : undefined;
      if (member === undefined) found.delete(name);
      else found.set(name, member);
    }
    return objectText(found);
  };
}

function arrayReader({ data, field }: Child, convert: Convert): TextReader {
  const [elements] = data.children;
  const [part] = field.children;
  if (!elements || !part) throw broken('an array has no elements');
  const text = groupReader(elements, part, convert);
  const bounds = listBounds(data);
  return (row, names) => {
    const [start, end] = bounds(row);
    const texts = Array.from({ length: end - start }, (_, index) => text(start + index, names) ?? 'null');
    return `[${texts.join(',')}]`;
  };
}

function scalarReader({ data, field }: Child, convert: Convert): TextReader {
  const read = cellReader(convert(data, field), field.type);
  const text = scalarText(field);
  return (row) => text(read(row));
}

/** Cells have the form of the field's type. */
function scalarText({ type, logical, node }: StoredField): (cell: unknown) => string {
  switch (type.kind) {
    case 'Boolean':
    case 'Int8':
    case 'Int16':
    case 'Int32':
      return String;
    case 'Int64':
      return logical?.kind === 'Time' ? (cell) => timeText(cell as bigint) : String;
    case 'Float32':
      return (cell) => floatText(cell as number);
    case 'Float64':
      return (cell) => doubleText(cell as number);
    case 'Decimal':
      return (cell) => showDecimal(cell as bigint, type.scale);
    case 'Date':
      return (cell) => dateText(cell as number);
    case 'Timestamp':
      return (cell) => timestampText(cell as bigint);
    case 'String':
      return (cell) => JSON.stringify(cell);
    case 'Binary':
      if (logical?.kind === 'Uuid') return (cell) => uuidText(cell as Uint8Array);
      if (node.physical === 'BYTE_ARRAY') return (cell) => binaryText(cell as Uint8Array);
      throw broken('it has a column of bytes of a fixed width, which VARIANT has not');
    default:
      throw broken(`it has a column of type ${type.kind}, which VARIANT has not`);
  }
}
