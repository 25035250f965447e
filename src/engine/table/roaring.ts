import { SqlError } from '../base/errors.ts';

/** The portable serialisation of an array of 32-bit Roaring bitmaps, which Delta's deletion vectors have. */

const ARRAY_MAGIC = 1_681_511_377;
const NO_RUNS = 12_346;
const WITH_RUNS = 12_347;
/** From so many containers on, and wherever none has runs, a table of offsets stands before them. */
const OFFSETS_FROM = 4;
/** Beyond it a container is a bitmap of 65,536 bits. */
const MOST_IN_ARRAY = 4096;
const BITMAP_BYTES = 8192;

interface Reading {
  readonly view: DataView;
  at: number;
}

/** The members, ascending. Throws StorageOther for bytes that are no such bitmap. */
export function roaringMembers(bytes: Uint8Array): Float64Array {
  const reading: Reading = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0 };
  try {
    if (uint32(reading) !== ARRAY_MAGIC) throw broken('its first bytes are those of no such format');
    const bitmaps = Number(reading.view.getBigUint64(reading.at, true));
    reading.at += 8;
    const members: number[] = [];
    for (let index = 0; index < bitmaps; index++) readBitmap(reading, uint32(reading) * 2 ** 32, members);
    return Float64Array.from(members);
  } catch (error) {
    if (error instanceof RangeError) throw broken('it ends too early');
    throw error;
  }
}

function readBitmap(reading: Reading, base: number, members: number[]): void {
  const cookie = uint32(reading);
  const hasRuns = (cookie & 0xffff) === WITH_RUNS;
  if (!hasRuns && cookie !== NO_RUNS) throw broken('it holds a bitmap of another format');
  const containers = hasRuns ? (cookie >>> 16) + 1 : uint32(reading);
  const runs = reading.at;
  if (hasRuns) reading.at += Math.ceil(containers / 8);
  const headers = Array.from({ length: containers }, () => ({
    key: uint16(reading),
    cardinality: uint16(reading) + 1,
  }));
  if (!hasRuns || containers >= OFFSETS_FROM) reading.at += 4 * containers;
  for (const [index, { key, cardinality }] of headers.entries()) {
    const isRun = hasRuns && ((reading.view.getUint8(runs + (index >> 3)) >> (index & 7)) & 1) === 1;
    const first = base + key * 65_536;
    if (isRun) readRuns(reading, first, members);
    else if (cardinality > MOST_IN_ARRAY) readBits(reading, first, members);
    else readArray(reading, { first, cardinality }, members);
  }
}

interface ArrayContainer {
  readonly first: number;
  readonly cardinality: number;
}

function readArray(reading: Reading, { first, cardinality }: ArrayContainer, members: number[]): void {
  for (let i = 0; i < cardinality; i++) members.push(first + uint16(reading));
}

function readRuns(reading: Reading, first: number, members: number[]): void {
  const runs = uint16(reading);
  for (let run = 0; run < runs; run++) {
    const start = first + uint16(reading);
    const further = uint16(reading);
    for (let i = 0; i <= further; i++) members.push(start + i);
  }
}

function readBits(reading: Reading, first: number, members: number[]): void {
  for (let byte = 0; byte < BITMAP_BYTES; byte++) {
    const bits = reading.view.getUint8(reading.at + byte);
    for (let bit = 0; bit < 8; bit++) if ((bits >> bit) & 1) members.push(first + byte * 8 + bit);
  }
  reading.at += BITMAP_BYTES;
}

function uint16(reading: Reading): number {
  reading.at += 2;
  return reading.view.getUint16(reading.at - 2, true);
}

function uint32(reading: Reading): number {
  reading.at += 4;
  return reading.view.getUint32(reading.at - 4, true);
}

function broken(reason: string): SqlError {
  return new SqlError('StorageOther', `a deletion vector cannot be read: ${reason}`);
}
