import { sequenceLength } from '../json/utf8.ts';

/** Whether the bytes from `start` up to `end` are UTF-8; quick over long stretches of ASCII. */
export function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  const words = new Int32Array(bytes.buffer, 0, bytes.buffer.byteLength >> 2);
  let at = start;
  while (at < end) {
    if ((bytes[at] ?? 0) <= 0x7f) {
      at = skipAscii(bytes, words, at + 1, end);
      continue;
    }
    const length = sequenceLength(bytes, at, end);
    if (length === 0) return false;
    at += length;
  }
  return true;
}

/** Where the first byte above 0x7F stands, else `end`; four bytes at a time where they are aligned. */
function skipAscii(bytes: Uint8Array, words: Int32Array, start: number, end: number): number {
  const base = bytes.byteOffset;
  let at = start;
  for (; at < end && ((base + at) & 3) !== 0; at++) {
    if ((bytes[at] ?? 0) > 0x7f) return at;
  }
  const lastWord = (base + end) >> 2;
  let word = (base + at) >> 2;
  while (word < lastWord && ((words[word] ?? 0) & 0x80808080) === 0) word++;
  at = Math.max(at, word * 4 - base);
  while (at < end && (bytes[at] ?? 0) <= 0x7f) at++;
  return at;
}
