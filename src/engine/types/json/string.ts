import { APOSTROPHE, BACKSLASH, hexValue, LEFT_BRACE, LOWER_U, QUOTE, RIGHT_BRACE, SLASH, SPACE } from './bytes.ts';
import { appendEscaped, ESCAPED, SHORT_ESCAPES } from './escapes.ts';
import type { Run } from './run.ts';
import type { ByteSink } from './sink.ts';
import { JsonSyntaxError } from './syntax-error.ts';
import { sequenceLength } from './utf8.ts';

/** 1 where the scan of a text has to look closer: quotes, backslashes, control characters and what is not ASCII. */
const STOPS = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < SPACE || byte >= 0x80 || byte === QUOTE || byte === APOSTROPHE || byte === BACKSLASH ? 1 : 0,
);

export interface TextScope {
  readonly run: Run;
  /** End of the document. */
  readonly end: number;
  /** Where the document starts: positions in errors are counted from there. */
  readonly origin: number;
  /** Whether a typed scalar (see typed.ts) stays one: for text of our own, never for a user's. */
  readonly keepTyped: boolean;
}

/** Reads a text from its opening quote, rewriting in the run what is not canonical; gives the position after it. */
export function readString(scope: TextScope, start: number): number {
  const { run } = scope;
  if (run.source[start] !== APOSTROPHE) return readText(scope, start) + 1;
  run.flush(start, start + 1).push(QUOTE);
  const at = readText(scope, start);
  run.flush(at, at + 1).push(QUOTE);
  return at + 1;
}

/** Gives the position of the closing quote. */
function readText(scope: TextScope, start: number): number {
  const { run, end, origin } = scope;
  const { source } = run;
  const delimiter = source[start];
  let at = start + 1;
  while (at < end) {
    const byte = source[at] ?? 0;
    if (STOPS[byte] === 0) at++;
    else if (byte === delimiter) return at;
    else at = readStop(scope, start, at);
  }
  throw new JsonSyntaxError('EOF while parsing a value', end - origin);
}

/** What is not plain inside the text that started at `start`; gives the position after it. */
function readStop(scope: TextScope, start: number, at: number): number {
  const { run } = scope;
  const byte = run.source[at] ?? 0;
  if (byte >= 0x80) return readSequence(scope, start, at);
  if (byte === BACKSLASH) return readEscape(scope, start, at);
  if (byte !== APOSTROPHE) appendEscaped(run.flush(at, at + 1), byte);
  return at + 1;
}

function readSequence(scope: TextScope, start: number, at: number): number {
  const length = sequenceLength(scope.run.source, at, scope.end);
  if (length > 0) return at + length;
  throw new JsonSyntaxError('invalid string', findTextEnd(scope, start) + 1 - scope.origin);
}

/** An escape inside the text that started at `start`; gives the position after it. */
function readEscape(scope: TextScope, start: number, at: number): number {
  const { run, end } = scope;
  const { source } = run;
  const letter = at + 1 < end ? (source[at + 1] ?? 0) : 0;
  if (letter === LOWER_U) return readUnicodeEscape(scope, start, at);
  const character = ESCAPED[letter] ?? 0;
  if (character === 0) {
    findTextEnd(scope, start);
    throw new JsonSyntaxError(`invalid escaped '${letter.toString(16).toUpperCase()}'`, at + 3 - scope.origin);
  }
  if (letter === SLASH) run.flush(at, at + 1);
  return at + 2;
}

/** `\uXXXX` or `\u{XXXX}`, with the second half of a surrogate pair where one follows. */
function readUnicodeEscape(scope: TextScope, start: number, at: number): number {
  const { run } = scope;
  const { source } = run;
  const first = readHex4(scope, start, at + 2);
  if (isCanonicalEscape(source, at, first) || (scope.keepTyped && at === start + 1)) return first.next;
  const isHigh = first.code >= 0xd800 && first.code <= 0xdbff;
  if (!isHigh || source[first.next] !== BACKSLASH || source[first.next + 1] !== LOWER_U) {
    appendUnicode(run.flush(at, first.next), source, first);
    return first.next;
  }
  const second = readHex4(scope, start, first.next + 2);
  const sink = run.flush(at, second.next);
  if (second.code >= 0xdc00 && second.code <= 0xdfff) {
    sink.codePoint(((first.code - 0xd800) << 10) + (second.code - 0xdc00) + 0x1_0000);
  } else {
    appendLiteralEscape(sink, source, first);
    appendLiteralEscape(sink, source, second);
  }
  return second.next;
}

interface Hex4 {
  readonly code: number;
  /** Position of the four digits. */
  readonly digits: number;
  readonly next: number;
}

function readHex4(scope: TextScope, start: number, at: number): Hex4 {
  const { source } = scope.run;
  const isBraced = source[at] === LEFT_BRACE;
  const digits = isBraced ? at + 1 : at;
  const next = isBraced ? at + 6 : at + 4;
  let code = 0;
  let wrong = next > scope.end ? 0 : -1;
  for (let i = digits; i < digits + 4 && wrong < 0; i++) {
    const value = hexValue(source[i] ?? 0);
    if (value < 0) wrong = source[i] ?? 0;
    code = code * 16 + value;
  }
  const isOpen = isBraced && source[at + 5] !== RIGHT_BRACE;
  if (wrong >= 0 || isOpen) {
    findTextEnd(scope, start);
    if (isOpen) throw new JsonSyntaxError('unexpected end of hex escape', at + 1 - scope.origin);
    throw new JsonSyntaxError(`invalid hex '${wrong.toString(16).toUpperCase()}'`, next + 1 - scope.origin);
  }
  return { code, digits, next };
}

/** Whether the escape stands for a control character without a letter of its own and has lower-case digits. */
function isCanonicalEscape(source: Uint8Array, at: number, { code, next }: Hex4): boolean {
  const last = source[at + 5] ?? 0;
  return next === at + 6 && code < SPACE && SHORT_ESCAPES[code] === 0 && (last < 0x41 || last > 0x46);
}

function appendUnicode(sink: ByteSink, source: Uint8Array, hex: Hex4): void {
  if (hex.code >= 0xd800 && hex.code <= 0xdfff) appendLiteralEscape(sink, source, hex);
  else appendEscaped(sink, hex.code);
}

/** Half of a surrogate pair has no UTF-8: Databend keeps the six characters of its escape as text. */
function appendLiteralEscape(sink: ByteSink, source: Uint8Array, { digits }: Hex4): void {
  sink.ascii('\\\\u');
  sink.append(source, digits, digits + 4);
}

/** Position of the closing quote. Databend looks for it before it looks at escapes, so a text without one fails first. */
function findTextEnd({ run, end, origin }: TextScope, start: number): number {
  const { source } = run;
  let at = start + 1;
  while (at < end && source[at] !== source[start]) {
    if (source[at] !== BACKSLASH) at++;
    else if (source[at + 1] !== LOWER_U) at = Math.min(at + 2, end);
    else if (at + 2 >= end) at = end;
    else at += source[at + 2] === LEFT_BRACE ? 8 : 6;
  }
  if (at >= end) throw new JsonSyntaxError('EOF while parsing a value', at - origin);
  return at;
}
