import { unreachable } from '../../base/errors.ts';
import type { Cell } from '../../types/cell.ts';
import { timestampFromEpoch } from '../../types/datetime.ts';
import { jsonString } from '../../types/json/escapes.ts';
import { parseCell } from '../../types/parse/cell.ts';
import { ParseFailure, type ParseSettings } from '../../types/parse/failure.ts';
import { isInteger, type SqlType } from '../../types/type.ts';
import { ColumnSlice } from '../rows/column-slice.ts';
import type { ReportRow, TargetColumn } from '../rows/field-batch.ts';
import type { Fields } from '../rows/fields.ts';
import { columnText, invalidValue } from '../rows/messages.ts';
import { DEFAULT, NULL, VALUE } from '../rows/ranges.ts';
import { cellOfJson } from './cell.ts';
import { ARRAY, LITERAL, MISSING, NULL_WORD, NUMBER, OBJECT, TEXT } from './marks.ts';

export interface JsonRules {
  readonly missingAs: 'ERROR' | 'NULL' | 'FIELD_DEFAULT';
  readonly nullAs: 'NULL' | 'FIELD_DEFAULT';
  /** Texts that become NULL in a column that can be NULL. */
  readonly nullIf: readonly Uint8Array[];
  readonly settings: ParseSettings;
  /** Whether the target is one VARIANT column, which a missing key hints at having been meant for whole records. */
  readonly isSingleVariant: boolean;
}

/** Bits of the marks that a type takes. */
const TAKES_TEXT = 1 << TEXT;
const TAKES_NUMBER = 1 << NUMBER;
const TAKES_LITERAL = 1 << LITERAL;
const TAKES_ARRAY = 1 << ARRAY;
const TAKES_OBJECT = 1 << OBJECT;
const TAKES_ALL = TAKES_TEXT | TAKES_NUMBER | TAKES_LITERAL | TAKES_ARRAY | TAKES_OBJECT;

/** One column of a window of NDJSON. */
export class JsonSlice extends ColumnSlice {
  readonly special: number;
  readonly #rules: JsonRules;
  readonly #report: ReportRow;

  constructor(fields: Fields, target: TargetColumn, rules: JsonRules, report: ReportRow) {
    // Lines that are not UTF-8 are no rows.
    super({ ...fields, utf8: true }, target);
    this.#rules = rules;
    this.#report = report;
    this.special = this.#classify();
  }

  parse(row: number): Cell | undefined {
    const at = row * this.stride + this.index;
    const text = this.text(row);
    const cell = this.#cell(text, this.marks[at] ?? 0);
    if (!(cell instanceof ParseFailure)) return cell;
    this.fail(row, cell.message);
    return undefined;
  }

