import { BACKSLASH, hexValue, LOWER_X, NEWLINE } from '../../types/json/bytes.ts';
import { isUtf8 } from '../../types/parse/utf8.ts';
import type { FileFormat } from '../format.ts';
import { numberOption, textOption } from '../option-values.ts';
import { MISSING, PLAIN } from '../rows/fields.ts';
import type { RecordShape, TokenizerSinks } from '../rows/records.ts';
import type { ByteWindow } from '../rows/window.ts';

/** A batch holds no more rows, however short they are. */
const MAX_ROWS = 65_536;
const RETURN = 0x0d;

/** How the bytes of a TEXT file are cut into records and fields. */
export interface TextDialect {
  /** -1 in line mode, where a record is one field. */
  readonly fieldDelimiter: number;
  readonly recordDelimiter: number;
  /** Whether a carriage return before the record delimiter belongs to it. */
  readonly stripsReturn: boolean;
  readonly skipHeader: number;
}

const encoder = new TextEncoder();

export function textDialect(format: FileFormat): TextDialect {
  const record = textOption(format, 'RECORD_DELIMITER');
  return {
    fieldDelimiter: encoder.encode(textOption(format, 'FIELD_DELIMITER'))[0] ?? -1,
    recordDelimiter: record === '\r\n' ? NEWLINE : (encoder.encode(record)[0] ?? NEWLINE),
    stripsReturn: record === '\r\n',
    skipHeader: numberOption(format, 'SKIP_HEADER'),
  };
}

/** The byte that a backslash and a letter stand for; 0 where they stand for themselves. `\0` is told apart. */
const UNESCAPED = new Uint8Array(256);
for (const [letter, byte] of Object.entries({ b: 8, f: 12, r: 13, n: 10, t: 9 })) {
  UNESCAPED[letter.charCodeAt(0)] = byte;
}
for (const character of '\\\'"/`') UNESCAPED[character.charCodeAt(0)] = character.charCodeAt(0);
const DIGIT_ZERO = 0x30;

/** Cuts windows of TEXT (TSV) into records and fields. */
export class TextTokenizer {
  /** Line of each row. */
  lines: number[] = [];
  #records = 0;
  #headers: number;
  readonly #dialect: TextDialect;
  readonly #shape: RecordShape;
  readonly #sinks: TokenizerSinks;
  readonly #stops = new Uint8Array(256);
  #bytes = new Uint8Array(0);
  #end = 0;
  #final = false;
  #spare = 0;
  /** Whether all texts of the window are as they stand in the file, or ASCII. */
  #isPlain = true;
  /** Of the record at hand. */
  #fieldCount = 0;
  #recordEnd = 0;

  constructor(dialect: TextDialect, shape: RecordShape, sinks: TokenizerSinks) {
    this.#dialect = dialect;
    this.#shape = shape;
    this.#sinks = sinks;
    this.#headers = dialect.skipHeader;
    this.#stops[BACKSLASH] = 1;
    this.#stops[dialect.recordDelimiter] = 1;
    if (dialect.fieldDelimiter >= 0) this.#stops[dialect.fieldDelimiter] = 1;
  }

  /** Fills the fields with the whole records of a window; gives how many of its bytes they take. */
  read(window: ByteWindow): number {
    const { fields } = this.#sinks;
    fields.clear(window.bytes);
    this.#bytes = window.bytes;
    this.#end = window.end;
    this.#final = window.final;
    this.#spare = window.spare;
    this.#isPlain = true;
    this.lines = [];
    let at = 0;
    while (at < this.#end && fields.rows < MAX_ROWS) {
      fields.reserve();
      const next = this.#readRecord(at);
      if (next < 0) break;
      this.#closeRecord(at);
      at = next;
    }
    fields.utf8 = this.#isPlain && isUtf8(window.bytes, 0, at);
    return at;
  }

