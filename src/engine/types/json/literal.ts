import { JsonSyntaxError } from './syntax-error.ts';

export interface ExpectedLiteral {
  readonly end: number;
  /** Where the document starts: positions in errors are counted from there. */
  readonly origin: number;
  /** In lower case. */
  readonly word: string;
}

/** Reads a word in any case; gives the position after it. */
export function readLiteral(source: Uint8Array, start: number, { end, origin, word }: ExpectedLiteral): number {
  for (let i = 0; i < word.length; i++) {
    if (start + i >= end) throw new JsonSyntaxError('EOF while parsing a value', end - origin);
    if (((source[start + i] ?? 0) | 0x20) !== word.charCodeAt(i)) {
      throw new JsonSyntaxError('expected ident', start + i + 1 - origin);
    }
  }
  return start + word.length;
}
