import { LEFT_BRACE, NEWLINE } from '../../types/json/bytes.ts';
import { isUtf8 } from '../../types/parse/utf8.ts';
import type { RowError, RowTarget } from '../format.ts';
import type { Fields } from '../rows/fields.ts';
import { rawRecord } from '../rows/messages.ts';
import type { ByteWindow } from '../rows/window.ts';
import { MISSING, OBJECT, TEXT } from './marks.ts';
import { isJsonBlank, JsonLineError, JsonScanner } from './scanner.ts';
import { unescapeText } from './unescape.ts';

/** A batch holds no more rows, however short they are. */
const MAX_ROWS = 65_536;

/** A key as it stood at some place of an earlier record, and the column that it names, -1 for none. */
interface KnownKey {
  readonly bytes: Uint8Array;
  readonly column: number;
}

interface LinePlace {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

const decoder = new TextDecoder();

const keyText = (bytes: Uint8Array) => String(JSON.parse(decoder.decode(bytes)));

/** Cuts windows of NDJSON into lines, and lines into the values of columns. */
export class NdjsonTokenizer {
  /** Lines of the window that are not JSON. */
  errors: RowError[] = [];
  readonly #fields: Fields;
  readonly #target: RowTarget;
  readonly #path: string;
  /** By name in lower case. */
  readonly #columns = new Map<string, number>();
  /** By column: whether a text stays JSON, quotes and escapes included. */
  readonly #keepsJson: readonly boolean[];
  readonly #scanner = new JsonScanner();
  /** By place in the record: most records have the same keys in the same order. */
  readonly #knownKeys: KnownKey[] = [];
  #bytes = new Uint8Array(0);
  /** Keys of the record that no column has, where that matters. */
  #others: string[] = [];
  readonly #refusesOthers: boolean;
  #spare = 0;
  #lines = 0;

  constructor(fields: Fields, target: RowTarget, path: string) {
    this.#fields = fields;
    this.#target = target;
    this.#path = path;
    const columns = target.kind === 'Columns' ? target.columns : [];
    this.#refusesOthers = target.kind === 'Columns' && target.refuseOthers === true;
    for (const [index, { name }] of columns.entries()) this.#columns.set(name.toLowerCase(), index);
    this.#keepsJson = columns.map(({ type }) => type.kind === 'Variant');
  }

  /** Fills the fields with the whole lines of a window; gives how many of its bytes they take. */
  read(window: ByteWindow): number {
    const { bytes, end } = window;
    const fields = this.#fields;
    fields.clear(bytes);
    fields.utf8 = isUtf8(bytes, 0, end);
    this.errors = [];
    this.#bytes = bytes;
    this.#spare = window.spare;
    bytes[end] = NEWLINE;
    let at = 0;
    while (at < end && fields.rows < MAX_ROWS) {
      const lineEnd = bytes.indexOf(NEWLINE, at);
      if (lineEnd >= end && !window.final) break;
      this.#readLine(at, lineEnd);
      at = Math.min(lineEnd + 1, end);
    }
    return at;
  }