  #cell(text: string, mark: number): Cell | ParseFailure {
    const { type } = this.column;
    const { settings } = this.#rules;
    if (mark === ARRAY || mark === OBJECT) return cellOfJson(text, type, settings);
    if (mark !== NUMBER) return parseCell(text, type, settings);
    if (type.kind === 'Date') return integerOr(text, Number);
    if (type.kind === 'Timestamp') return integerOr(text, (digits) => timestampFromEpoch(BigInt(digits)));
    const cell = parseCell(text, type, settings);
    return cell instanceof ParseFailure && isInteger(type) ? new ParseFailure(`Incorrect json number ${text}`) : cell;
  }

  fail(row: number, cause: string): void {
    const place = { column: this.column, index: this.index };
    this.#report(row, invalidValue(this.#json(row), place, `BadBytes. Code: 1046, Text = ${cause}.`));
  }

  /** The value as JSON has it. */
  #json(row: number): string {
    const at = row * this.stride + this.index;
    const text = this.text(row);
    return this.marks[at] === TEXT && this.column.type.kind !== 'Variant' ? jsonString(text) : text;
  }

  #classify(): number {
    const { states, stride, rows } = this;
    const marks = this.marks;
    const taken = takenMarks(this.column.type);
    const checksTexts = this.column.nullable && this.#rules.nullIf.length > 0;
    let special = 0;
    for (let row = 0, at = this.index; row < rows; row++, at += stride) {
      const mark = marks[at] ?? 0;
      let state = VALUE;
      if (mark === MISSING) state = this.#missing(row);
      else if (mark === NULL_WORD) state = this.#null(row);
      else if (mark === TEXT && checksTexts && this.#isNullText(at)) state = NULL;
      else if ((taken & (1 << mark)) === 0) state = this.#refuse(row);
      if (state === VALUE) continue;
      states[row] = state;
      special++;
    }
    return special;
  }

  #missing(row: number): number {
    const { missingAs, isSingleVariant } = this.#rules;
    if (missingAs === 'FIELD_DEFAULT') return DEFAULT;
    if (missingAs === 'NULL' && this.column.nullable) return NULL;
    const place = columnText({ column: this.column, index: this.index });
    const reason = missingAs === 'NULL' ? '. the column is not nullable' : '';
    const hint = isSingleVariant
      ? '. the target table has a single VARIANT column; consider using `COPY INTO <table> FROM (SELECT $1 FROM @<stage>)` to load raw JSON'
      : '';
    this.#report(
      row,
      `Missing value for column ${place}. current FILE_FORMAT option: MISSING_FIELD_AS=${missingAs}${reason}${hint}`,
    );
    return NULL;
  }

  #null(row: number): number {
    if (this.#rules.nullAs === 'FIELD_DEFAULT') return DEFAULT;
    if (!this.column.nullable) {
      const place = { column: this.column, index: this.index };
      const cause = 'null value is not allowed for non-nullable field, when NULL_FIELDS_AS=NULL';
      this.#report(row, invalidValue('null', place, cause));
    }
    return NULL;
  }

  #refuse(row: number): number {
    this.fail(row, refusal(this.column.type));
    return NULL;
  }

  #isNullText(at: number): boolean {
    const quotes = this.column.type.kind === 'Variant' ? 1 : 0;
    const start = (this.starts[at] ?? 0) + quotes;
    const length = (this.ends[at] ?? 0) - quotes - start;
    return this.#rules.nullIf.some(
      (text) => text.length === length && text.every((byte, i) => this.bytes[start + i] === byte),
    );
  }
}

function integerOr(text: string, read: (digits: string) => Cell): Cell | ParseFailure {
  return /^-?\d{1,18}$/.test(text) ? read(text) : new ParseFailure(`Incorrect json number ${text}`);
}

function takenMarks(type: SqlType): number {
  switch (type.kind) {
    case 'Boolean':
      return TAKES_LITERAL;
    case 'String':
      return TAKES_TEXT | TAKES_LITERAL | TAKES_NUMBER;
    case 'Decimal':
    case 'Date':
    case 'Timestamp':
    case 'Bitmap':
      return TAKES_TEXT | TAKES_NUMBER;
    case 'TimestampTz':
    case 'Interval':
    case 'Geometry':
    case 'Geography':
      return TAKES_TEXT;
    case 'Array':
    case 'Vector':
      return TAKES_ARRAY;
    case 'Map':
      return TAKES_OBJECT;
    case 'Tuple':
      return TAKES_ARRAY | TAKES_OBJECT;
    case 'Variant':
      return TAKES_ALL;
    case 'Null':
    case 'Binary':
      return 0;
    case 'UInt8':
    case 'UInt16':
    case 'UInt32':
    case 'UInt64':
    case 'Int8':
    case 'Int16':
    case 'Int32':
    case 'Int64':
    case 'Float32':
    case 'Float64':
      return TAKES_NUMBER;
    default:
      return unreachable(type);
  }
}

function refusal(type: SqlType): string {
  if (type.kind === 'Binary' || type.kind === 'Null') return `Unsupported json value for type ${type.kind}`;
  const taken = takenMarks(type);
  if (taken & TAKES_NUMBER && !(taken & TAKES_TEXT)) return 'Incorrect json value, must be number';
  if (taken & TAKES_TEXT) return 'Incorrect json value, must be string';
  if (taken & TAKES_LITERAL) return 'Incorrect json value, must be boolean';
  return taken & TAKES_ARRAY && !(taken & TAKES_OBJECT)
    ? 'Incorrect json value, must be array'
    : 'Incorrect json value, must be object';
}
