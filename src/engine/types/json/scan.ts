import { BACKSLASH, COMMA, LEFT_BRACE, LEFT_BRACKET, QUOTE, RIGHT_BRACE, RIGHT_BRACKET } from './bytes.ts';

/**
 * Moves over canonical JSON without reading it: no blanks, members in the order of their keys. Positions are offsets
 * into the bytes; what is asked for must be there, since nothing is checked.
 */

/** Brackets and braces of one direction differ in this bit alone. */
const BRACE_BIT = 0x20;

/** Position after the value that starts at `at`; `end` is where the document ends. */
export function skipValue(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] ?? 0;
  if (first === QUOTE) return skipText(bytes, at);
  if (first === LEFT_BRACE || first === LEFT_BRACKET) return skipContainer(bytes, at);
  let next = at + 1;
  while (next < end) {
    const byte = bytes[next] ?? 0;
    if (byte === COMMA || byte === RIGHT_BRACE || byte === RIGHT_BRACKET) break;
    next++;
  }
  return next;
}

/** Position after the text whose opening quote stands at `at`. */
export function skipText(bytes: Uint8Array, at: number): number {
  return textEnd(bytes, viewOf(bytes), at + 1);
}

/** Looks at four bytes at a time, for quotes alone: that a backslash stands before one is rare. */
function textEnd(bytes: Uint8Array, words: DataView, start: number): number {
  const lastWord = bytes.length - 4;
  let next = start;
  while (next <= lastWord) {
    const quotes = words.getInt32(next, true) ^ 0x22222222;
    // The lowest bit stands for a quote; what is above it means nothing.
    const marks = (quotes - 0x01010101) & ~quotes & 0x80808080;
    if (marks === 0) next += 4;
    else {
      next += (31 - Math.clz32(marks & -marks)) >> 3;
      if (bytes[next - 1] !== BACKSLASH || isUnescaped(bytes, start, next)) return next + 1;
      next++;
    }
  }
  while (bytes[next] !== QUOTE || !isUnescaped(bytes, start, next)) next++;
  return next + 1;
}

/** Whether an even number of backslashes stands before `at`, back to `start`. */
function isUnescaped(bytes: Uint8Array, start: number, at: number): boolean {
  let first = at;
  while (first > start && bytes[first - 1] === BACKSLASH) first--;
  return ((at - first) & 1) === 0;
}

let viewed = new Uint8Array(0);
let view: DataView = new DataView(viewed.buffer);

/** Made once for a vector, whose texts share their bytes. */
export function viewOf(bytes: Uint8Array): DataView {
  if (bytes !== viewed) {
    viewed = bytes as Uint8Array<ArrayBuffer>;
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  return view;
}

function skipContainer(bytes: Uint8Array, at: number): number {
  const words = viewOf(bytes);
  let depth = 1;
  let next = at + 1;
  for (;;) {
    const byte = bytes[next++] ?? 0;
    if (byte === QUOTE) next = textEnd(bytes, words, next);
    else if (byte >= LEFT_BRACKET) {
      if ((byte | BRACE_BIT) === LEFT_BRACE) depth++;
      else if ((byte | BRACE_BIT) === RIGHT_BRACE && --depth === 0) return next;
    }
  }
}

/**
 * Where the value of a key starts in the object at `at`; -1 if there is no such member or no object.
 * `key` is the key as it stands between its quotes in canonical JSON.
 */
export function findMember(bytes: Uint8Array, at: number, key: Uint8Array, end: number): number {
  if (bytes[at] !== LEFT_BRACE || bytes[at + 1] === RIGHT_BRACE) return -1;
  let next = at + 1;
  for (;;) {
    const order = compareKey(bytes, next, key);
    if (order === 0) return next + key.length + 3;
    if (order > 0) return -1;
    next = skipValue(bytes, skipText(bytes, next) + 1, end);
    if (bytes[next] !== COMMA) return -1;
    next++;
  }
}

/**
 * 0 if the key whose quote stands at `at` is `key`, above it if it and all after it come later. Bytes of escapes are
 * not in the order of what they stand for: a key that differs in one or behind one counts as an earlier key.
 */
export function compareKey(bytes: Uint8Array, at: number, key: Uint8Array): number {
  const { length } = key;
  for (let i = 0; i < length; i++) {
    const byte = bytes[at + 1 + i] ?? 0;
    const wanted = key[i] ?? 0;
    if (byte === wanted) continue;
    return byte === BACKSLASH || byte === QUOTE || byte < wanted || hasEscape(key, i) ? -1 : 1;
  }
  return bytes[at + 1 + length] === QUOTE ? 0 : 1;
}

function hasEscape(key: Uint8Array, last: number): boolean {
  for (let i = last; i >= 0; i--) if (key[i] === BACKSLASH) return true;
  return false;
}

/** Where element `index` starts in the array at `at`, counted from the end if negative; -1 if there is none. */
export function findElement(bytes: Uint8Array, at: number, index: number, end: number): number {
  if (bytes[at] !== LEFT_BRACKET || bytes[at + 1] === RIGHT_BRACKET) return -1;
  const wanted = index < 0 ? countElements(bytes, at, end) + index : index;
  if (wanted < 0) return -1;
  let next = at + 1;
  for (let i = 0; i < wanted; i++) {
    next = skipValue(bytes, next, end);
    if (bytes[next] !== COMMA) return -1;
    next++;
  }
  return next;
}

/** How many elements the array at `at` has. */
export function countElements(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at + 1] === RIGHT_BRACKET) return 0;
  let count = 1;
  let next = skipValue(bytes, at + 1, end);
  while (bytes[next] === COMMA) {
    count++;
    next = skipValue(bytes, next + 1, end);
  }
  return count;
}
