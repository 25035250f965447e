import { Parser } from './parser.ts';
import { ByteSink } from './sink.ts';

/**
 * Appends the canonical form of the JSON in `source` from `start` up to `end`: no blanks, members sorted by the bytes
 * of their keys, numbers as they were spelt but for needless signs and zeros, and only those escapes that JSON needs.
 * Takes all that Databend's PARSE_JSON takes. Throws a JsonSyntaxError and appends nothing if the text is not JSON.
 */
export function canonicalize(source: Uint8Array, start: number, end: number, sink: ByteSink): void {
  append(new Parser(source, start, end, { sink, keepTyped: false }), sink);
}

/** The same for JSON that we put together from canonical parts: typed scalars (see typed.ts) stay typed. */
export function canonicalizeOwn(source: Uint8Array, start: number, end: number, sink: ByteSink): void {
  append(new Parser(source, start, end, { sink, keepTyped: true }), sink);
}

function append(parser: Parser, sink: ByteSink): void {
  const from = sink.length;
  try {
    parser.document();
  } catch (error) {
    sink.length = from;
    throw error;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The canonical form of JSON text; throws a JsonSyntaxError if it is none. */
export function canonicalJson(text: string): string {
  const source = encoder.encode(text);
  const sink = new ByteSink(source.length + 16);
  canonicalize(source, 0, source.length, sink);
  return decoder.decode(sink.bytes.subarray(0, sink.length));
}
