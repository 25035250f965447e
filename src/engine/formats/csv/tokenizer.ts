import { SqlError } from '../../base/errors.ts';
import { isUtf8 } from '../../types/parse/utf8.ts';
import { MISSING, PLAIN, QUOTED } from '../rows/fields.ts';
import type { RecordShape, TokenizerSinks } from '../rows/records.ts';
import type { ByteWindow } from '../rows/window.ts';
import type { CsvDialect } from './dialect.ts';

/** A batch holds no more rows, however short they are. */
const MAX_ROWS = 65_536;

/** What the first byte of a field says of it: nothing (0), that it may be no value, or that it is in quotes. */
const DOUBTFUL = 1;
const QUOTE = 2;

/** Cuts windows of CSV into records and fields, by one state machine over bytes. */
export class CsvTokenizer {
  /** Line of the window's first row in messages: records of the wrong width do not count within a window. */
  firstLine = 0;
  /** Records cut from the file so far, headers and bad ones included. */
  #records = 0;
  #headers: number;
  readonly #dialect: CsvDialect;
  readonly #shape: RecordShape;
  readonly #sinks: TokenizerSinks;
  readonly #delimiterStart: number;
  readonly #isLongDelimiter: boolean;
  /** By byte: 1 where a bare text may end. */
  readonly #plainStops = new Uint8Array(256);
  /** The same, and 1 for what is not ASCII. */
  readonly #asciiStops = new Uint8Array(256).fill(1, 0x80);
  /** By byte that a field begins with: 0, DOUBTFUL or QUOTE. */
  readonly #kinds = new Uint8Array(256);
  /** By byte: 1 where a text in quotes may end or change. */
  readonly #quotedStops = new Uint8Array(256);
  #bytes = new Uint8Array(0);
  #end = 0;
  #final = false;
  /** Whether all records of the window so far are bare ones in ASCII. */
  #isAscii = true;
  /** Where the next text goes that does not stand in the file as such. */
  #spare = 0;
  /** Of the record at hand. */
  #fieldCount = 0;
  #firstField = 0;
  #recordEnd = 0;