  #readLine(lineStart: number, lineEnd: number): void {
    const line = this.#lines++;
    const bytes = this.#bytes;
    let start = lineStart;
    let end = lineEnd;
    while (start < end && isJsonBlank(bytes[start] ?? 0)) start++;
    while (end > start && isJsonBlank(bytes[end - 1] ?? 0)) end--;
    if (start === end) return;
    this.#fields.reserve();
    this.#scanner.open(bytes, end);
    try {
      this.#others = [];
      this.#readRecord(start, end);
      if (this.#others.length > 0) this.errors.push(this.#othersError({ line, start, end }));
      else this.#fields.close(start, end, line);
    } catch (error) {
      if (!(error instanceof JsonLineError)) throw error;
      this.errors.push(this.#rowError(error, { line, start, end }));
    }
  }

  #readRecord(start: number, end: number): void {
    const fields = this.#fields;
    if (!fields.utf8 && !isUtf8(this.#bytes, start, end)) throw new JsonLineError('invalid unicode code point', start);
    const next = this.#target.kind === 'Columns' ? this.#readMembers(start) : this.#readWhole(start);
    const rest = this.#scanner.blanks(next);
    if (rest < end) throw new JsonLineError('trailing characters', rest);
  }

  #readWhole(start: number): number {
    const next = this.#scanner.value(start);
    this.#setField(this.#fields.rows, { start, end: next, mark: OBJECT });
    return next;
  }

  /** What is no object has no members. */
  #readMembers(start: number): number {
    const fields = this.#fields;
    const scanner = this.#scanner;
    const first = fields.rows * fields.stride;
    fields.marks.fill(MISSING, first, first + fields.stride);
    if (this.#bytes[start] !== LEFT_BRACE) return scanner.value(start);
    let at = scanner.firstKey(start);
    for (let place = 0; at >= 0; place++) {
      const keyEnd = scanner.text(at);
      const column = this.#columnOf(at, keyEnd, place);
      const value = scanner.memberValue(keyEnd);
      const end = scanner.value(value);
      if (column >= 0) this.#keep(column, value, end);
      else if (this.#refusesOthers) this.#others.push(keyText(this.#bytes.slice(at, keyEnd)));
      at = scanner.nextKey(end);
    }
    return ~at;
  }

  #keep(column: number, start: number, end: number): void {
    const { mark, hasEscapes } = this.#scanner;
    const at = this.#fields.rows * this.#fields.stride + column;
    if (mark !== TEXT || this.#keepsJson[column]) {
      this.#setField(at, { start, end, mark });
    } else if (hasEscapes) {
      const from = this.#spare;
      this.#spare = unescapeText(this.#bytes, start + 1, end - 1, from);
      this.#setField(at, { start: from, end: this.#spare, mark });
    } else {
      this.#setField(at, { start: start + 1, end: end - 1, mark });
    }
  }

  #setField(at: number, { start, end, mark }: { start: number; end: number; mark: number }): void {
    this.#fields.starts[at] = start;
    this.#fields.ends[at] = end;
    this.#fields.marks[at] = mark;
  }

  #columnOf(start: number, end: number, place: number): number {
    const known = this.#knownKeys[place];
    if (known && sameBytes(this.#bytes, start, end, known.bytes)) return known.column;
    const bytes = this.#bytes.slice(start, end);
    const column = this.#columns.get(keyText(bytes).toLowerCase()) ?? -1;
    this.#knownKeys[place] = { bytes, column };
    return column;
  }

  #othersError({ line, start, end }: LinePlace): RowError {
    const message = `Invalid NDJSON row: schema evolution sample did not include all columns for File '${this.#path}'. Extra columns: ${this.#others.join(', ')}. Please adjust SCHEMA_EVOLUTION sample options such as SAMPLE_FILES, SAMPLE_RECORDS_PER_FILE, or SAMPLE_TOTAL_RECORDS`;
    return { line, message, raw: rawRecord(this.#bytes, start, end), column: undefined };
  }

  #rowError({ message, at }: JsonLineError, { line, start, end }: LinePlace): RowError {
    const size = end - start;
    const next = at < end ? String.fromCharCode(this.#bytes[at] ?? 0) : '';
    const place = `at line 1, position ${at - start} of size ${size} for File '${this.#path}'`;
    return {
      line,
      message: `Invalid NDJSON row: ${message} ${place}, next byte is '${next}'`,
      raw: rawRecord(this.#bytes, start, end),
      column: undefined,
    };
  }
}

function sameBytes(bytes: Uint8Array, start: number, end: number, known: Uint8Array): boolean {
  if (end - start !== known.length) return false;
  for (let i = 0; i < known.length; i++) if (bytes[start + i] !== known[i]) return false;
  return true;
}
