import type { ResultInfo } from '../../engine/index.ts';
import { nameText } from './catalog.ts';
import { refreshHistory } from './client.ts';
import { engine } from './engine.ts';
import { sessionOf } from './runs.ts';
import { quoted } from './uploads.ts';

/** How a result is looked at: sorted and filtered, all of it by one statement around the one that gave it. */
export interface ResultView {
  readonly sorts: readonly ViewSort[];
  readonly filters: readonly ViewFilter[];
  /** A text that some column of a row holds. */
  readonly find: string;
}

export interface ViewSort {
  readonly column: string;
  readonly isDown: boolean;
  /** They are last unless it says so. */
  readonly isNullsFirst?: boolean;
}

export const COMPARISONS = ['=', '<>', '<', '<=', '>', '>='] as const;

export type Comparison = (typeof COMPARISONS)[number];

export type ViewFilter =
  | {
      readonly kind: 'Compare';
      readonly column: string;
      /** NULL is distinct from every value, where `<>` knows nothing of it. */
      readonly sign: Comparison | 'IS DISTINCT FROM';
      readonly value: ViewValue;
    }
  | { readonly kind: 'Between'; readonly column: string; readonly low: ViewValue; readonly high: ViewValue }
  | { readonly kind: 'OneOf'; readonly column: string; readonly values: readonly ViewValue[] }
  | { readonly kind: 'Contains'; readonly column: string; readonly text: string }
  | { readonly kind: 'Null' | 'NotNull'; readonly column: string };

/** A text as the grid shows it; numbers stand bare in the statement. */
export interface ViewValue {
  readonly text: string;
  readonly isNumber: boolean;
  /** How the text says a value that is neither a number nor a text. */
  readonly form?: ValueForm | undefined;
}

/** `Json` of a VARIANT, `Hex` of bytes, `Text` where the column is compared as the text that it reads as. */
export type ValueForm = 'Json' | 'Hex' | 'Text';

export const WHOLE: ResultView = { sorts: [], filters: [], find: '' };

export function isWhole({ sorts, filters, find }: ResultView): boolean {
  return sorts.length === 0 && filters.length === 0 && find === '';
}

export interface ViewColumns {
  /** All of the result, in its order. */
  readonly all: readonly string[];
  /** In the order they are selected; all as they come if absent. */
  readonly shown?: readonly string[] | undefined;
}

/** The statement that shows a view of a query's rows. */
export function viewSql(query: string, view: ResultView, { all, shown }: ViewColumns): string {
  const conditions = [...view.filters.map(filterText), ...findText(view.find, all)];
  const where = conditions.length === 0 ? '' : `\nWHERE ${conditions.join('\n  AND ')}`;
  const order = view.sorts.map(sortText);
  // A SELECT without columns is none: with all of them hidden, all are in it.
  const names = shown?.map(nameText).join(', ') || '*';
  const by = order.length === 0 ? '' : `\nORDER BY ${order.join(', ')}`;
  return `SELECT ${names} FROM (\n${withoutEnd(query)}\n) AS result${where}${by}`;
}

function sortText({ column, isDown, isNullsFirst }: ViewSort): string {
  return `${nameText(column)} ${isDown ? 'DESC' : 'ASC'} NULLS ${isNullsFirst ? 'FIRST' : 'LAST'}`;
}

const NEAREST = 20;

/** The statement that shows which rows of a query are nearest to a vector, the nearest first. */
export function nearestSql(query: string, column: string, vector: readonly number[]): string {
  const values = vector.map(shortFloat).join(', ');
  const distance = `cosine_distance(${nameText(column)}, [${values}]::VECTOR(${vector.length}))`;
  return `SELECT *, ${distance} AS distance\nFROM (\n${withoutEnd(query)}\n) AS result\nORDER BY distance\nLIMIT ${NEAREST};`;
}

/** The shortest number that is the same 32-bit float; nine digits tell each from every other. */
function shortFloat(value: number): number {
  const short = [6, 7, 8].map((digits) => Number(value.toPrecision(digits)));
  return short.find((one) => Math.fround(one) === Math.fround(value)) ?? Number(value.toPrecision(9));
}

/** Without the semicolon and the comments behind it. */
export function withoutEnd(query: string): string {
  return query.trim().replace(/\s*;\s*$/, '');
}

export function filterText(filter: ViewFilter): string {
  const name = nameText(filter.column);
  const compared = ({ form }: Partial<ViewValue> = {}) => (form === 'Text' ? `${name}::VARCHAR` : name);
  switch (filter.kind) {
    case 'Compare':
      return `${compared(filter.value)} ${filter.sign} ${valueText(filter.value)}`;
    case 'Between':
      return `${compared(filter.low)} BETWEEN ${valueText(filter.low)} AND ${valueText(filter.high)}`;
    case 'OneOf':
      return `${compared(filter.values[0])} IN (${filter.values.map(valueText).join(', ')})`;
    case 'Contains':
      return `${name}::VARCHAR ILIKE ${likeText(filter.text)}`;
    case 'Null':
      return `${name} IS NULL`;
    case 'NotNull':
      return `${name} IS NOT NULL`;
  }
}

function findText(find: string, columns: readonly string[]): readonly string[] {
  if (find === '') return [];
  return [`(${columns.map((name) => `${nameText(name)}::VARCHAR ILIKE ${likeText(find)}`).join(' OR ')})`];
}

function valueText({ text, isNumber, form }: ViewValue): string {
  if (form === 'Json') return `parse_json(${quoted(text)})`;
  if (form === 'Hex') return `from_hex(${quoted(text)})`;
  return isNumber && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? text : quoted(text);
}

/** The signs that LIKE reads are escaped. */
const likeText = (text: string) => quoted(`%${text.replace(/[\\%_]/g, '\\$&')}%`);

/** Whether a query takes what it reads out of a stream, however that is written. */
export function isConsuming(sql: string): boolean {
  const bare = sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ');
  return /\bWITH\s*(\([^()]*)?\bCONSUME\b/i.test(bare);
}

/** Whether the rows of a statement can be asked for again inside another: what a stream gave is gone. */
export function isQuery(sql: string): boolean {
  if (isConsuming(sql)) return false;
  const start = sql.replace(/^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()+/, '');
  return /^(SELECT|WITH|VALUES|FROM)\b/i.test(start);
}

export interface ViewEvents {
  readonly signal: AbortSignal;
  readonly onRows: (result: ResultInfo) => void;
}

/** Runs the statement of a view in the session of its worksheet; rows show as they come. Throws what the statement throws. */
export async function runView(worksheet: string, sql: string, { signal, onRows }: ViewEvents): Promise<void> {
  let failure: unknown;
  await sessionOf(worksheet).run(sql, {
    ...{ signal, continueOnError: false, offset: 0 },
    onEvent: (event) => {
      if ('result' in event && event.result) onRows(event.result);
      if (event.kind === 'failed') failure = event.error;
    },
  });
  refreshHistory();
  if (failure && !signal.aborted) throw failure;
}

export function forgetResult(id: string): void {
  engine().forget(id);
}
