/** Arithmetic of 64-bit words, as the hashes are defined by it. */

export const wrap = (value: bigint): bigint => BigInt.asUintN(64, value);

export const times = (a: bigint, b: bigint): bigint => BigInt.asUintN(64, a * b);

export function rotateRight(value: bigint, bits: bigint): bigint {
  return BigInt.asUintN(64, value << (64n - bits)) | (value >> bits);
}

/** Little-endian reads anywhere in bytes. */
export class Words {
  readonly length: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.length = bytes.length;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u8(at: number): number {
    return this.#bytes[at] ?? 0;
  }

  u32(at: number): number {
    return this.#view.getUint32(at, true);
  }

  u64(at: number): bigint {
    return this.#view.getBigUint64(at, true);
  }
}
