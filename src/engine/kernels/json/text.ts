import { BACKSLASH, LEFT_BRACE, LEFT_BRACKET, LOWER_E, LOWER_N, LOWER_U, QUOTE, ZERO } from '../../types/json/bytes.ts';
import { showVariant } from '../../types/json/show.ts';
import { unescapeInto } from '../../types/json/unescape.ts';
import { decode } from '../frame.ts';
import type { VectorWriter } from '../kernel.ts';

/** Writes canonical JSON as CAST to STRING gives it: texts without quotes, JSON null as NULL. */
export function writeText(
  out: VectorWriter,
  row: number,
  bytes: Uint8Array,
  [start, end]: readonly [number, number],
): void {
  const first = bytes[start] ?? 0;
  if (first === LOWER_N) out.null(row);
  else if (first === QUOTE) writeUnquoted(out, row, bytes, [start + 1, end - 1]);
  else if (first === LEFT_BRACE || first === LEFT_BRACKET) writeContainer(out, row, bytes, [start, end]);
  else out.bytes(row, bytes, start, (endsInZeroExponent(bytes, end) ? end - 2 : end) - start);
}

/** The scalar at hand has more bytes before its exponent, so looking two back is safe. */
function endsInZeroExponent(bytes: Uint8Array, end: number): boolean {
  return bytes[end - 1] === ZERO && bytes[end - 2] === LOWER_E;
}

function writeUnquoted(
  out: VectorWriter,
  row: number,
  bytes: Uint8Array,
  [start, end]: readonly [number, number],
): void {
  let at = start;
  while (at < end && bytes[at] !== BACKSLASH) at++;
  if (at === end) {
    out.bytes(row, bytes, start, end - start);
    return;
  }
  const from = out.sink.length;
  unescapeInto(bytes, start, end, out.sink);
  out.appended(row, from);
}

function writeContainer(
  out: VectorWriter,
  row: number,
  bytes: Uint8Array,
  [start, end]: readonly [number, number],
): void {
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    const isSpecial = (byte === LOWER_E && bytes[at + 1] === ZERO) || (byte === BACKSLASH && bytes[at + 1] === LOWER_U);
    if (!isSpecial) continue;
    out.text(row, showVariant(decode(bytes, start, end)));
    return;
  }
  out.bytes(row, bytes, start, end - start);
}
