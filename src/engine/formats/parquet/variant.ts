import { SqlError } from '../../base/errors.ts';
import { showBinary } from '../../types/binary.ts';
import { showDate, showTimestamp } from '../../types/datetime.ts';
import { showDecimal } from '../../types/decimal.ts';
import { showDouble, showFloat } from '../../types/float.ts';

/**
 * Parquet's binary VARIANT as JSON text. What JSON has no word for is a string as Databend prints it: times in UTC and
 * cut to microseconds, binaries as hex digits, NaN and infinities by name.
 */
export function variantText(value: Uint8Array, names: readonly string[]): string {
  return read(() => textAt({ view: viewOf(value), names }, 0));
}

/** The members of an object, or undefined where the value is none. */
export function variantMembers(value: Uint8Array, names: readonly string[]): Map<string, string> | undefined {
  const source = { view: viewOf(value), names };
  return read(() => ((source.view.getUint8(0) & 3) === OBJECT ? membersAt(source, 0) : undefined));
}

/** The names that objects refer to by number. */
export function variantNames(metadata: Uint8Array): readonly string[] {
  return read(() => {
    const view = viewOf(metadata);
    const header = view.getUint8(0);
    if ((header & 0xf) !== 1) throw broken(`it is of version ${header & 0xf}`);
    const width = (header >> 6) + 1;
    const count = unsignedAt(view, 1, width);
    const start = 1 + width * (count + 2);
    return Array.from({ length: count }, (_, name) => {
      const from = unsignedAt(view, 1 + width * (name + 1), width);
      const to = unsignedAt(view, 1 + width * (name + 2), width);
      return stringAt(view, start + from, to - from);
    });
  });
}

export function broken(reason: string): SqlError {
  return new SqlError('BadBytes', `a VARIANT cannot be read: ${reason}`);
}

/** Reading beyond the bytes, or nesting without end, is a RangeError. */
function read<Result>(task: () => Result): Result {
  try {
    return task();
  } catch (error) {
    if (error instanceof RangeError) throw broken('it refers to bytes that it has not');
    throw error;
  }
}

interface Source {
  readonly view: DataView;
  readonly names: readonly string[];
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) => new DataView(buffer, byteOffset, byteLength);

const SHORT_STRING = 1;
const OBJECT = 2;
const ARRAY = 3;

function textAt(source: Source, at: number): string {
  const header = source.view.getUint8(at);
  switch (header & 3) {
    case SHORT_STRING:
      return JSON.stringify(stringAt(source.view, at + 1, header >> 2));
    case OBJECT:
      return objectText(membersAt(source, at));
    case ARRAY:
      return `[${elementsAt(source, at).join(',')}]`;
    default:
      return primitiveText(source.view, at + 1, header >> 2);
  }
}

