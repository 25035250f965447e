import type { PlainKind } from '../../types/type.ts';
import type { FileFormat, FileSource, PreviewRecord, PreviewRequest, TextPreview } from '../format.ts';
import { numberOption, textOption } from '../option-values.ts';
import { commonWidth } from './common-width.ts';
import { Fields, MISSING, PLAIN } from './fields.ts';
import type { TokenizerOf } from './infer-fields.ts';
import { textOf } from './messages.ts';
import { textChunks } from './text-chunks.ts';
import { kindOfValue } from './value-shapes.ts';
import { readWindows } from './window.ts';

/** A kind is that of a column where so many of its values are; the others are bad. */
const NEARLY_ALL = 0.8;

/** Reads the first records of a file as texts. What cannot be decoded shows as U+FFFD and is bad. */
export async function previewText(
  file: FileSource,
  { format, limits }: PreviewRequest,
  tokenizerOf: TokenizerOf,
  signal: AbortSignal,
): Promise<TextPreview> {
  const lenient = { ...format, options: { ...format.options, ENCODING_ERROR_MODE: 'replace' } };
  const all = await readRecords(file, { format: lenient, most: limits.most }, tokenizerOf, signal);
  const headers = numberOption(format, 'SKIP_HEADER');
  const head = headers > 0 ? all[headers - 1] : undefined;
  const rows = all.slice(headers);
  const { width } = commonWidth(head ? [head, ...rows] : rows);
  const kinds = Array.from({ length: width }, (_, column) => commonKind(rows, column));
  const records = rows.map((cells, row) => recordOf(cells, row, kinds));
  const count = (column: number) => records.filter(({ bad }) => bad.includes(column)).length;
  return {
    columns: kinds.map((kind, column) => ({ name: head?.[column] ?? `$${column + 1}`, kind, bad: count(column) })),
    records: records.filter((record) => record.row < limits.first || record.bad.length > 0 || record.isWrongWidth),
    scanned: rows.length,
  };
}

type Cells = readonly (string | null)[];

function recordOf(cells: Cells, row: number, kinds: readonly PlainKind[]): PreviewRecord {
  const bad = cells.flatMap((cell, column) => (cell !== null && isBad(cell, kinds[column]) ? [column] : []));
  return { row, cells, bad, isWrongWidth: cells.length !== kinds.length };
}

function isBad(cell: string, kind: PlainKind = 'String'): boolean {
  return cell.includes('\ufffd') || !isOfKind(kindOfValue(cell.trim()), kind);
}

function isOfKind(own: PlainKind, kind: PlainKind): boolean {
  if (kind === 'String' || own === kind) return true;
  return (kind === 'Float64' && own === 'Int64') || (kind === 'Timestamp' && own === 'Date');
}

const KINDS: readonly PlainKind[] = ['Boolean', 'Int64', 'Float64', 'Date', 'Timestamp'];

function commonKind(rows: readonly Cells[], column: number): PlainKind {
  const seen = rows.flatMap((cells) => {
    const cell = cells[column];
    return cell ? [kindOfValue(cell.trim())] : [];
  });
  const share = (kind: PlainKind) => seen.filter((own) => isOfKind(own, kind)).length / seen.length;
  const fits = KINDS.map((kind) => ({ kind, share: seen.length === 0 ? 0 : share(kind) }));
  // The narrowest of those that fit equally well.
  const best = fits.reduce((a, b) => (b.share > a.share ? b : a));
  return best.share >= NEARLY_ALL ? best.kind : 'String';
}

/** Beyond it fields are left out. */
const MOST_FIELDS = 500;

interface RecordsRequest {
  readonly format: FileFormat;
  readonly most: number;
}

async function readRecords(
  file: FileSource,
  { format, most }: RecordsRequest,
  tokenizerOf: TokenizerOf,
  signal: AbortSignal,
): Promise<readonly Cells[]> {
  const fields = new Fields(await mostFields(file, { format, most }, tokenizerOf, signal));
  const shape = { strict: false, missingIsEmpty: false, limit: Number.POSITIVE_INFINITY };
  const tokenizer = tokenizerOf(format, shape, { fields, reportWidth: () => {} });
  const nullText = textOption(format, 'NULL_DISPLAY');
  const records: Cells[] = [];
  const read = (window: Parameters<typeof tokenizer.read>[0]) => {
    const consumed = tokenizer.read(window);
    for (let row = 0; row < fields.rows && records.length < most; row++) records.push(cellsOf(fields, row, nullText));
    return { consumed, batch: records.length >= most || undefined };
  };
  for await (const _ of readWindows(textChunks(file, format, signal), read, signal)) break;
  return records;
}

function cellsOf({ bytes, starts, ends, marks, stride }: Fields, row: number, nullText: string): Cells {
  const cells: (string | null)[] = [];
  for (let at = row * stride; at < (row + 1) * stride && marks[at] !== MISSING; at++) {
    const text = textOf(bytes, starts[at] ?? 0, ends[at] ?? 0);
    cells.push(marks[at] === PLAIN && (text === '' || text === nullText) ? null : text);
  }
  return cells;
}

async function mostFields(
  file: FileSource,
  { format, most }: RecordsRequest,
  tokenizerOf: TokenizerOf,
  signal: AbortSignal,
): Promise<number> {
  let [widest, records] = [1, 0];
  const shape = { strict: true, missingIsEmpty: false, limit: Number.POSITIVE_INFINITY };
  const tokenizer = tokenizerOf(format, shape, {
    fields: new Fields(0),
    reportWidth: ({ fieldCount }) => {
      if (records++ < most) widest = Math.max(widest, fieldCount);
    },
  });
  const read = (window: Parameters<typeof tokenizer.read>[0]) => {
    const consumed = tokenizer.read(window);
    return { consumed, batch: records >= most || undefined };
  };
  for await (const _ of readWindows(textChunks(file, format, signal), read, signal)) break;
  return Math.min(widest, MOST_FIELDS);
}