  /** Gives where the next record starts; -1 when this one is not whole. */
  #readRecord(start: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    const { fieldDelimiter, recordDelimiter } = this.#dialect;
    this.#fieldCount = 0;
    let from = start;
    let escapes = 0;
    let at = start;
    for (; ; at++) {
      while (at < end && this.#stops[bytes[at] ?? 0] === 0) at++;
      if (at >= end) break;
      const byte = bytes[at];
      if (byte === BACKSLASH) {
        escapes++;
        at++;
        continue;
      }
      if (byte === recordDelimiter) break;
      if (byte === fieldDelimiter) {
        this.#addField(from, at, escapes);
        from = at + 1;
        escapes = 0;
      }
    }
    if (at >= end && !this.#final) return -1;
    const stop = Math.min(at, end);
    this.#recordEnd = this.#textEnd(from, stop);
    this.#addField(from, this.#recordEnd, escapes);
    return Math.min(stop + 1, end);
  }

  /** Where a record's text ends that is cut off at `stop`. */
  #textEnd(start: number, stop: number): number {
    const isCut = this.#dialect.stripsReturn && stop < this.#end && stop > start && this.#bytes[stop - 1] === RETURN;
    return isCut ? stop - 1 : stop;
  }

  #addField(start: number, end: number, escapes: number): void {
    const { fields } = this.#sinks;
    const at = fields.rows * fields.stride + Math.min(this.#fieldCount++, fields.stride);
    fields.marks[at] = PLAIN;
    if (escapes === 0) {
      fields.starts[at] = start;
      fields.ends[at] = end;
      return;
    }
    fields.starts[at] = this.#spare;
    this.#unescape(start, end);
    fields.ends[at] = this.#spare;
  }

  #unescape(start: number, end: number): void {
    const bytes = this.#bytes;
    let from = start;
    for (let at = start; at < end - 1; at++) {
      if (bytes[at] !== BACKSLASH) continue;
      this.#copy(from, at);
      from = this.#putEscape(at, end);
      at = from - 1;
    }
    this.#copy(from, end);
  }

  #copy(start: number, end: number): void {
    this.#bytes.copyWithin(this.#spare, start, end);
    this.#spare += end - start;
  }

  /** Writes what an escape stands for; gives the position after it. */
  #putEscape(at: number, end: number): number {
    const bytes = this.#bytes;
    const letter = bytes[at + 1] ?? 0;
    const hex = letter === LOWER_X && at + 3 < end ? this.#hexByte(at + 2) : -1;
    if (hex >= 0) {
      bytes[this.#spare++] = hex;
      return at + 4;
    }
    if (!this.#isEscape(letter)) bytes[this.#spare++] = BACKSLASH;
    bytes[this.#spare++] = letter === DIGIT_ZERO ? 0 : UNESCAPED[letter] || letter;
    return at + 2;
  }

  #isEscape(letter: number): boolean {
    const { fieldDelimiter, recordDelimiter } = this.#dialect;
    return letter === DIGIT_ZERO || UNESCAPED[letter] !== 0 || letter === fieldDelimiter || letter === recordDelimiter;
  }

  /** -1 where no two hexadecimal digits stand. */
  #hexByte(at: number): number {
    const high = hexValue(this.#bytes[at] ?? 0);
    const low = hexValue(this.#bytes[at + 1] ?? 0);
    if (high < 0 || low < 0) return -1;
    if (high >= 8) this.#isPlain = false;
    return high * 16 + low;
  }

  #closeRecord(start: number): void {
    const { fields, reportWidth } = this.#sinks;
    const { strict, missingIsEmpty } = this.#shape;
    const line = this.#records++;
    if (this.#headers > 0) {
      this.#headers--;
      return;
    }
    const end = this.#recordEnd;
    if (start === end) return;
    const fieldCount = this.#fieldCount;
    if (strict && fieldCount !== fields.stride) {
      reportWidth({ fieldCount, line, start, end });
      return;
    }
    const from = fields.rows * fields.stride;
    for (let at = from + fieldCount; at < from + fields.stride; at++) {
      fields.starts[at] = 0;
      fields.ends[at] = 0;
      fields.marks[at] = missingIsEmpty ? PLAIN : MISSING;
    }
    this.lines.push(line);
    fields.close(start, end, line - this.#dialect.skipHeader);
  }
}