/** JSON of members that are JSON. */
export function objectText(members: ReadonlyMap<string, string>): string {
  return `{${Array.from(members, ([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}

function membersAt(source: Source, at: number): Map<string, string> {
  const { view, names } = source;
  const header = view.getUint8(at) >> 2;
  const offsetWidth = (header & 3) + 1;
  const idWidth = ((header >> 2) & 3) + 1;
  const countWidth = header & 16 ? 4 : 1;
  const count = unsignedAt(view, at + 1, countWidth);
  const ids = at + 1 + countWidth;
  const offsets = ids + count * idWidth;
  const values = offsets + (count + 1) * offsetWidth;
  const members = new Map<string, string>();
  for (let member = 0; member < count; member++) {
    const name = names[unsignedAt(view, ids + member * idWidth, idWidth)];
    if (name === undefined) throw broken('a member has no name');
    members.set(name, textAt(source, values + unsignedAt(view, offsets + member * offsetWidth, offsetWidth)));
  }
  return members;
}

function elementsAt(source: Source, at: number): readonly string[] {
  const { view } = source;
  const header = view.getUint8(at) >> 2;
  const offsetWidth = (header & 3) + 1;
  const countWidth = header & 4 ? 4 : 1;
  const count = unsignedAt(view, at + 1, countWidth);
  const offsets = at + 1 + countWidth;
  const values = offsets + (count + 1) * offsetWidth;
  const elements: string[] = [];
  for (let element = 0; element < count; element++) {
    elements.push(textAt(source, values + unsignedAt(view, offsets + element * offsetWidth, offsetWidth)));
  }
  return elements;
}

/** By type id of the specification. */
const PRIMITIVES: readonly ((view: DataView, at: number) => string)[] = [
  () => 'null',
  () => 'true',
  () => 'false',
  (view, at) => String(view.getInt8(at)),
  (view, at) => String(view.getInt16(at, true)),
  (view, at) => String(view.getInt32(at, true)),
  (view, at) => String(view.getBigInt64(at, true)),
  (view, at) => doubleText(view.getFloat64(at, true)),
  (view, at) => showDecimal(BigInt(view.getInt32(at + 1, true)), view.getUint8(at)),
  (view, at) => showDecimal(view.getBigInt64(at + 1, true), view.getUint8(at)),
  (view, at) => showDecimal(int128(view, at + 1), view.getUint8(at)),
  (view, at) => dateText(view.getInt32(at, true)),
  (view, at) => timestampText(view.getBigInt64(at, true)),
  (view, at) => timestampText(view.getBigInt64(at, true)),
  (view, at) => floatText(view.getFloat32(at, true)),
  (view, at) => binaryText(bytesAt(view, at + 4, view.getUint32(at, true))),
  (view, at) => JSON.stringify(stringAt(view, at + 4, view.getUint32(at, true))),
  (view, at) => timeText(view.getBigInt64(at, true)),
  (view, at) => timestampText(view.getBigInt64(at, true) / 1000n),
  (view, at) => timestampText(view.getBigInt64(at, true) / 1000n),
  (view, at) => uuidText(bytesAt(view, at, 16)),
];

function primitiveText(view: DataView, at: number, id: number): string {
  const text = PRIMITIVES[id];
  if (!text) throw broken(`it has a value of the unknown type ${id}`);
  return text(view, at);
}

function int128(view: DataView, at: number): bigint {
  return (view.getBigInt64(at + 8, true) << 64n) | view.getBigUint64(at, true);
}

const quoted = (text: string) => `"${text}"`;

export function doubleText(value: number): string {
  return Number.isFinite(value) ? showDouble(value) : quoted(showDouble(value));
}

export function floatText(value: number): string {
  return Number.isFinite(value) ? showFloat(value) : quoted(showFloat(value));
}

export const dateText = (days: number) => quoted(showDate(days));
export const timestampText = (micros: bigint) => quoted(showTimestamp(micros, 'UTC'));
export const binaryText = (bytes: Uint8Array) => quoted(showBinary(bytes, 'hex'));

/** Microseconds of a day. */
export function timeText(micros: bigint): string {
  return quoted(showTimestamp(micros, 'UTC').slice('1970-01-01 '.length));
}

export function uuidText(bytes: Uint8Array): string {
  const digits = showBinary(bytes, 'hex').toLowerCase();
  return quoted(digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));
}

/** Little endian, of one to four bytes. */
function unsignedAt(view: DataView, at: number, width: number): number {
  let value = 0;
  for (let byte = width - 1; byte >= 0; byte--) value = value * 256 + view.getUint8(at + byte);
  return value;
}

function bytesAt(view: DataView, at: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength).subarray(
    within(view, at),
    within(view, at + length),
  );
}

function within(view: DataView, at: number): number {
  if (at > view.byteLength) throw new RangeError('beyond the end');
  return at;
}

const decoder = new TextDecoder();

function stringAt(view: DataView, at: number, length: number): string {
  return decoder.decode(bytesAt(view, at, length));
}
