import { joinBytes } from '../../base/bytes.ts';
import type { ByteRange } from '../store.ts';

/** What `write` was given, as pieces in their order. */
export async function* piecesOf(
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  signal.throwIfAborted();
  if (bytes instanceof Uint8Array) {
    yield bytes;
    return;
  }
  for await (const piece of bytes) {
    signal.throwIfAborted();
    yield piece;
  }
  signal.throwIfAborted();
}

/** What `write` was given as one array that nobody else holds. */
export async function gatherBytes(
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of piecesOf(bytes, signal)) pieces.push(bytes instanceof Uint8Array ? piece : piece.slice());
  return joinBytes(pieces);
}

/** The part of a range that lies within an object of this size; the whole object without a range. */
export function clipRange(range: ByteRange | undefined, size: number): ByteRange {
  if (!range) return { start: 0, end: size };
  const start = Math.min(Math.max(range.start, 0), size);
  return { start, end: Math.min(Math.max(range.end, start), size) };
}

/** A count of bytes for people: `1.5 MB`. */
export function showBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
