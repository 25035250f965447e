import type { Span, StatementSpan } from '../../../engine/index.ts';

/**
 * The statement that Run means: the one the caret is in or right behind, else the next one below it, else the last.
 */
export function statementAt(text: string, statements: readonly StatementSpan[], caret: number): number | undefined {
  if (statements.length === 0) return undefined;
  const before = statements.findLastIndex(({ span }) => span.start <= caret);
  const found = statements[before];
  if (!found) return 0;
  const isBelow = caret > found.span.end && text.slice(found.span.end, caret).includes('\n');
  return isBelow && before + 1 < statements.length ? before + 1 : before;
}

/** A selection widened to the statements that it touches; undefined when it touches none. */
export function wholeStatements(statements: readonly StatementSpan[], selection: Span): Span | undefined {
  const touched = statements.filter(({ span }) => span.start < selection.end && span.end > selection.start);
  const [first, last] = [touched[0], touched.at(-1)];
  return first && last ? { start: first.span.start, end: last.span.end } : undefined;
}
