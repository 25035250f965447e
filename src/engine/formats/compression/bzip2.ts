import { BitQueue } from './bzip2-bits.ts';
import { type Block, readBlock } from './bzip2-block.ts';
import { corrupt, type Decompress, type PushDecoder, pushThrough } from './codec.ts';

export const bunzip2: Decompress = (chunks) => pushThrough(chunks, () => new Bzip2Decoder());

const LEVEL_BYTES = 100_000;
/** More than a block of a level takes, compressed. */
const BLOCK_SPARE = 25_000;
const OUTPUT_BYTES = 256 << 10;
const SIGNATURE = 0x42_5a_68;
const DIGIT_ZERO = 0x30;
/** The digits of π and of its root: a block, and the end of a stream. */
const BLOCK_MAGIC = [0x314159, 0x265359] as const;
const END_MAGIC = [0x177245, 0x385090] as const;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000_0000 ? (crc << 1) ^ 0x04c1_1db7 : crc << 1;
  return crc >>> 0;
});

/** Reads a block as soon as all of it must have come, and any number of streams after one another. */
class Bzip2Decoder implements PushDecoder {
  readonly #bits = new BitQueue();
  /** Of the stream at hand; 0 between streams. */
  #level = 0;
  #streamCrc = 0;
  #streams = 0;

  *push(bytes: Uint8Array<ArrayBuffer>): Iterable<Uint8Array<ArrayBuffer>> {
    this.#bits.append(bytes);
    while (this.#bits.available > BLOCK_SPARE + LEVEL_BYTES * (this.#level || 9)) yield* this.#next();
  }

  *finish(): Iterable<Uint8Array<ArrayBuffer>> {
    while (this.#level > 0 || this.#bits.available > 0) yield* this.#next();
  }

  close(): void {}

  /** The next header, block or end of a stream. */
  *#next(): Iterable<Uint8Array<ArrayBuffer>> {
    if (this.#level === 0) return this.#readHeader();
    const magic = [this.#bits.bits(24), this.#bits.bits(24)];
    const crc = this.#bits.word();
    if (magic[0] === END_MAGIC[0] && magic[1] === END_MAGIC[1]) return this.#endStream(crc);
    if (magic[0] !== BLOCK_MAGIC[0] || magic[1] !== BLOCK_MAGIC[1]) throw corrupt('bad bzip2 block');
    const block = readBlock(this.#bits, this.#level * LEVEL_BYTES);
    this.#streamCrc = (((this.#streamCrc << 1) | (this.#streamCrc >>> 31)) ^ crc) >>> 0;
    const found = yield* expand(block);
    if (found !== crc) throw corrupt('bzip2 checksum does not match');
  }

  /** What follows the last stream and is none is ignored, as bzip2 does. */
  #readHeader(): void {
    const isStream = this.#bits.available >= 4 && this.#bits.bits(24) === SIGNATURE;
    const level = isStream ? this.#bits.bits(8) - DIGIT_ZERO : 0;
    if (level >= 1 && level <= 9) {
      this.#level = level;
      this.#streams++;
      this.#streamCrc = 0;
      return;
    }
    if (this.#streams === 0) throw corrupt('not bzip2 data');
    while (this.#bits.available > 0) this.#bits.bits(8);
  }

  #endStream(crc: number): void {
    if (crc !== this.#streamCrc) throw corrupt('bzip2 checksum does not match');
    this.#bits.align();
    this.#level = 0;
  }
}

/** Walks the chain of a block and undoes its runs: after four equal bytes comes a count of more. Gives the checksum. */
function* expand({ chain, length, start }: Block): Generator<Uint8Array<ArrayBuffer>, number> {
  const output = new Output();
  let at = start;
  let last = -1;
  let equal = 0;
  for (let i = 0; i < length; i++) {
    const entry = chain[at] ?? 0;
    const byte = entry & 0xff;
    at = entry >>> 8;
    if (equal === 4) {
      equal = 0;
      output.put(last, byte);
    } else {
      equal = byte === last ? equal + 1 : 1;
      last = byte;
      output.put(byte, 1);
    }
    if (output.isFull()) yield output.take();
  }
  if (output.length > 0) yield output.take();
  return ~output.crc >>> 0;
}

class Output {
  length = 0;
  crc = 0xffff_ffff;
  #bytes = new Uint8Array(OUTPUT_BYTES);

  /** At most 255 at a time. */
  put(byte: number, count: number): void {
    for (let i = 0; i < count; i++) {
      this.crc = (this.crc << 8) ^ (CRC_TABLE[(this.crc >>> 24) ^ byte] ?? 0);
      this.#bytes[this.length++] = byte;
    }
  }

  isFull(): boolean {
    return this.length > OUTPUT_BYTES - 256;
  }

  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.subarray(0, this.length);
    this.#bytes = new Uint8Array(OUTPUT_BYTES);
    this.length = 0;
    return taken;
  }
}
