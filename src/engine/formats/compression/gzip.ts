import { Gunzip } from 'fflate';
import { corrupt, type Decompress, type PushDecoder, pushThrough } from './codec.ts';

/** One member after the other: DecompressionStream of some browsers stops after the first. */
export const gunzip: Decompress = (chunks) => pushThrough(chunks, gzipDecoder);

const TRAILER_BYTES = 8;

/** fflate takes any trailer, and none: the last member's is checked here, so that no file that is cut off passes. */
function gzipDecoder(): PushDecoder {
  const stream = new Gunzip();
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let trailer = new Uint8Array(0);
  let size = 0;
  let crc = 0;
  stream.onmember = () => {
    size = 0;
    crc = 0;
  };
  stream.ondata = (piece) => {
    size += piece.length;
    crc = crc32(piece, crc);
    // fflate makes its pieces itself, never over shared memory.
    pieces.push(piece as Uint8Array<ArrayBuffer>);
  };
  const push = (bytes: Uint8Array, final: boolean) => {
    pieces = [];
    stream.push(bytes, final);
    return pieces;
  };
  return {
    push(bytes) {
      trailer = lastBytes(trailer, bytes);
      return push(bytes, false);
    },
    finish() {
      const rest = push(new Uint8Array(0), true);
      const view = new DataView(trailer.buffer);
      const isWhole = trailer.length === TRAILER_BYTES && view.getUint32(4, true) === size >>> 0;
      if (!isWhole) throw corrupt('unexpected end of gzip data');
      if (view.getUint32(0, true) !== crc) throw corrupt('gzip checksum does not match');
      return rest;
    },
    close() {},
  };
}

function lastBytes(before: Uint8Array, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  if (bytes.length >= TRAILER_BYTES) return Uint8Array.from(bytes.subarray(-TRAILER_BYTES));
  return Uint8Array.from([...before, ...bytes].slice(-TRAILER_BYTES));
}

/** By place of a byte in a group of four, from the last, and by its value. */
const TABLES = crcTables();

function crcTables(): Int32Array {
  const tables = new Int32Array(4 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1;
    tables[byte] = crc;
  }
  for (let at = 256; at < tables.length; at++) {
    const before = tables[at - 256] ?? 0;
    tables[at] = (before >>> 8) ^ (tables[before & 0xff] ?? 0);
  }
  return tables;
}

function crc32(bytes: Uint8Array, start: number): number {
  let crc = ~start;
  let at = 0;
  for (const groups = bytes.length - 3; at < groups; at += 4) {
    const word =
      crc ^
      ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24));
    crc =
      (TABLES[768 + (word & 0xff)] ?? 0) ^
      (TABLES[512 + ((word >>> 8) & 0xff)] ?? 0) ^
      (TABLES[256 + ((word >>> 16) & 0xff)] ?? 0) ^
      (TABLES[word >>> 24] ?? 0);
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ (TABLES[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return ~crc >>> 0;
}
