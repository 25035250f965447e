import { BACKSLASH, hexValue, LOWER_U } from './bytes.ts';
import { ESCAPED } from './escapes.ts';
import type { ByteSink } from './sink.ts';

/** Appends what a canonical text reads, given the bytes between its quotes. */
export function unescapeInto(bytes: Uint8Array, start: number, end: number, sink: ByteSink): void {
  let from = start;
  let at = start;
  while (at < end) {
    if (bytes[at] !== BACKSLASH) {
      at++;
      continue;
    }
    sink.append(bytes, from, at);
    const letter = bytes[at + 1] ?? 0;
    if (letter === LOWER_U) sink.push(hexValue(bytes[at + 4] ?? 0) * 16 + hexValue(bytes[at + 5] ?? 0));
    else sink.push(ESCAPED[letter] ?? 0);
    at += letter === LOWER_U ? 6 : 2;
    from = at;
  }
  sink.append(bytes, from, end);
}
