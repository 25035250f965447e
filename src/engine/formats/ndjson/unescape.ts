import { BACKSLASH, hexValue, LOWER_U } from '../../types/json/bytes.ts';
import { ESCAPED } from '../../types/json/escapes.ts';

const REPLACEMENT = 0xfffd;

/**
 * Writes to `to` what the inside of a valid JSON text reads, and gives where it ends: never more bytes than it has.
 * Half of a surrogate pair has no UTF-8 and becomes U+FFFD.
 */
export function unescapeText(bytes: Uint8Array, start: number, end: number, to: number): number {
  let out = to;
  let at = start;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte !== BACKSLASH) {
      bytes[out++] = byte;
      at++;
    } else if (bytes[at + 1] !== LOWER_U) {
      bytes[out++] = ESCAPED[bytes[at + 1] ?? 0] ?? 0;
      at += 2;
    } else {
      const code = codePointAt(bytes, at, end);
      out = putCodePoint(bytes, out, code);
      at += code > 0xffff ? 12 : 6;
    }
  }
  return out;
}

function codePointAt(bytes: Uint8Array, at: number, end: number): number {
  const first = hex4(bytes, at + 2);
  if (first < 0xd800 || first > 0xdfff) return first;
  const isPair = first < 0xdc00 && at + 12 <= end && bytes[at + 6] === BACKSLASH && bytes[at + 7] === LOWER_U;
  const second = isPair ? hex4(bytes, at + 8) : 0;
  return second >= 0xdc00 && second <= 0xdfff ? ((first - 0xd800) << 10) + (second - 0xdc00) + 0x1_0000 : REPLACEMENT;
}

function hex4(bytes: Uint8Array, at: number): number {
  let code = 0;
  for (let i = at; i < at + 4; i++) code = code * 16 + hexValue(bytes[i] ?? 0);
  return code;
}

function putCodePoint(bytes: Uint8Array, to: number, code: number): number {
  let out = to;
  if (code < 0x80) {
    bytes[out++] = code;
    return out;
  }
  if (code < 0x800) bytes[out++] = 0xc0 | (code >> 6);
  else {
    if (code < 0x1_0000) bytes[out++] = 0xe0 | (code >> 12);
    else {
      bytes[out++] = 0xf0 | (code >> 18);
      bytes[out++] = 0x80 | ((code >> 12) & 0x3f);
    }
    bytes[out++] = 0x80 | ((code >> 6) & 0x3f);
  }
  bytes[out++] = 0x80 | (code & 0x3f);
  return out;
}
