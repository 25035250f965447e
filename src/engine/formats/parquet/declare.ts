import { DataType, Field, FixedSizeList, LargeList, List, Map_, Struct, type Timestamp } from 'apache-arrow';
import { assert } from '../../base/errors.ts';

/**
 * A field as a file declares it: what `wanted` says of its name, nullability, metadata and time zone, and the parts of
 * lists and maps under the names that the Parquet specification gives them, which Delta readers look for.
 * The layout stays that of `own`.
 */
export function declaredField(own: Field, wanted: Field | undefined): Field {
  const { name, nullable, metadata } = wanted ?? own;
  return new Field(name, declaredType(own.type, wanted?.type), nullable, metadata);
}

function declaredType(own: DataType, wanted: DataType | undefined): DataType {
  if (DataType.isTimestamp(own)) return declaredTimestamp(own, wanted);
  if (DataType.isList(own)) return new List(named('element', part(own, wanted, 0)));
  if (DataType.isLargeList(own)) return new LargeList(named('element', part(own, wanted, 0)));
  if (DataType.isFixedSizeList(own)) return new FixedSizeList(own.listSize, named('element', part(own, wanted, 0)));
  if (DataType.isMap(own)) return declaredMap(own, wanted);
  if (DataType.isStruct(own)) return new Struct(own.children.map((_, index) => part(own, wanted, index)));
  return own;
}

function declaredTimestamp(own: Timestamp, wanted: DataType | undefined): DataType {
  if (!DataType.isTimestamp(wanted)) return own;
  assert(wanted.unit === own.unit, 'a timestamp is declared in the unit it has');
  return wanted;
}

function declaredMap(own: Map_, wanted: DataType | undefined): DataType {
  const entries = own.children[0]?.type;
  assert(DataType.isStruct(entries), 'a map has entries');
  const wantedEntries: DataType | undefined = wanted?.children?.[0]?.type;
  const key = named('key', part(entries, wantedEntries, 0), false);
  const value = named('value', part(entries, wantedEntries, 1));
  const pair = new Field('key_value', new Struct<{ key: DataType; value: DataType }>([key, value]), false);
  const map = new Map_(pair);
  // Arrow's constructor renames the field that it is given.
  Object.assign(pair, { name: 'key_value' });
  return map;
}

function part(own: DataType, wanted: DataType | undefined, index: number): Field {
  const child: Field | undefined = own.children[index];
  assert(child !== undefined, 'a nested column has its parts');
  return declaredField(child, wanted?.children?.[index]);
}

function named(name: string, field: Field, nullable = field.nullable): Field {
  return new Field(name, field.type, nullable, field.metadata);
}
