import { stemmed } from './stem.ts';

/** How an inverted index makes tokens of a text. */
export interface Analyzer {
  readonly tokenizer: 'english' | 'chinese';
  readonly filters: readonly TokenFilter[];
}

export const TOKEN_FILTERS = ['english_stop', 'english_stemmer', 'chinese_stop'] as const;
export type TokenFilter = (typeof TOKEN_FILTERS)[number];

export const DEFAULT_ANALYZER: Analyzer = { tokenizer: 'english', filters: [] };

/** Tokens keep the places that they have before filters, so that a phrase with a dropped word still says how far apart. */
export interface Token {
  readonly text: string;
  readonly position: number;
}

const STOP_WORDS = new Set(
  'a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with'.split(
    ' ',
  ),
);
const WORD = /[\p{Alphabetic}\p{N}]+/gu;
const NO_WORD = /^[^\p{Alphabetic}\p{N}]+$/u;

export function tokensOf(text: string, { tokenizer, filters }: Analyzer): readonly Token[] {
  const words = tokenizer === 'chinese' ? segments(text) : (text.match(WORD) ?? []);
  const tokens: Token[] = [];
  for (const [position, word] of words.entries()) {
    const lower = word.toLowerCase();
    if (filters.includes('chinese_stop') && NO_WORD.test(lower)) continue;
    if (filters.includes('english_stop') && STOP_WORDS.has(lower)) continue;
    tokens.push({ text: filters.includes('english_stemmer') ? stemmed(lower) : lower, position });
  }
  return tokens;
}

let segmenter: Intl.Segmenter | undefined;

/** Words by the platform's dictionary; blanks and punctuation are tokens too, as with jieba. */
function segments(text: string): readonly string[] {
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
