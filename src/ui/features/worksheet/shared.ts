import { mayWrite } from '../../data/may-write.ts';
import { persisted } from '../../lib/persisted.ts';
import { type Store, store } from '../../lib/store.ts';
import { splitText } from './statements.ts';

/** Worksheets that came by a link and have not been trusted to change anything yet. */
const strangers = persisted<readonly string[]>('strangers', [], (kept) =>
  Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : undefined,
);

/** What a worksheet that came by a link is about to change, and who waits for the answer. */
export interface Asked {
  readonly statements: readonly string[];
  readonly answer: (isAllowed: boolean) => void;
}

export const asked: Store<Asked | undefined> = store<Asked | undefined>(undefined);

export function distrust(worksheet: string): void {
  strangers.set([...new Set([...strangers.get(), worksheet])]);
}

/** Asks once before anything that writes is run in a worksheet that came by a link; the text has its parameters filled in. */
export async function mayRun(worksheet: string, text: string): Promise<boolean> {
  if (!strangers.get().includes(worksheet)) return true;
  const statements = await splitText(worksheet, text);
  const writing = statements
    .map(({ head, span }) => ({ head, sql: text.slice(span.start, span.end) }))
    .filter(({ head, sql }) => mayWrite(head, sql))
    .map(({ sql }) => sql);
  if (writing.length === 0) return true;
  const isAllowed = await new Promise<boolean>((answer) => asked.set({ statements: writing, answer }));
  asked.set(undefined);
  if (isAllowed) strangers.set(strangers.get().filter((id) => id !== worksheet));
  return isAllowed;
}
