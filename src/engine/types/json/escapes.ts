import { BACKSLASH, LOWER_B, LOWER_F, LOWER_N, LOWER_R, LOWER_T, QUOTE, SLASH, SPACE } from './bytes.ts';
import type { ByteSink } from './sink.ts';

/** The letter of the two-byte escape of a character that must be escaped; 0 where there is none. */
export const SHORT_ESCAPES = new Uint8Array(256);
/** The character that a two-byte escape stands for; 0 where the letter stands for none. */
export const ESCAPED = new Uint8Array(256);
for (const [letter, character] of [
  [LOWER_B, 0x08],
  [LOWER_F, 0x0c],
  [LOWER_N, 0x0a],
  [LOWER_R, 0x0d],
  [LOWER_T, 0x09],
  [QUOTE, QUOTE],
  [BACKSLASH, BACKSLASH],
] as const) {
  SHORT_ESCAPES[character] = letter;
  ESCAPED[letter] = character;
}
ESCAPED[SLASH] = SLASH;

const HEX_DIGITS = '0123456789abcdef';

/** Appends one character as it stands inside a canonical text. */
export function appendEscaped(sink: ByteSink, code: number): void {
  const letter = code < 256 ? (SHORT_ESCAPES[code] ?? 0) : 0;
  if (letter !== 0) {
    sink.push(BACKSLASH);
    sink.push(letter);
  } else if (code < SPACE) sink.ascii(`\\u00${HEX_DIGITS[code >> 4]}${HEX_DIGITS[code & 15]}`);
  else sink.codePoint(code);
}

/** A text as canonical JSON, with its quotes. */
export function jsonString(text: string): string {
  // JSON.stringify escapes what canonical JSON escapes, in the same way.
  return JSON.stringify(text);
}
