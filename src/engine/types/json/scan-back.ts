import { BACKSLASH, COLON, COMMA, LEFT_BRACE, LEFT_BRACKET, QUOTE, RIGHT_BRACE, RIGHT_BRACKET } from './bytes.ts';
import { viewOf } from './scan.ts';

/**
 * Canonical JSON read from its end: what stands far behind in a document is found without a look at what stands before
 * it. As in `scan.ts` nothing is checked.
 */

/** Brackets and braces of one direction differ in this bit alone. */
const BRACE_BIT = 0x20;

/** Where the value starts that ends before `end`, inside an object or an array. */
export function valueStart(bytes: Uint8Array, end: number): number {
  const last = bytes[end - 1] ?? 0;
  if (last === QUOTE) return textStart(bytes, end - 1);
  if (last === RIGHT_BRACE || last === RIGHT_BRACKET) return containerStart(bytes, end - 1);
  let at = end - 1;
  for (;;) {
    const before = bytes[at - 1] ?? 0;
    if (before === COLON || before === COMMA || before === LEFT_BRACKET) return at;
    at--;
  }
}

/** Where the opening quote of the text stands whose closing quote is at `at`: the only one without a backslash before it. */
export function textStart(bytes: Uint8Array, at: number): number {
  const words = viewOf(bytes);
  let start = at - 1;
  for (;;) {
    while (start >= 3 && !hasQuote(words.getInt32(start - 3))) start -= 4;
    while (bytes[start] !== QUOTE) start--;
    if (bytes[start - 1] !== BACKSLASH) return start;
    start--;
  }
}

/** Whether one of four bytes is a quote. */
function hasQuote(word: number): boolean {
  const quotes = word ^ 0x22222222;
  return ((quotes - 0x01010101) & ~quotes & 0x80808080) !== 0;
}

/** Whether the member whose value stands at `value` has this key, which has no escapes. */
export function isKeyBefore(bytes: Uint8Array, value: number, key: Uint8Array): boolean {
  const start = value - key.length - 3;
  if (bytes[start] !== QUOTE || bytes[start - 1] === BACKSLASH) return false;
  for (let i = 0; i < key.length; i++) if (bytes[start + 1 + i] !== key[i]) return false;
  return true;
}

function containerStart(bytes: Uint8Array, at: number): number {
  let depth = 1;
  let next = at - 1;
  for (;;) {
    const byte = bytes[next] ?? 0;
    if (byte === QUOTE) next = textStart(bytes, next);
    else if (byte >= LEFT_BRACKET) {
      if ((byte | BRACE_BIT) === RIGHT_BRACE) depth++;
      else if ((byte | BRACE_BIT) === LEFT_BRACE && --depth === 0) return next;
    }
    next--;
  }
}

/**
 * 0 if the key whose quote stands at `at` is `key`, which has no escapes; below it if it and all before it come
 * earlier. A key that differs in an escape, of which the order is not known, counts as a later one.
 */
export function compareKeyBack(bytes: Uint8Array, at: number, key: Uint8Array): number {
  const { length } = key;
  for (let i = 0; i < length; i++) {
    const byte = bytes[at + 1 + i] ?? 0;
    const wanted = key[i] ?? 0;
    if (byte === wanted) continue;
    if (byte === QUOTE) return -1;
    return byte !== BACKSLASH && byte < wanted ? -1 : 1;
  }
  return bytes[at + 1 + length] === QUOTE ? 0 : 1;
}
