/** Decoded together: most texts are short, and a call of the platform's decoder costs more than one of them. */
const MOST_BYTES = 4096;
const MOST_TEXTS = 1024;
const LEAST_TEXTS = 8;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export interface TextColumn {
  readonly bytes: Uint8Array;
  /** Where each text begins, and the last one ends. */
  readonly offsets: ArrayLike<number | bigint>;
  readonly length: number;
}

/** Reads texts by their row, those that are asked for one after another many at a time; `one` decodes the others. */
export function textBlocks(column: TextColumn, one: (row: number) => string): (row: number) => string {
  let block: Block | undefined;
  let next = 0;
  let refused = 0;
  return (row) => {
    const found = block && textIn(block, row);
    const isNext = row === next;
    next = row + 1;
    if (found !== undefined) return found;
    if (!isNext || row < refused) return one(row);
    const end = blockEnd(column, row);
    block = end - row < LEAST_TEXTS ? undefined : decodedBlock(column, row, end);
    if (!block) refused = end;
    return (block && textIn(block, row)) ?? one(row);
  };
}

interface Block {
  readonly text: string;
  /** The row of its first text. */
  readonly start: number;
  /** Where in the text that of each row begins, and the last one ends. */
  readonly bounds: readonly number[];
}

function textIn({ text, start, bounds }: Block, row: number): string | undefined {
  const [from, to] = [bounds[row - start], bounds[row - start + 1]];
  return from === undefined || to === undefined ? undefined : text.slice(from, to);
}

function blockEnd({ offsets, length }: TextColumn, start: number): number {
  const mostBytes = Number(offsets[start]) + MOST_BYTES;
  const mostRows = Math.min(length, start + MOST_TEXTS);
  let end = start;
  while (end < mostRows && Number(offsets[end + 1]) <= mostBytes) end++;
  return end;
}

/** Undefined where a text is no UTF-8 by itself, or the decoder would leave out a byte order mark. */
function decodedBlock({ bytes, offsets }: TextColumn, start: number, end: number): Block | undefined {
  const first = Number(offsets[start]);
  const bounds = [0];
  let at = first;
  let units = 0;
  for (let row = start; row < end; row++) {
    const stop = Number(offsets[row + 1]);
    if (at < stop && unitsOf(bytes[at] ?? 0) === 0) return undefined;
    for (; at < stop; at++) units += unitsOf(bytes[at] ?? 0);
    bounds.push(units);
  }
  const text = decoded(bytes.subarray(first, at));
  return text?.length === units && !text.includes('\ufeff') ? { text, start, bounds } : undefined;
}

/** The UTF-16 units of the character that a byte begins; none where it goes on with one. */
function unitsOf(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xc0) return 0;
  return byte < 0xf0 ? 1 : 2;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    // Not UTF-8: the texts are decoded one by one, with marks in the place of what is wrong.
    return undefined;
  }
}