  constructor(dialect: CsvDialect, shape: RecordShape, sinks: TokenizerSinks) {
    this.#dialect = dialect;
    this.#shape = shape;
    this.#sinks = sinks;
    this.#headers = dialect.skipHeader;
    this.#delimiterStart = dialect.fieldDelimiter[0] ?? -1;
    this.#isLongDelimiter = dialect.fieldDelimiter.length > 1;
    for (const byte of [this.#delimiterStart, ...dialect.recordEnds]) this.#plainStops[byte] = 1;
    for (const byte of [this.#delimiterStart, ...dialect.recordEnds]) this.#asciiStops[byte] = 1;
    for (const byte of [dialect.quote, dialect.escapeByte]) if (byte >= 0) this.#quotedStops[byte] = 1;
    for (const byte of [this.#delimiterStart, ...dialect.recordEnds, dialect.nullStart])
      if (byte >= 0) this.#kinds[byte] = DOUBTFUL;
    if (dialect.quote >= 0) this.#kinds[dialect.quote] = QUOTE;
  }

  /** Fills the fields with the whole records of a window; gives how many of its bytes they take. */
  read(window: ByteWindow): number {
    const { fields } = this.#sinks;
    fields.clear(window.bytes);
    fields.doubtful.fill(0);
    this.#bytes = window.bytes;
    this.#end = window.end;
    this.#final = window.final;
    this.#isAscii = true;
    this.#spare = window.spare;
    this.firstLine = this.#records;
    // No bare text runs on beyond the window.
    this.#bytes[this.#end] = this.#dialect.recordEnds[0];
    let at = this.#skipEmptyLines(0);
    while (at < this.#end && fields.rows < MAX_ROWS) {
      fields.reserve();
      const bareEnd = this.#readBareRecord(at);
      if (bareEnd >= 0) {
        fields.close(at, bareEnd, this.#records++);
        at = this.#skipEmptyLines(bareEnd + 1);
        continue;
      }
      const next = this.#readRecord(at);
      if (next < 0) break;
      this.#closeRecord(at);
      at = this.#skipEmptyLines(next);
    }
    fields.utf8 = this.#isAscii || isUtf8(window.bytes, 0, at);
    return at;
  }

  #skipEmptyLines(start: number): number {
    const [one, other] = this.#dialect.recordEnds;
    let at = start;
    while (at < this.#end && (this.#bytes[at] === one || this.#bytes[at] === other)) at++;
    return at;
  }

  /** What most records are: bare texts, as many as columns. Gives where it ends; -1 for any other, or one not whole. */
  #readBareRecord(start: number): number {
    const { starts, ends, marks, rows, stride, doubtful } = this.#sinks.fields;
    if (this.#isLongDelimiter || this.#headers > 0 || stride === 0) return -1;
    const bytes = this.#bytes;
    const stops = this.#isAscii ? this.#asciiStops : this.#plainStops;
    const kinds = this.#kinds;
    const delimiter = this.#delimiterStart;
    const first = rows * stride;
    const last = first + stride;
    let field = first;
    for (let at = start; field < last; at++) {
      const kind = kinds[bytes[at] as number];
      if (kind === QUOTE) return -1;
      if (kind === DOUBTFUL) doubtful[field - first] = 1;
      starts[field] = at;
      while (stops[bytes[at] as number] === 0) at++;
      ends[field] = at;
      marks[field++] = PLAIN;
      if (bytes[at] !== delimiter) return this.#endBareRecord(start, at, field === last);
    }
    return -1;
  }

  #endBareRecord(start: number, end: number, hasAllFields: boolean): number {
    if (this.#isAscii && (this.#bytes[end] as number) > 0x7f) {
      this.#isAscii = false;
      return this.#readBareRecord(start);
    }
    return hasAllFields && end < this.#end ? end : -1;
  }

  /** Gives where the next record may start; -1 when this one is not whole. */
  #readRecord(start: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    const { quote, fieldDelimiter } = this.#dialect;
    const { fields } = this.#sinks;
    this.#fieldCount = 0;
    this.#firstField = fields.rows * fields.stride;
    let at = start;
    for (;;) {
      if (at < end && bytes[at] === quote) {
        at = this.#readQuoted(at);
      } else {
        const from = at;
        at = this.#plainEnd(at);
        this.#addField(from, at, PLAIN);
      }
      if (at >= end) break;
      if (bytes[at] !== this.#delimiterStart) {
        this.#recordEnd = at;
        return at + 1;
      }
      at += fieldDelimiter.length;
    }
    this.#recordEnd = end;
    return this.#final ? end : -1;
  }

  #addField(start: number, end: number, mark: number): void {
    const { fields } = this.#sinks;
    const index = this.#fieldCount++;
    const at = this.#firstField + Math.min(index, fields.stride);
    fields.starts[at] = start;
    fields.ends[at] = end;
    fields.marks[at] = mark;
  }

  /** Where a bare text ends: at a delimiter, at the end of the record or at the end of the window. */
  #plainEnd(start: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    const stops = this.#plainStops;
    let at = start;
    while (at < end && stops[bytes[at] ?? 0] === 0) at++;
    if (!this.#isLongDelimiter || at >= end || bytes[at] !== this.#delimiterStart || this.#isDelimiter(at)) return at;
    return this.#plainEnd(at + 1);
  }

  #isDelimiter(at: number): boolean {
    const { fieldDelimiter } = this.#dialect;
    if (at + fieldDelimiter.length > this.#end) return false;
    for (let i = 1; i < fieldDelimiter.length; i++) if (this.#bytes[at + i] !== fieldDelimiter[i]) return false;
    return true;
  }

  #readQuoted(start: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    const stops = this.#quotedStops;
    let at = start + 1;
    while (at < end && stops[bytes[at] ?? 0] === 0) at++;
    const after = at + 1;
    if (at < end && (bytes[at] !== this.#dialect.quote || (after < end && this.#plainEnd(after) !== after))) {
      return this.#readDecoded(start, at);
    }
    this.#addField(start + 1, at, QUOTED);
    return Math.min(after, end);
  }

  /** A text in quotes that is not the bytes between them: `plain` is where the first change stands. */
  #readDecoded(start: number, plain: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    const { quote, escapeByte } = this.#dialect;
    const from = this.#spare;
    bytes.copyWithin(from, start + 1, plain);
    let to = from + plain - start - 1;
    let at = plain;
    for (; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === quote && (at + 1 >= end || bytes[at + 1] !== quote)) break;
      if ((byte === quote || byte === escapeByte) && at + 1 < end) at++;
      bytes[to++] = bytes[at] ?? 0;
    }
    const rest = Math.min(at + 1, end);
    const stop = this.#plainEnd(rest);
    bytes.copyWithin(to, rest, stop);
    this.#spare = to + stop - rest;
    this.#addField(from, this.#spare, QUOTED);
    return stop;
  }

  #closeRecord(start: number): void {
    const { fields, reportWidth } = this.#sinks;
    const { strict, limit } = this.#shape;
    const fieldCount = this.#fieldCount;
    if (fieldCount > limit) throw new SqlError('BadBytes', `too many fields, expect at most ${limit} fields`);
    const number = this.#records++;
    if (strict && !this.#isExpectedWidth()) {
      reportWidth({ fieldCount, line: this.firstLine + fields.rows, start, end: this.#recordEnd });
      return;
    }
    if (this.#headers > 0) {
      this.#headers--;
      this.firstLine++;
      return;
    }
    this.#isAscii = false;
    fields.doubtful.fill(1);
    if (fieldCount < fields.stride) this.#pad();
    fields.close(start, this.#recordEnd, number);
  }

  /** As many fields as columns, or one more that is empty, after a delimiter at the end. */
  #isExpectedWidth(): boolean {
    const { fields } = this.#sinks;
    const { stride } = fields;
    if (this.#fieldCount !== stride + 1) return this.#fieldCount === stride;
    const last = this.#firstField + stride;
    return fields.starts[last] === fields.ends[last] && fields.marks[last] === PLAIN;
  }

  #pad(): void {
    const { fields } = this.#sinks;
    const from = this.#firstField + this.#fieldCount;
    const to = this.#firstField + fields.stride;
    fields.starts.fill(0, from, to);
    fields.ends.fill(0, from, to);
    fields.marks.fill(this.#shape.missingIsEmpty ? PLAIN : MISSING, from, to);
  }
}
