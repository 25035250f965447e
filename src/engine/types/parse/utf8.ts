/** Whether the bytes from `start` up to `end` are valid UTF-8: no overlong forms, surrogates or values past U+10FFFF. */
export function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  const words = new Int32Array(bytes.buffer, 0, bytes.buffer.byteLength >> 2);
  let at = start;
  while (at < end) {
    if ((bytes[at] ?? 0) <= 0x7f) {
      at = skipAscii(bytes, words, at + 1, end);
      continue;
    }
    const length = sequenceLength(bytes, at);
    if (length === 0 || at + length > end) return false;
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

/** Bytes of the valid sequence at a byte above 0x7F, 0 if it is not valid. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const length = LEAD_LENGTHS[lead >> 4] ?? 0;
  if (lead < 0xc2 || lead > 0xf4 || !isSecond(lead, bytes[at + 1] ?? 0)) return 0;
  for (let next = 2; next < length; next++) {
    if (!isContinuation(bytes[at + next] ?? 0)) return 0;
  }
  return length;
}

/** By the upper half of the first byte. */
const LEAD_LENGTHS: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 3, 4];

/** The second byte tells overlong forms, surrogates and values past U+10FFFF. */
function isSecond(lead: number, second: number): boolean {
  switch (lead) {
    case 0xe0:
      return second >= 0xa0 && second <= 0xbf;
    case 0xed:
      return second >= 0x80 && second <= 0x9f;
    case 0xf0:
      return second >= 0x90 && second <= 0xbf;
    case 0xf4:
      return second >= 0x80 && second <= 0x8f;
    default:
      return isContinuation(second);
  }
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
