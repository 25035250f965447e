/**
 * LIKE: `%` is any text, `_` any character, and a backslash takes the one behind it as it is. What stands between two
 * `%` is looked for from the left and never again, so that no pattern takes long.
 */
export function likeMatcher(pattern: string, ignoreCase = false): (text: string) => boolean {
  const flags = ignoreCase ? 'giu' : 'gu';
  const [first = '', ...others] = partsOf(pattern);
  const last = others.pop();
  const sources = last === undefined ? [`^${first}$`] : [`^${first}`, ...others, `${last}$`];
  const pieces = sources.map((source) => new RegExp(source, flags));
  return (text) => pieces.reduce((at, piece) => (at < 0 ? at : finds(piece, text, at)), 0) >= 0;
}

/** Where the piece ends that is found first from a place on; -1 where there is none. */
function finds(piece: RegExp, text: string, from: number): number {
  piece.lastIndex = from;
  return piece.test(text) ? piece.lastIndex : -1;
}

/** What stands before, between and behind the `%`, each as a regular expression of one length. */
function partsOf(pattern: string): string[] {
  const parts = [''];
  for (const [char, escaped] of pattern.matchAll(/\\([\s\S])|[\s\S]/gu)) {
    if (char === '%') parts.push('');
    else parts.push(`${parts.pop()}${char === '_' ? '[\\s\\S]' : literal(escaped ?? char)}`);
  }
  return parts;
}

const literal = (char: string) => char.replace(/[.*+?^${}()|[\]\\/]/u, '\\$&');
