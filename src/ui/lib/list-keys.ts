/** Where a key moves to in a list of rows with one tab stop; undefined for keys that do not move. */
export function listMove(key: string, at: number, count: number, page = 10): number | undefined {
  const last = count - 1;
  const within = (next: number) => Math.min(last, Math.max(0, next));
  switch (key) {
    case 'ArrowDown':
      return within(at + 1);
    case 'ArrowUp':
      return within(at - 1);
    case 'PageDown':
      return within(at + page);
    case 'PageUp':
      return within(at - page);
    case 'Home':
      return within(0);
    case 'End':
      return last < 0 ? undefined : last;
    default:
      return undefined;
  }
}

/** The next row, around the end, whose label starts with a letter that was typed. */
export function typeAhead(letter: string, at: number, labels: readonly string[]): number | undefined {
  const wanted = letter.toLowerCase();
  for (let step = 1; step <= labels.length; step++) {
    const next = (at + step) % labels.length;
    if (labels[next]?.toLowerCase().startsWith(wanted)) return next;
  }
  return undefined;
}
