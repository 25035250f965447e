import { commonWidth } from '../rows/common-width.ts';
import { kindOfValue } from '../rows/value-shapes.ts';

/** How a text of fields seems to be written; in the words of the CSV options. */
export interface DetectedDialect {
  readonly fieldDelimiter: string;
  readonly quote: string;
  readonly recordDelimiter: '\n' | '\r';
  /** Records before the first one of values: titles, and the names of the columns. */
  readonly skipHeader: number;
}

const DELIMITERS = [',', ';', '\t', '|', '\u0001', '^', '~', ':', ' '] as const;
const QUOTES = ['"', "'", '`'] as const;
const MOST_RECORDS = 200;

/** Every delimiter with every quote is tried on the first records: the one whose records are most alike wins. */
export function detectDialect(text: string): DetectedDialect {
  const recordDelimiter = !text.includes('\n') && text.includes('\r') ? '\r' : '\n';
  let best = { score: -1, fieldDelimiter: ',', quote: '"', records: [] as readonly (readonly string[])[] };
  for (const quote of QUOTES) {
    for (const fieldDelimiter of DELIMITERS) {
      const records = cutRecords(text, { fieldDelimiter, quote, recordDelimiter });
      const score = scoreOf(records, fieldDelimiter);
      if (score > best.score) best = { score, fieldDelimiter, quote, records };
    }
  }
  const { fieldDelimiter, quote, records } = best;
  return { fieldDelimiter, quote, recordDelimiter, skipHeader: headerRecords(records) };
}

type Cutting = Pick<DetectedDialect, 'fieldDelimiter' | 'quote' | 'recordDelimiter'>;

/** The first records; the last one is left out where the text may end within it. */
function cutRecords(text: string, cutting: Cutting): readonly (readonly string[])[] {
  const records: string[][] = [];
  let fields: string[] = [];
  let at = 0;
  while (at < text.length && records.length < MOST_RECORDS) {
    const { end, isClosed } = fieldEnd(text, at, cutting);
    const isCut = !isClosed || (end === text.length && records.length > 1 && text.length >= SAMPLE);
    if (isCut) return records;
    fields.push(text.slice(at, end).replace(/\r$/, ''));
    at = end + 1;
    if (text[end] === cutting.fieldDelimiter) continue;
    if (fields.length > 1 || fields[0]?.trim() !== '') records.push(fields);
    fields = [];
  }
  return records;
}

/** Where a field ends; a quote opens one, and opens it again where it was doubled. */
function fieldEnd(text: string, start: number, { fieldDelimiter, quote, recordDelimiter }: Cutting) {
  let isQuoted = false;
  for (let at = start; at < text.length; at++) {
    const sign = text[at];
    if (sign === quote) isQuoted = !isQuoted && (at === start || text[at - 1] === quote);
    else if (!isQuoted && (sign === fieldDelimiter || sign === recordDelimiter)) return { end: at, isClosed: true };
  }
  return { end: text.length, isClosed: !isQuoted };
}

/** A text of so many characters was probably cut. */
const SAMPLE = 32_768;

/** Records of one width, of more than one field, whose values look like values. */
function scoreOf(records: readonly (readonly string[])[], delimiter: string): number {
  const { width, share } = commonWidth(records);
  if (width < 2) return records.length > 0 ? 0 : -1;
  const rarity = delimiter === ':' || delimiter === ' ' ? 0.5 : 1;
  return share * share * (1 - 1 / (width + 1)) * cleanShare(records) * rarity;
}

/** Fields that stand in quotes as a whole, or hold no quote, and no delimiter that another dialect would cut at. */
function cleanShare(records: readonly (readonly string[])[]): number {
  let [all, clean] = [0, 0];
  for (const field of records.flat()) {
    all++;
    const [first = ''] = field;
    const isWhole = QUOTES.some((quote) => first === quote && field.length > 1 && field.endsWith(quote));
    if (isWhole) clean += 1;
    else if (!/["`]|^'|'$/.test(field)) clean += isUncut(field) ? 0.7 : 0.98;
  }
  return all === 0 ? 0 : clean / all;
}

const isUncut = (field: string) => [';', '\t', '|', '\u0001'].some((sign) => field.includes(sign));

/** Titles stand before the first record of the common width; that is one of names if it is unlike those below it. */
function headerRecords(records: readonly (readonly string[])[]): number {
  const { width } = commonWidth(records);
  const first = records.findIndex(({ length }) => length === width);
  const [head, ...rows] = records.slice(Math.max(0, first)).filter(({ length }) => length === width);
  return head &&
    isHeader(
      head.map(bare),
      rows.map((row) => row.map(bare)),
    )
    ? first + 1
    : Math.max(0, first);
}

function bare(field: string): string {
  const text = field.trim().replace(/^\ufeff/, '');
  const [quote = ''] = text;
  return QUOTES.some((one) => one === quote) && text.endsWith(quote) ? text.slice(1, -1) : text;
}

/** Names are texts, and no two are alike. Below some of them stand values of another kind, or none that is a name, too. */
function isHeader(head: readonly string[], rows: readonly (readonly string[])[]): boolean {
  const isNames =
    head.every((name) => name !== '' && kindOfValue(name) === 'String') && new Set(head).size === head.length;
  if (!isNames || rows.length === 0) return isNames && rows.length === 0 && head.length > 1;
  const isTyped = head.some((_, column) => {
    const values = rows.map((row) => row[column] ?? '').filter((value) => value !== '');
    const typed = values.filter((value) => kindOfValue(value) !== 'String');
    return values.length > 0 && typed.length > values.length / 2;
  });
  if (isTyped) return true;
  const again = head.some((name, column) => rows.some((row) => row[column] === name));
  return !again && head.every((name) => /^[\p{L}_][\p{L}\p{N}_ .()/-]{0,40}$/u.test(name));
}
