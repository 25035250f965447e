import type { StatementRun } from '../../data/runs.ts';
import { format } from '../../lib/format.ts';
import type { Messages } from '../../lib/messages/messages.ts';
import { finishedWords } from '../../lib/outcome.ts';

/** What became of a statement, in a few words: rows and time, or how it ended. */
export function outcomeWords(statement: StatementRun, { results }: Messages): string {
  const { state, result, duration } = statement;
  const took = duration === undefined ? '' : ` · ${format.duration(duration)}`;
  switch (state) {
    case 'running':
      return result && result.rows > 0 ? results.moreRows(format.integer(result.rows)) : results.running;
    case 'finished':
      return result ? finishedWords(statement.head, result) + took : results.done;
    case 'failed':
      return statement.error?.message.split('\n')[0] ?? results.failed;
    case 'cancelled':
      return results.cancelled + took;
    case 'skipped':
      return results.skipped;
  }
}

export function cancelledWords({ result }: StatementRun, words: Messages['results']): string {
  const rows = result?.rows ?? 0;
  return rows > 0 ? words.cancelledAfter(format.integer(rows), rows === 1) : words.cancelledEarly;
}
