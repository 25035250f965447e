import { deserializeTCompactProtocol } from 'hyparquet/src/thrift.js';

/**
 * A struct as hyparquet gives it, and its fields by id. A field of another type than is asked for counts as absent, as
 * Thrift wants it: some old writers used ids that mean other things today.
 */
export type ThriftStruct = { readonly [field: `field_${number}`]: unknown };

/** The struct that starts at `at`, and where it ends. Throws where the bytes are no struct. */
export function readStruct(bytes: Uint8Array, at = 0): { readonly struct: ThriftStruct; readonly end: number } {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: at };
  const struct = deserializeTCompactProtocol(reader);
  return { struct, end: reader.offset };
}

export function numberAt(struct: ThriftStruct, id: number): number | undefined {
  const value = struct[`field_${id}`];
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' ? value : undefined;
}

export function boolAt(struct: ThriftStruct, id: number): boolean | undefined {
  const value = struct[`field_${id}`];
  return typeof value === 'boolean' ? value : undefined;
}

export function bytesAt(struct: ThriftStruct, id: number): Uint8Array | undefined {
  const value = struct[`field_${id}`];
  return value instanceof Uint8Array ? value : undefined;
}

const decoder = new TextDecoder();

export function textAt(struct: ThriftStruct, id: number): string | undefined {
  const bytes = bytesAt(struct, id);
  return bytes && decoder.decode(bytes);
}

export function structAt(struct: ThriftStruct, id: number): ThriftStruct | undefined {
  const value = struct[`field_${id}`];
  return isStruct(value) ? value : undefined;
}

function isStruct(value: unknown): value is ThriftStruct {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array) && !Array.isArray(value);
}

/** Empty where the field is absent. */
export function structsAt(struct: ThriftStruct, id: number): readonly ThriftStruct[] {
  return listAt(struct, id).filter(isStruct);
}

export function numbersAt(struct: ThriftStruct, id: number): readonly number[] {
  return listAt(struct, id).map(Number);
}

export function byteListAt(struct: ThriftStruct, id: number): readonly Uint8Array[] {
  return listAt(struct, id).filter((item) => item instanceof Uint8Array);
}

export function boolListAt(struct: ThriftStruct, id: number): readonly boolean[] {
  return listAt(struct, id).map((item) => item === true);
}

export function textsAt(struct: ThriftStruct, id: number): readonly string[] {
  return byteListAt(struct, id).map((bytes) => decoder.decode(bytes));
}

function listAt(struct: ThriftStruct, id: number): readonly unknown[] {
  const value = struct[`field_${id}`];
  return Array.isArray(value) ? value : [];
}
