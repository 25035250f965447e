import type { BytesValues, FixedArray, FixedValues, FlatValues } from './column.ts';
import { scratchBuffer } from './scratch.ts';

/** The distinct values of a column in the order in which they come, and by value which of them it is. */
export interface Dictionary {
  readonly values: FlatValues;
  readonly count: number;
  readonly indices: Int32Array;
}

/** A dictionary that would take more bytes than this is not made. */
const MOST_BYTES = 1 << 20;

/** Undefined where it would not be worth its bytes. */
export function dictionaryOf(values: FlatValues, count: number): Dictionary | undefined {
  return values.kind === 'Bytes' ? bytesDictionary(values, count) : fixedDictionary(values, count);
}

/** Slots hold the number of an entry, counted from 1; 0 is a free one. */
class Slots {
  table = new Int32Array(1024);
  /** By entry: the row that has it first. */
  firsts = new Int32Array(512);
  #hashes = new Int32Array(512);
  count = 0;

  add(slot: number, hash: number, row: number): number {
    this.#hashes[this.count] = hash;
    this.firsts[this.count] = row;
    this.table[slot] = ++this.count;
    if (this.count === this.#hashes.length) this.#grow();
    return this.count - 1;
  }

  #grow(): void {
    const hashes = new Int32Array(this.#hashes.length * 4);
    hashes.set(this.#hashes);
    const table = new Int32Array(this.table.length * 4);
    const mask = table.length - 1;
    for (let entry = 0; entry < this.count; entry++) {
      let slot = (hashes[entry] as number) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = entry + 1;
    }
    const firsts = new Int32Array(hashes.length);
    firsts.set(this.firsts);
    this.firsts = firsts;
    this.#hashes = hashes;
    this.table = table;
  }
}

function bytesDictionary({ isText, bytes, offsets }: BytesValues, count: number): Dictionary | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const slots = new Slots();
  const indices = new Int32Array(scratchBuffer('Indices', 4 * count), 0, count);
  const startOf = (entry: number) => offsets[slots.firsts[entry] as number] as number;
  const lengthOf = (entry: number) => (offsets[(slots.firsts[entry] as number) + 1] as number) - startOf(entry);
  let size = 0;
  let last = -1;
  for (let row = 0; row < count; row++) {
    const start = offsets[row] as number;
    const length = (offsets[row + 1] as number) - start;
    if (last >= 0 && lengthOf(last) === length && isSame(view, start, startOf(last), length)) {
      indices[row] = last;
      continue;
    }
    const hash = hashOf(view, start, length);
    let slot = hash & (slots.table.length - 1);
    let entry = (slots.table[slot] as number) - 1;
    while (entry >= 0 && !(lengthOf(entry) === length && isSame(view, start, startOf(entry), length))) {
      slot = (slot + 1) & (slots.table.length - 1);
      entry = (slots.table[slot] as number) - 1;
    }
    if (entry < 0) {
      size += length + 4;
      if (size > MOST_BYTES) return undefined;
      entry = slots.add(slot, hash, row);
    }
    indices[row] = entry;
    last = entry;
  }
  const firsts = slots.firsts.subarray(0, slots.count);
  return { values: { kind: 'Bytes', isText, ...pickedBytes(bytes, offsets, firsts) }, count: slots.count, indices };
}

/** Four bytes at a time, the last four of which some may have been looked at before. */
function isSame(view: DataView, a: number, b: number, length: number): boolean {
  const last = length - 4;
  if (last < 0) return isSameShort(view, a, b, length);
  for (let at = 0; at < last; at += 4) {
    if (view.getInt32(a + at, true) !== view.getInt32(b + at, true)) return false;
  }
  return view.getInt32(a + last, true) === view.getInt32(b + last, true);
}

function isSameShort(view: DataView, a: number, b: number, length: number): boolean {
  for (let at = 0; at < length; at++) if (view.getUint8(a + at) !== view.getUint8(b + at)) return false;
  return true;
}

function hashOf(view: DataView, start: number, length: number): number {
  const last = length - 4;
  let hash = length;
  if (last < 0) {
    for (let at = 0; at < length; at++) hash = mixed(hash ^ view.getUint8(start + at));
    return hash;
  }
  for (let at = 0; at < last; at += 4) hash = mixed(hash ^ view.getInt32(start + at, true));
  return mixed(hash ^ view.getInt32(start + last, true));
}

function mixed(word: number): number {
  const product = Math.imul(word, 0x9e3779b1);
  return product ^ (product >>> 15);
}

function pickedBytes(bytes: Uint8Array, offsets: Int32Array, rows: Int32Array): Pick<BytesValues, 'bytes' | 'offsets'> {
  const picked = new Int32Array(rows.length + 1);
  for (const [index, row] of rows.entries()) {
    picked[index + 1] = (picked[index] as number) + (offsets[row + 1] as number) - (offsets[row] as number);
  }
  const target = new Uint8Array(picked[rows.length] as number);
  for (const [index, row] of rows.entries()) target.set(bytes.subarray(offsets[row], offsets[row + 1]), picked[index]);
  return { bytes: target, offsets: picked };
}

/** Values are the same where their bits are: zeros of both signs and every NaN stay what they are. */
function fixedDictionary({ kind, values }: FixedValues, count: number): Dictionary | undefined {
  const words = wordPairs(values, count);
  const most = MOST_BYTES / values.BYTES_PER_ELEMENT;
  const slots = new Slots();
  const indices = new Int32Array(scratchBuffer('Indices', 4 * count), 0, count);
  for (let row = 0; row < count; row++) {
    const low = words[row * 2] as number;
    const high = words[row * 2 + 1] as number;
    const hash = mixed(mixed(low) ^ high);
    let slot = hash & (slots.table.length - 1);
    let entry = (slots.table[slot] as number) - 1;
    while (entry >= 0) {
      const first = (slots.firsts[entry] as number) * 2;
      if (words[first] === low && words[first + 1] === high) break;
      slot = (slot + 1) & (slots.table.length - 1);
      entry = (slots.table[slot] as number) - 1;
    }
    if (entry < 0) {
      if (slots.count >= most) return undefined;
      entry = slots.add(slot, hash, row);
    }
    indices[row] = entry;
  }
  const firsts = slots.firsts.subarray(0, slots.count);
  return { values: { kind, values: pickedFixed(values, firsts) }, count: slots.count, indices };
}

function wordPairs(values: FixedArray, count: number): Int32Array {
  const { buffer, byteOffset, BYTES_PER_ELEMENT: width } = values;
  if (width === 8) return new Int32Array(buffer, byteOffset, count * 2);
  const words = new Int32Array(buffer, byteOffset, count);
  const pairs = new Int32Array(count * 2);
  for (let at = 0; at < count; at++) pairs[at * 2] = words[at] as number;
  return pairs;
}

function pickedFixed(values: FixedArray, rows: Int32Array): FixedArray {
  const picked = values.slice(0, rows.length);
  for (const [index, row] of rows.entries()) picked[index] = values[row] as never;
  return picked;
}
