/**
 * Thrift's compact protocol, written: what the footer of a Parquet file is made of. Reading it is hyparquet's.
 * A value knows its type and writes itself; a struct leaves out the fields that are undefined.
 */
export interface ThriftValue {
  readonly type: number;
  write(out: number[]): void;
}

const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

export function bool(value: boolean): ThriftValue {
  return { type: value ? TRUE : FALSE, write: () => {} };
}

export function i8(value: number): ThriftValue {
  return { type: BYTE, write: (out) => out.push(value & 0xff) };
}

export function i32(value: number): ThriftValue {
  return { type: I32, write: (out) => writeZigZag(out, value) };
}

/** Exact up to 2^52 on either side of zero, which no offset or count of a file reaches. */
export function i64(value: number): ThriftValue {
  return { type: I64, write: (out) => writeZigZag(out, value) };
}

const encoder = new TextEncoder();

export function text(value: string): ThriftValue {
  return binary(encoder.encode(value));
}

export function binary(bytes: Uint8Array): ThriftValue {
  return {
    type: BINARY,
    write: (out) => {
      writeVarint(out, bytes.length);
      for (const byte of bytes) out.push(byte);
    },
  };
}

/** The items must all be of one type, and `empty` is that of a list without items: readers check it. */
export function list(items: readonly ThriftValue[], empty: ThriftValue = struct({})): ThriftValue {
  return {
    type: LIST,
    write: (out) => {
      const { type } = items[0] ?? empty;
      if (items.length < 15) out.push((items.length << 4) | type);
      else {
        out.push(0xf0 | type);
        writeVarint(out, items.length);
      }
      for (const item of items) item.write(out);
    },
  };
}

/** Fields by their id, in ascending order of ids (as JavaScript keeps integer keys). */
export function struct(fields: { readonly [id: number]: ThriftValue | undefined }): ThriftValue {
  return {
    type: STRUCT,
    write: (out) => {
      let last = 0;
      for (const [key, value] of Object.entries(fields)) {
        if (value === undefined) continue;
        const id = Number(key);
        // A jump of more than 15 ids has a long form, which no struct of Parquet needs.
        out.push(((id - last) << 4) | value.type);
        value.write(out);
        last = id;
      }
      out.push(0);
    },
  };
}

function writeZigZag(out: number[], value: number): void {
  writeVarint(out, value < 0 ? -value * 2 - 1 : value * 2);
}

export function writeVarint(out: number[], value: number): void {
  let rest = value;
  while (rest > 127) {
    out.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
}
