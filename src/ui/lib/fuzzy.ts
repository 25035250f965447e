/** Where a query was found in a text: half-open ranges to make bold, and how good that is (more is better). */
export interface Match {
  readonly score: number;
  readonly ranges: readonly (readonly [start: number, end: number])[];
}

const NO_QUERY: Match = { score: 0, ranges: [] };
const START_OF_WORD = 8;
const NEXT_TO_LAST = 5;
const WHOLE_START = 6;
const AS_WRITTEN = 20;
const JUMP = -4;
const SKIPPED = -0.1;

/**
 * Finds the words of a query in a text, each as letters in order, the starts of words preferred: `frev` is in
 * `frame_events`. Undefined when a word is not there.
 */
export function fuzzyMatch(query: string, text: string): Match | undefined {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return NO_QUERY;
  const lower = text.toLowerCase();
  let score = lower.includes(query.trim().toLowerCase()) ? AS_WRITTEN : 0;
  const hit = new Set<number>();
  for (const word of words) {
    const found = matchWord(word, lower, text);
    if (!found) return undefined;
    score += found.score;
    for (const at of found.positions) hit.add(at);
  }
  return { score, ranges: rangesOf([...hit].sort((a, b) => a - b)) };
}

interface Found {
  readonly score: number;
  readonly positions: readonly number[];
}

/** A run of letters is better than scattered ones, wherever it stands. */
function matchWord(word: string, lower: string, text: string): Found | undefined {
  let best: Found | undefined;
  for (let from = lower.indexOf(word[0] ?? ''); from >= 0; from = lower.indexOf(word[0] ?? '', from + 1)) {
    const found = matchFrom(word, from, lower, text);
    if (!found) break;
    if (!best || found.score > best.score) best = found;
  }
  return best;
}

function matchFrom(word: string, from: number, lower: string, text: string): Found | undefined {
  const positions = [from];
  let score = scoreAt(from, from - 2, text);
  for (let i = 1; i < word.length; i++) {
    const last = positions[i - 1] ?? from;
    const at = nextLetter(word[i] ?? '', last, lower, text);
    if (at < 0) return undefined;
    score += scoreAt(at, last, text);
    positions.push(at);
  }
  return { score: score + (from === 0 ? WHOLE_START : 0) - lower.length * 0.01, positions };
}

/** The letter next to the last one, else one that starts a word, else the nearest. */
function nextLetter(letter: string, last: number, lower: string, text: string): number {
  if (lower[last + 1] === letter) return last + 1;
  const nearest = lower.indexOf(letter, last + 1);
  for (let at = nearest; at >= 0; at = lower.indexOf(letter, at + 1)) {
    if (startsWord(at, text)) return at;
  }
  return nearest;
}

function scoreAt(at: number, last: number, text: string): number {
  if (at === last + 1) return NEXT_TO_LAST;
  return (startsWord(at, text) ? START_OF_WORD : JUMP) + Math.max(-3, (at - last - 1) * SKIPPED);
}

function startsWord(at: number, text: string): boolean {
  if (at === 0) return true;
  const before = text[at - 1] ?? '';
  const letter = text[at] ?? '';
  // Nearly all names are ASCII, for which a comparison is a tenth of the work of a Unicode class.
  if (before < '\u0080' && letter < '\u0080') return !isPlain(before) || (isUpper(letter) && isLower(before));
  return !/[\p{L}\p{N}]/u.test(before) || (/\p{Lu}/u.test(letter) && /\p{Ll}/u.test(before));
}

const isLower = (sign: string) => sign >= 'a' && sign <= 'z';
const isUpper = (sign: string) => sign >= 'A' && sign <= 'Z';
const isPlain = (sign: string) => isLower(sign) || isUpper(sign) || (sign >= '0' && sign <= '9');

function rangesOf(positions: readonly number[]): (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const at of positions) {
    const last = ranges.at(-1);
    if (last && last[1] === at) last[1] = at + 1;
    else ranges.push([at, at + 1]);
  }
  return ranges;
}

/** A text cut where a match begins and ends, for showing it in bold. */
export function cutAt(text: string, ranges: Match['ranges']): { readonly text: string; readonly isMatch: boolean }[] {
  const pieces: { text: string; isMatch: boolean }[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    if (start > at) pieces.push({ text: text.slice(at, start), isMatch: false });
    pieces.push({ text: text.slice(start, end), isMatch: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), isMatch: false });
  return pieces;
}
