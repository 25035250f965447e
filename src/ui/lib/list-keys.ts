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

/** The next row, around the end, whose label starts with what was typed; one letter again and again walks on. */
export function typeAhead(typed: string, at: number, labels: readonly string[]): number | undefined {
  const letters = typed.toLowerCase();
  const isOne = [...letters].every((letter) => letter === letters[0]);
  const wanted = isOne ? letters.slice(0, 1) : letters;
  // A word that grows may still fit the row it has led to.
  for (let step = isOne ? 1 : 0; step <= labels.length; step++) {
    const next = (at + step) % labels.length;
    if (labels[next]?.toLowerCase().startsWith(wanted)) return next;
  }
  return undefined;
}
