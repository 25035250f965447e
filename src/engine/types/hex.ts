const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').toUpperCase());

/** Upper-case hex digits. */
export function showHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}

/** Bytes from hex digits in either case; for anything else the reason, in Databend's words. */
export function parseHex(text: string): Uint8Array | string {
  if (text.length % 2 !== 0) return 'Odd number of digits';
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < text.length; i++) {
    const digit = hexDigit(text.charCodeAt(i));
    if (digit < 0) return `Invalid character '${String.fromCodePoint(text.codePointAt(i) ?? 0)}' at position ${i}`;
    bytes[i >> 1] = ((bytes[i >> 1] ?? 0) << 4) | digit;
  }
  return bytes;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
