import { joinBytes } from '../../base/bytes.ts';
import type { ThriftValue } from './write-thrift.ts';

const MAGIC = Uint8Array.of(0x50, 0x41, 0x52, 0x31);
/** Where the first piece of a Parquet file stands. */
export const FIRST_OFFSET = MAGIC.length;

/** The pieces of a new file in their order. */
export class FilePieces {
  #pieces: Uint8Array[] = [MAGIC];
  length = FIRST_OFFSET;

  /** Gives where the piece begins. */
  append(piece: Uint8Array): number {
    const at = this.length;
    this.#pieces.push(piece);
    this.length += piece.length;
    return at;
  }

  /** What was appended and not taken yet; it is held no longer. */
  take(): readonly Uint8Array[] {
    const taken = this.#pieces;
    this.#pieces = [];
    return taken;
  }

  end(footer: ThriftValue): void {
    const written = thriftBytes(footer);
    this.append(written);
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, written.length, true);
    this.append(length);
    this.append(MAGIC);
  }

  /** The file, of which nothing was taken. */
  close(footer: ThriftValue): Uint8Array<ArrayBuffer> {
    this.end(footer);
    return joinBytes(this.#pieces);
  }
}

export function thriftBytes(value: ThriftValue): Uint8Array {
  const out: number[] = [];
  value.write(out);
  return Uint8Array.from(out);
}
