/** Whether so many letters inserted, left out, replaced or exchanged with their neighbour make one word of the other. */
export function withinDistance(a: string, b: string, most: number): boolean {
  const [left, right] = [Array.from(a), Array.from(b)];
  if (Math.abs(left.length - right.length) > most) return false;
  let before: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [row, char] of left.entries()) {
    const next = [row + 1];
    for (const [column, other] of right.entries()) {
      const isExchanged = char === right[column - 1] && left[row - 1] === other;
      const steps = [at(last, column) + (char === other ? 0 : 1), at(last, column + 1) + 1, at(next, column) + 1];
      next.push(Math.min(...steps, isExchanged ? at(before, column - 1) + 1 : most + 1));
    }
    before = last;
    last = next;
  }
  return at(last, right.length) <= most;
}

const at = (row: readonly number[], column: number) => row[column] ?? 0;
