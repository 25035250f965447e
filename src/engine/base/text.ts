import type { Span } from './errors.ts';

/** Optimal-string-alignment distance between two names, compared without case. */
export function editDistance(left: string, right: string): number {
  const a = left.toLowerCase();
  const b = right.toLowerCase();
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitution);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforePrevious[j - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The names that a misspelt one probably meant, nearest first; none when all are far. */
export function didYouMean(name: string, candidates: Iterable<string>): string[] {
  const limit = Math.max(1, Math.floor(name.length / 3));
  const near: { candidate: string; distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    if (Math.abs(candidate.length - name.length) > limit) continue;
    const distance = editDistance(name, candidate);
    if (distance <= limit) near.push({ candidate, distance });
  }
  near.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  return near.slice(0, 3).map(({ candidate }) => candidate);
}

export interface Place {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
}

export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}

/**
 * A span of a script as Databend's clients show it:
 *
 *     --> SQL:2:8
 *      |
 *    2 | SELECT frame_idd FROM t
 *      |        ^^^^^^^^^ column frame_idd doesn't exist
 */
export function caret(text: string, span: Span, message: string): string {
  const { line, column } = placeOf(text, span.start);
  const source = text.split('\n')[line - 1] ?? '';
  const gutter = ' '.repeat(String(line).length);
  const width = Math.max(1, Math.min(span.end - span.start, source.length - column + 1));
  return [
    `${gutter}--> SQL:${line}:${column}`,
    `${gutter} |`,
    `${line} | ${source}`,
    `${gutter} | ${' '.repeat(column - 1)}${'^'.repeat(width)} ${message}`.trimEnd(),
  ].join('\n');
}
