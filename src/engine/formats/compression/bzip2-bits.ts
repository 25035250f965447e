import { corrupt } from './codec.ts';

/** Bits of bytes that come in pieces, the highest first. */
export class BitQueue {
  #bytes = new Uint8Array(0);
  #at = 0;
  #end = 0;
  #held = 0;
  #heldBits = 0;

  /** Whole bytes that are not read yet. */
  get available(): number {
    return this.#end - this.#at;
  }

  append(bytes: Uint8Array): void {
    if (this.#end + bytes.length > this.#bytes.length) this.#makeRoom(bytes.length);
    this.#bytes.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  #makeRoom(more: number): void {
    const kept = this.#bytes.subarray(this.#at, this.#end);
    const larger = new Uint8Array(2 * (kept.length + more));
    larger.set(kept);
    this.#bytes = larger;
    this.#end = kept.length;
    this.#at = 0;
  }

  /** Up to 24 bits. */
  bits(count: number): number {
    const value = this.peek(count);
    this.skip(count);
    return value;
  }

  /** Up to 24 bits, which stay where they are; behind the end are zeros. */
  peek(count: number): number {
    while (this.#heldBits < count && this.#at < this.#end) {
      this.#held = ((this.#held << 8) | (this.#bytes[this.#at++] ?? 0)) >>> 0;
      this.#heldBits += 8;
    }
    const more = this.#heldBits - count;
    return more >= 0 ? this.#held >>> more : this.#held << -more;
  }

  skip(count: number): void {
    this.#heldBits -= count;
    if (this.#heldBits < 0) throw corrupt('unexpected end of bzip2 data');
    this.#held &= (1 << this.#heldBits) - 1;
  }

  bit(): number {
    return this.bits(1);
  }

  word(): number {
    return this.bits(16) * 0x1_0000 + this.bits(16);
  }

  /** Drops what is left of a byte. */
  align(): void {
    this.#held = 0;
    this.#heldBits = 0;
  }
}
