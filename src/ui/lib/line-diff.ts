export interface DiffLine {
  readonly kind: 'Same' | 'Added' | 'Removed';
  readonly text: string;
}

/** Beyond this many pairs of lines the middle is told as all removed, then all added. */
const MOST_PAIRS = 4_000_000;

export function countLines(diff: readonly DiffLine[], kind: DiffLine['kind']): number {
  return diff.filter((line) => line.kind === kind).length;
}

/** What turns one text into another, line by line; the fewest lines added and removed. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const middle = diffMiddle(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return [...lines('Same', a.slice(0, head)), ...middle, ...lines('Same', a.slice(a.length - tail))];
}

function lines(kind: DiffLine['kind'], texts: readonly string[]): DiffLine[] {
  return texts.map((text) => ({ kind, text }));
}

function diffMiddle(a: readonly string[], b: readonly string[]): readonly DiffLine[] {
  if (a.length * b.length > MOST_PAIRS) return [...lines('Removed', a), ...lines('Added', b)];
  const common = commonLengths(a, b);
  const width = b.length + 1;
  const found: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      found.push({ kind: 'Same', text: left });
      i++;
      j++;
    } else if (right === undefined || (left !== undefined && isLonger(common, i * width + j, width))) {
      found.push({ kind: 'Removed', text: left ?? '' });
      i++;
    } else {
      found.push({ kind: 'Added', text: right });
      j++;
    }
  }
  return found;
}

/** Whether more lines stay in common when the line of the first text is left out rather than that of the second. */
function isLonger(common: Uint32Array, at: number, width: number): boolean {
  return (common[at + width] ?? 0) >= (common[at + 1] ?? 0);
}

/** How many lines the rests of both texts share in order, by where the rests begin. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array {
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const at = i * width + j;
      common[at] =
        a[i] === b[j] ? (common[at + width + 1] ?? 0) + 1 : Math.max(common[at + width] ?? 0, common[at + 1] ?? 0);
    }
  return common;
}
