import { SqlError } from '../../base/errors.ts';
import type { Cell } from '../../types/cell.ts';
import { parseBase64 } from '../../types/parse/base64.ts';
import { parseCell } from '../../types/parse/cell.ts';
import { ParseFailure, type ParseSettings } from '../../types/parse/failure.ts';
import type { Column } from '../../types/type.ts';
import { ColumnSlice } from './column-slice.ts';
import type { ReportRow, TargetColumn } from './field-batch.ts';
import { type Fields, MISSING, PLAIN } from './fields.ts';
import { emptyValue, invalidValue } from './messages.ts';
import { DEFAULT, NULL, VALUE } from './ranges.ts';

/** Empty where it may not be; ends as a bad row. */
const REFUSED = 3;

export type EmptyAs = 'NULL' | 'STRING' | 'FIELD_DEFAULT';

/** How a text format tells NULL, the default and a value apart, and reads values. */
export interface FieldRules {
  readonly emptyAs: EmptyAs;
  readonly quotedEmptyAs: EmptyAs;
  readonly nullDisplay: Uint8Array;
  /** Whether a quoted field may be NULL by its text. */
  readonly quotedNulls: boolean;
  /** Whether ASCII whitespace is stripped first. */
  readonly trim: boolean;
  readonly binaryFormat: 'HEX' | 'BASE64';
  readonly settings: ParseSettings;
}

/** One column of a window of CSV or TEXT. */
export class FieldSlice extends ColumnSlice {
  readonly special: number;
  readonly #rules: FieldRules;
  readonly #report: ReportRow;

  constructor(fields: Fields, target: TargetColumn, rules: FieldRules, report: ReportRow) {
    const isSure = !rules.trim && fields.doubtful[target.index] === 0;
    super(fields, target, isSure ? fields.zeros : undefined);
    this.#rules = rules;
    this.#report = report;
    if (rules.trim) this.#trim();
    this.special = isSure ? 0 : this.#classify();
  }

  parse(row: number): Cell | undefined {
    const text = this.text(row);
    const { binaryFormat, settings } = this.#rules;
    const cell =
      this.column.type.kind === 'Binary' && binaryFormat === 'BASE64'
        ? (parseBase64(text) ?? new ParseFailure('Invalid base64 text'))
        : parseCell(text, this.column.type, settings);
    if (!(cell instanceof ParseFailure)) return cell;
    this.fail(row, cell.message);
    return undefined;
  }

  fail(row: number, cause: string): void {
    this.#report(row, invalidValue(this.text(row), { column: this.column, index: this.index }, cause));
  }

  #classify(): number {
    const { starts, ends, stride, states, rows } = this;
    const marks = this.marks;
    const plainEmpty = emptyState(this.#rules.emptyAs, this.column);
    const quotedEmpty = emptyState(this.#rules.quotedEmptyAs, this.column);
    const nullLength = this.column.nullable ? this.#rules.nullDisplay.length : -1;
    let special = 0;
    for (let row = 0, at = this.index; row < rows; row++, at += stride) {
      const length = (ends[at] ?? 0) - (starts[at] ?? 0);
      let state = VALUE;
      if (length === 0) state = emptyByMark(marks[at], plainEmpty, quotedEmpty);
      else if (length === nullLength && this.#isNullDisplay(at)) state = NULL;
      if (state === VALUE) continue;
      states[row] = state;
      special++;
      if (state === REFUSED) this.#refuse(row);
    }
    return special;
  }

  #isNullDisplay(at: number): boolean {
    const { nullDisplay, quotedNulls } = this.#rules;
    const start = this.starts[at] ?? 0;
    for (let i = 0; i < nullDisplay.length; i++) if (this.bytes[start + i] !== nullDisplay[i]) return false;
    return quotedNulls || this.marks[at] === PLAIN;
  }

  #refuse(row: number): void {
    const isPlain = this.marks[row * this.stride + this.index] === PLAIN;
    const option = isPlain ? 'EMPTY_FIELD_AS' : 'QUOTED_EMPTY_FIELD_AS';
    const emptyAs = isPlain ? this.#rules.emptyAs : this.#rules.quotedEmptyAs;
    if (emptyAs === 'FIELD_DEFAULT') throw new SqlError('Internal', 'a default was refused');
    this.#report(row, emptyValue({ column: this.column, index: this.index }, option, emptyAs));
  }

  #trim(): void {
    const { bytes, starts, ends, stride, rows } = this;
    for (let row = 0, at = this.index; row < rows; row++, at += stride) {
      let start = starts[at] ?? 0;
      let end = ends[at] ?? 0;
      while (start < end && isBlank(bytes[start])) start++;
      while (end > start && isBlank(bytes[end - 1])) end--;
      starts[at] = start;
      ends[at] = end;
    }
  }
}

function emptyByMark(mark: number | undefined, plainEmpty: number, quotedEmpty: number): number {
  if (mark === PLAIN) return plainEmpty;
  return mark === MISSING ? NULL : quotedEmpty;
}

function emptyState(emptyAs: EmptyAs, { type, nullable }: Column): number {
  if (emptyAs === 'FIELD_DEFAULT') return DEFAULT;
  if (emptyAs === 'STRING' && type.kind === 'String') return VALUE;
  return nullable ? NULL : REFUSED;
}

/** ASCII whitespace as Rust has it: without the vertical tab. */
function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x0c;
}
