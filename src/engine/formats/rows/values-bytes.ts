import type { Cell } from '../../types/cell.ts';
import { hexValue } from '../../types/json/bytes.ts';
import { canonicalize } from '../../types/json/canonical.ts';
import { ByteSink } from '../../types/json/sink.ts';
import { JsonSyntaxError } from '../../types/json/syntax-error.ts';
import { isUtf8 } from '../../types/parse/utf8.ts';
import { type Ranges, VALUE } from './ranges.ts';

/** Values of any length: `bytes` from `offsets[row]` up to `offsets[row + 1]`. */
export interface Spans {
  readonly offsets: Int32Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Texts as they stand; those that are not UTF-8 are bad rows. */
export function textSpans(ranges: Ranges): Spans {
  if (!ranges.utf8) refuseBadUtf8(ranges);
  const { starts, ends, stride, states, rows } = ranges;
  const offsets = new Int32Array(rows + 1);
  let total = 0;
  for (let row = 0, at = ranges.index; row < rows; row++, at += stride) {
    if (states[row] === VALUE) total += (ends[at] ?? 0) - (starts[at] ?? 0);
    offsets[row + 1] = total;
  }
  const bytes = new Uint8Array(total + STEP);
  copyTexts(ranges, bytes);
  return { offsets, bytes: bytes.subarray(0, total) };
}

/**
 * Texts go by so many bytes, without a look at where they end: the last step runs on into what the next text covers, or
 * into room that is left for it.
 */
const STEP = 16;
/** Beyond this many bytes, making a view is quicker. */
const SHORT = 4 * STEP;

function copyTexts({ bytes: source, starts, ends, stride, index, states, rows }: Ranges, bytes: Uint8Array): void {
  const views = { source: viewOf(source), target: viewOf(bytes) };
  let to = 0;
  for (let row = 0, at = index; row < rows; row++, at += stride) {
    if (states[row] !== VALUE) continue;
    const end = ends[at] ?? 0;
    const from = starts[at] ?? 0;
    if (end - from > SHORT || from + SHORT > source.length) bytes.set(source.subarray(from, end), to);
    else copyShort(views, from, end, to);
    to += end - from;
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

interface Views {
  readonly source: DataView;
  readonly target: DataView;
}

function copyShort({ source, target }: Views, start: number, end: number, place: number): void {
  for (let from = start, to = place; from < end; from += STEP, to += STEP) {
    target.setInt32(to, source.getInt32(from));
    target.setInt32(to + 4, source.getInt32(from + 4));
    target.setInt32(to + 8, source.getInt32(from + 8));
    target.setInt32(to + 12, source.getInt32(from + 12));
  }
}

function refuseBadUtf8(ranges: Ranges): void {
  const { bytes, starts, ends, stride, states, rows } = ranges;
  for (let row = 0, at = ranges.index; row < rows; row++, at += stride) {
    if (states[row] !== VALUE || isUtf8(bytes, starts[at] ?? 0, ends[at] ?? 0)) continue;
    ranges.fail(row, 'invalid utf-8 sequence');
  }
}

/** Appends one value; nothing if the row is bad. */
type AppendValue = (ranges: Ranges, row: number, sink: ByteSink) => void;

/** Values that are written one after the other; `missing` stands where there is none. */
function spansOf(ranges: Ranges, append: AppendValue, missing: string): Spans {
  const { states, rows } = ranges;
  const offsets = new Int32Array(rows + 1);
  const sink = new ByteSink(rows * 16 + 64);
  for (let row = 0; row < rows; row++) {
    if (states[row] === VALUE) append(ranges, row, sink);
    else sink.ascii(missing);
    offsets[row + 1] = sink.length;
  }
  return { offsets, bytes: sink.bytes.slice(0, sink.length) };
}

export interface VariantRules {
  readonly nullable: boolean;
  /** Whether text that is no JSON becomes JSON null. */
  readonly disableCheck: boolean;
}

/** JSON texts in their canonical form. */
export function variantSpans(ranges: Ranges, { nullable, disableCheck }: VariantRules): Spans {
  const append: AppendValue = (source, row, sink) => {
    const { bytes, starts, ends, stride, index } = source;
    const at = row * stride + index;
    try {
      canonicalize(bytes, starts[at] ?? 0, ends[at] ?? 0, sink);
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error;
      if (disableCheck) sink.ascii('null');
      else appendText(source.parse(row), sink);
    }
  };
  return spansOf(ranges, append, nullable ? '' : 'null');
}

const encoder = new TextEncoder();

function appendText(cell: Cell | undefined, sink: ByteSink): void {
  if (typeof cell !== 'string') return;
  const bytes = encoder.encode(cell);
  sink.append(bytes, 0, bytes.length);
}

export function hexSpans(ranges: Ranges): Spans {
  return spansOf(ranges, appendHex, '');
}

const appendHex: AppendValue = (ranges, row, sink) => {
  const { bytes, starts, ends, stride, index } = ranges;
  const at = row * stride + index;
  const end = ends[at] ?? 0;
  const from = sink.length;
  sink.reserve((end - (starts[at] ?? 0)) >> 1);
  for (let digit = starts[at] ?? 0; digit < end; digit += 2) {
    const high = hexValue(bytes[digit] ?? 0);
    const low = digit + 1 < end ? hexValue(bytes[digit + 1] ?? 0) : -1;
    if (high < 0 || low < 0) {
      sink.length = from;
      ranges.parse(row);
      return;
    }
    sink.bytes[sink.length++] = high * 16 + low;
  }
};

/** Values that are read as cells: bytes in another spelling. */
export function cellSpans(ranges: Ranges): Spans {
  const append: AppendValue = (_, row, sink) => {
    const cell = ranges.parse(row);
    if (cell instanceof Uint8Array) sink.append(cell, 0, cell.length);
  };
  return spansOf(ranges, append, '');
}
