/** Which encoding a text file seems to have, as ENCODING names it. Told by its first bytes: marks, zeros, validity. */
export function detectEncoding(bytes: Uint8Array): string {
  return markedEncoding(bytes) ?? wideEncoding(bytes) ?? (isValid(bytes, 'utf-8') ? 'UTF-8' : narrowEncoding(bytes));
}

const MARKS: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['UTF-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

function markedEncoding(bytes: Uint8Array): string | undefined {
  return MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0];
}

/** Of the bytes on one side of a UTF-16 text in which delimiters, digits and line ends are common. */
const LEAST_ZEROS = 0.2;

/** Texts hold no zero bytes, but for the high halves of UTF-16. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  const zeros = [0, 0];
  for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const half = bytes.length / 2;
  if (odd > LEAST_ZEROS * half && even < odd / 10) return 'utf-16le';
  return even > LEAST_ZEROS * half && odd < even / 10 ? 'utf-16be' : undefined;
}

/** Bytes at the end may be the start of a character that goes on. */
const LONGEST_CHARACTER = 4;

function isValid(bytes: Uint8Array, encoding: string): boolean {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for (let cut = 0; cut < LONGEST_CHARACTER; cut++) {
    try {
      decoder.decode(bytes.subarray(0, Math.max(0, bytes.length - cut)));
      return true;
    } catch {
      // Not these bytes, or a character that is cut at the end.
    }
  }
  return false;
}

/** Of the characters beyond ASCII; what is Chinese by chance reaches a few in a hundred. */
const LEAST_COMMON = 0.6;

/** Chinese, or a Western one-byte encoding, in which letters beyond ASCII stand alone between others. */
function narrowEncoding(bytes: Uint8Array): string {
  return isValid(bytes, 'gb18030') && commonShare(bytes) >= LEAST_COMMON ? 'gb18030' : 'windows-1252';
}

/** The share of two-byte characters that are signs, or among the 3,755 most common Chinese ones: first bytes A1–A3, B0–D7. */
function commonShare(bytes: Uint8Array): number {
  let [all, common] = [0, 0];
  for (let at = 0; at < bytes.length - 1; at++) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) continue;
    const second = bytes[++at] ?? 0;
    all++;
    const isCommon = (first >= 0xa1 && first <= 0xa3) || (first >= 0xb0 && first <= 0xd7);
    if (isCommon && second >= 0xa1) common++;
  }
  return all === 0 ? 0 : common / all;
}
