import type { Starter } from '../../data/sample.ts';
import type { Messages } from '../../lib/messages/messages.ts';

type Sheets = Messages['home']['starters']['sheets'];

/** The starters under the titles of the language that is shown, where it has them. */
export function inOurWords(starters: readonly Starter[], sheets: Sheets): readonly Starter[] {
  return starters.map((starter) => ({ ...starter, title: sheets[starter.file]?.title ?? starter.title }));
}
