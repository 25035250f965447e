import { format } from './format.ts';
import { messages } from './messages/messages.ts';

interface Finished {
  readonly columns: readonly unknown[];
  readonly rows: number;
  readonly affected: number;
}

/** A statement with a result set has rows, any other may have changed some. `head` is its first words. */
export function finishedWords(head: string, { columns, rows, affected }: Finished): string {
  const { results } = messages();
  if (affected > 0) return results.affected(format.integer(affected), affected === 1);
  if (columns.length > 0) return results.rows(format.integer(rows), rows === 1);
  // Only staged files can leave a query without a column.
  return head.startsWith('SELECT') ? results.noFiles : results.done;
}
