import { type ThriftValue, writeVarint } from './write-thrift.ts';

/**
 * Thrift's compact protocol with everything kept, fields of later versions included: what it takes to change some numbers
 * of a footer and leave the rest as it is. Leaves are the bytes that stood there.
 */
export type ThriftNode = ThriftStruct | ThriftList | ThriftLeaf;

export interface ThriftStruct extends ThriftValue {
  readonly kind: 'Struct';
  readonly fields: ReadonlyMap<number, ThriftNode>;
}

export interface ThriftList extends ThriftValue {
  readonly kind: 'List';
  readonly items: readonly ThriftNode[];
}

export interface ThriftLeaf extends ThriftValue {
  readonly kind: 'Leaf';
  readonly bytes: Uint8Array;
}

const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I16 = 4;
const I32 = 5;
const I64 = 6;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const SET = 10;
const STRUCT = 12;

/** The struct that the bytes begin with. Throws where they are no struct. */
export function parseThrift(bytes: Uint8Array): ThriftStruct {
  return new Reader(bytes).struct();
}

/** The footer of a whole Parquet file, and where it stands. */
export function footerTree(bytes: Uint8Array): { readonly footer: ThriftStruct; readonly start: number } {
  const end = bytes.length - 8;
  const start = end - new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(end, true);
  return { footer: parseThrift(bytes.subarray(start, end)), start };
}

/** A leaf of an integer as a number; 0 for an absent one. */
export function integerOf(node: ThriftNode | undefined): number {
  if (node?.kind !== 'Leaf') return 0;
  return new Reader(node.bytes).integer();
}

export function structIn(node: ThriftNode | undefined): ThriftStruct {
  if (node?.kind !== 'Struct') throw new Error('a struct is missing');
  return node;
}

/** Empty for an absent list. */
export function itemsOf(node: ThriftNode | undefined): readonly ThriftNode[] {
  return node?.kind === 'List' ? node.items : [];
}

class Reader {
  #at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  #varint(): number {
    let value = 0;
    let unit = 1;
    for (;;) {
      const byte = this.#byte();
      value += (byte & 127) * unit;
      if (byte < 128) return value;
      unit *= 128;
    }
  }

  struct(): ThriftStruct {
    const fields = new Map<number, ThriftNode>();
    let id = 0;
    for (let head = this.#byte(); head !== 0; head = this.#byte()) {
      const jump = head >> 4;
      id = jump === 0 ? this.integer() : id + jump;
      fields.set(id, this.#value(head & 15));
    }
    return structNode(fields);
  }

  integer(): number {
    const zigzag = this.#varint();
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
  }

  #value(type: number): ThriftNode {
    if (type === STRUCT) return this.struct();
    if (type === LIST || type === SET) return this.#list(type);
    const start = this.#at;
    this.#skip(type);
    return leaf(type, this.#bytes.subarray(start, this.#at));
  }

  #list(type: number): ThriftList {
    const head = this.#byte();
    const itemType = head & 15;
    const count = head >> 4 === 15 ? this.#varint() : head >> 4;
    // An item that is a boolean takes a byte, where a field has its value in its head.
    const readAs = itemType === TRUE || itemType === FALSE ? BYTE : itemType;
    const items = Array.from({ length: count }, () => this.#value(readAs));
    return listNode(items, { type, itemType });
  }

  #skip(type: number): void {
    if (type === TRUE || type === FALSE) return;
    if (type === I16 || type === I32 || type === I64) this.#varint();
    else if (type === BYTE) this.#at += 1;
    else if (type === DOUBLE) this.#at += 8;
    else if (type === BINARY) {
      const length = this.#varint();
      this.#at += length;
    } else throw new Error(`a thrift value of the type ${type} is not known`);
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new Error('a thrift struct ends early');
    return byte;
  }
}

function leaf(type: number, bytes: Uint8Array): ThriftLeaf {
  return {
    kind: 'Leaf',
    type,
    bytes,
    write: (out) => {
      for (const byte of bytes) out.push(byte);
    },
  };
}

function listNode(
  items: readonly ThriftNode[],
  { type, itemType }: { readonly type: number; readonly itemType: number },
): ThriftList {
  return {
    kind: 'List',
    type,
    items,
    write: (out) => {
      writeListHead(out, items.length, itemType);
      for (const item of items) item.write(out);
    },
  };
}

function writeListHead(out: number[], length: number, itemType: number): void {
  if (length < 15) {
    out.push((length << 4) | itemType);
    return;
  }
  out.push(0xf0 | itemType);
  writeVarint(out, length);
}

function structNode(fields: ReadonlyMap<number, ThriftNode>): ThriftStruct {
  return { kind: 'Struct', type: STRUCT, fields, write: (out) => writeFields(out, fields) };
}

function writeFields(out: number[], fields: ReadonlyMap<number, ThriftValue>): void {
  let last = 0;
  for (const [id, value] of [...fields].sort(([a], [b]) => a - b)) {
    const jump = id - last;
    if (jump > 0 && jump < 16) out.push((jump << 4) | value.type);
    else {
      out.push(value.type);
      writeVarint(out, id * 2);
    }
    value.write(out);
    last = id;
  }
  out.push(0);
}

/** The struct with some of its fields replaced; an undefined one is left out. */
export function changed(node: ThriftStruct, changes: { readonly [id: number]: ThriftValue | undefined }): ThriftValue {
  const fields = new Map<number, ThriftValue>(node.fields);
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) fields.delete(Number(key));
    else fields.set(Number(key), value);
  }
  return { type: STRUCT, write: (out) => writeFields(out, fields) };
}
