import { format } from '../../lib/format.ts';
import type { Language } from '../../lib/language.ts';
import type { Messages } from '../../lib/messages/messages.ts';
import type { Difference } from './judge.ts';
import type { Check } from './lesson.ts';

type LearnWords = Messages['learn'];

/** What a check looks at, a line each. */
export function expectations(check: Check, { expects: words }: LearnWords, language: Language): readonly string[] {
  switch (check.kind) {
    case 'Result': {
      const cells = (check.cells ?? []).map(({ row, column, is }) => words.cell(String(row), column, is));
      return [words.rows(format.integer(check.rows)), ...cells];
    }
    case 'State':
      return [words.state(check.what[language], check.is)];
    case 'Failure':
      return [words.failure(String(check.code))];
  }
}

/** What is not as it should be, in a sentence. */
export function differenceWords(difference: Difference, words: LearnWords, language: Language): string {
  const { differs } = words;
  const shown = (value: string | null) => value ?? differs.nothing;
  switch (difference.kind) {
    case 'Failed':
      return differs.failed(difference.message);
    case 'NotFailed':
      return differs.notFailed(String(difference.code));
    case 'NoResult':
      return differs.noResult;
    case 'Rows':
      return differs.rows(format.integer(difference.found), format.integer(difference.expected));
    case 'NoColumn':
      return differs.noColumn(difference.column);
    case 'Cell': {
      const { row, column, is } = difference.cell;
      return differs.cell(String(row), column, shown(difference.found), is);
    }
    case 'State':
      return differs.state(difference.what[language], shown(difference.found), difference.expected);
  }
}
