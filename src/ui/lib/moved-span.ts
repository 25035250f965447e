import { type DiffLine, lineDiff } from './line-diff.ts';
import type { Stretch } from './parameters.ts';

/** Where a stretch of a text stands after the text was changed; undefined where its lines were. */
export function movedSpan(before: string, after: string, span: Stretch): Stretch | undefined {
  if (before === after) return span;
  const head = sameHead(before, after);
  if (span.end <= head) return span;
  const shift = after.length - before.length;
  if (span.start >= before.length - sameTail(before, after, head)) return shifted(span, shift);
  return movedLines(before, after, span);
}

const shifted = ({ start, end }: Stretch, by: number): Stretch => ({ start: start + by, end: end + by });

function sameHead(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}

function sameTail(a: string, b: string, head: number): number {
  const most = Math.min(a.length, b.length) - head;
  let length = 0;
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length++;
  return length;
}

/** With changes before and behind: all lines of the span must still be there. */
function movedLines(before: string, after: string, span: Stretch): Stretch | undefined {
  let [old, now] = [0, 0];
  let by: number | undefined;
  for (const { kind, text } of sameDiff(before, after)) {
    const length = text.length + 1;
    const isTouched = kind !== 'Added' && span.start < old + length && span.end > old;
    if (isTouched && kind === 'Removed') return undefined;
    if (isTouched && by !== undefined && by !== now - old) return undefined;
    if (isTouched) by = now - old;
    if (kind !== 'Added') old += length;
    if (kind !== 'Removed') now += length;
  }
  return by === undefined ? undefined : shifted(span, by);
}

interface KnownDiff {
  readonly before: string;
  readonly after: string;
  readonly lines: readonly DiffLine[];
}

let known: KnownDiff | undefined;

/** All spans of a text are asked for one after another. */
function sameDiff(before: string, after: string): readonly DiffLine[] {
  if (known?.before !== before || known.after !== after) known = { before, after, lines: lineDiff(before, after) };
  return known.lines;
}
