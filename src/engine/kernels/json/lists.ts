import {
  BACKSLASH,
  COMMA,
  LEFT_BRACE,
  LEFT_BRACKET,
  LOWER_N,
  QUOTE,
  RIGHT_BRACE,
  RIGHT_BRACKET,
} from '../../types/json/bytes.ts';
import { countElements, skipText, skipValue } from '../../types/json/scan.ts';
import type { ByteSink } from '../../types/json/sink.ts';
import { bytesOf, decode, failOrNull, numbersOf, scratch, vectorKernel } from '../frame.ts';
import type { Kernel, VectorKernel } from '../kernel.ts';

/**
 * Lists travel as one text. Each item comes behind a record separator, so that none and one empty item differ; fields
 * stand between unit separators. Canonical JSON holds neither. The macros json_list and json_entries split them.
 */
export const ITEM = 0x1e;
export const FIELD = 0x1f;
/** A field that is NULL. */
export const NULL = 0x1d;

const encoder = new TextEncoder();

/** A key as it reads, given its quotes' positions; the separators, should they be in it, become their printable pictures. */
export function appendKey(sink: ByteSink, bytes: Uint8Array, start: number, end: number): void {
  const isPlain = !hasEscape(bytes, start, end);
  if (isPlain) {
    sink.append(bytes, start + 1, end - 1);
    return;
  }
  const key = String(JSON.parse(decode(bytes, start, end)));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the separators.
  const text = key.replace(/[\x1d-\x1f]/g, (control) => String.fromCharCode(control.charCodeAt(0) + 0x2400));
  const encoded = encoder.encode(text);
  sink.append(encoded, 0, encoded.length);
}

function hasEscape(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === BACKSLASH) return true;
  return false;
}

/** Appends the item of one child and gives the position after it. */
type AppendChild = (sink: ByteSink, bytes: Uint8Array, at: number, end: number) => number;

const appendElement: AppendChild = (sink, bytes, at, end) => {
  const next = skipValue(bytes, at, end);
  sink.push(ITEM);
  sink.append(bytes, at, next);
  return next;
};

const appendPair: AppendChild = (sink, bytes, at, end) => {
  const keyEnd = skipText(bytes, at);
  const next = skipValue(bytes, keyEnd + 1, end);
  sink.push(ITEM);
  appendKey(sink, bytes, at, keyEnd);
  sink.push(FIELD);
  sink.append(bytes, keyEnd + 1, next);
  return next;
};

function listKernel(name: string, open: number, append: AppendChild): VectorKernel {
  return vectorKernel({ name, args: ['text', 'int'], returns: 'text' }, ([documents, modes]) => {
    const { bytes, starts, lengths } = bytesOf(documents);
    const mode = numbersOf(modes);
    return (row, out) => {
      const start = starts[row] ?? 0;
      const end = start + (lengths[row] ?? 0);
      if (bytes[start] !== open) {
        if (bytes[start] !== LOWER_N) failOrNull(mode[row] ?? 0, 'InvalidCast');
        out.null(row);
        return;
      }
      scratch.length = 0;
      appendChildren(append, bytes, start, end);
      out.bytes(row, scratch.bytes, 0, scratch.length);
    };
  });
}

function appendChildren(append: AppendChild, bytes: Uint8Array, start: number, end: number): void {
  const first = bytes[start + 1];
  if (first === RIGHT_BRACE || first === RIGHT_BRACKET) return;
  let at = append(scratch, bytes, start + 1, end);
  while (bytes[at] === COMMA) at = append(scratch, bytes, at + 1, end);
}

/** The keys of an object as a JSON array; NULL for any other value. */
const keys = vectorKernel({ name: 'json_keys', args: ['text'], returns: 'text' }, ([documents]) => {
  const { bytes, starts, lengths } = bytesOf(documents);
  return (row, out) => {
    const start = starts[row] ?? 0;
    const end = start + (lengths[row] ?? 0);
    if (bytes[start] !== LEFT_BRACE) {
      out.null(row);
      return;
    }
    scratch.length = 0;
    scratch.push(LEFT_BRACKET);
    for (let at = start + 1; bytes[at] === QUOTE; ) {
      const keyEnd = skipText(bytes, at);
      if (at > start + 1) scratch.push(COMMA);
      scratch.append(bytes, at, keyEnd);
      at = skipValue(bytes, keyEnd + 1, end) + 1;
    }
    scratch.push(RIGHT_BRACKET);
    out.bytes(row, scratch.bytes, 0, scratch.length);
  };
});

/** How many elements an array has; NULL for any other value. */
const length = vectorKernel({ name: 'json_length', args: ['text'], returns: 'int' }, ([documents]) => {
  const { bytes, starts, lengths } = bytesOf(documents);
  return (row, out) => {
    const start = starts[row] ?? 0;
    if (bytes[start] === LEFT_BRACKET) out.number(row, countElements(bytes, start, start + (lengths[row] ?? 0)));
    else out.null(row);
  };
});

export const listKernels: readonly Kernel[] = [
  listKernel('json_items', LEFT_BRACKET, appendElement),
  listKernel('json_pairs', LEFT_BRACE, appendPair),
  keys,
  length,
];
