import { useEffect, useState } from 'react';
import type { StatementSpan } from '../../../engine/index.ts';
import { engineState } from '../../data/engine.ts';
import { sessionOf } from '../../data/runs.ts';
import { useStore } from '../../lib/store.ts';

const SPLIT_AFTER = 60;
const NONE: readonly StatementSpan[] = [];

export interface SplitText {
  readonly text: string;
  readonly statements: readonly StatementSpan[];
}

/** The statements of a worksheet, a moment after it changed; with the text that they are of. */
export function useStatements(worksheet: string | undefined, text: string): SplitText {
  const isReady = useStore(engineState).kind === 'Ready';
  const [split, setSplit] = useState<SplitText>({ text: '', statements: NONE });
  useEffect(() => {
    if (worksheet === undefined || !isReady) return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const statements = await splitText(worksheet, text);
      if (isCurrent) setSplit({ text, statements });
    }, SPLIT_AFTER);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [worksheet, text, isReady]);
  return split;
}

/** A text that cannot be cut, such as one with an open string, counts as one statement. */
export async function splitText(worksheet: string, text: string): Promise<readonly StatementSpan[]> {
  try {
    return await sessionOf(worksheet).split(text);
  } catch {
    const start = text.length - text.trimStart().length;
    return text.trim() === '' ? NONE : [{ head: '', span: { start, end: text.trimEnd().length } }];
  }
}
