import { queryOptions } from '@tanstack/react-query';
import { engine } from '../../data/engine.ts';
import { askRecords, textRecords } from '../../data/rows.ts';
import type { Run } from '../../data/runs.ts';
import { type Answer, type Difference, judge, ROWS_LOOKED_AT } from './judge.ts';
import { type CoursePlace, markDone } from './progress.ts';

type EndedRun = Pick<Run, 'id' | 'statements'>;

/** What a run that has ended lacks to be right; one that lacks nothing is kept as done. */
export function verdict({ key, step }: CoursePlace, run: EndedRun) {
  return queryOptions({
    queryKey: ['verdict', key, run.id],
    queryFn: async ({ signal }): Promise<readonly Difference[]> => {
      const lacking = await judge(step.checks, await answerOf(run, signal), (sql) => askRecords(sql, signal));
      if (lacking.length === 0) markDone(key);
      return lacking;
    },
  });
}

async function answerOf({ statements }: EndedRun, signal: AbortSignal): Promise<Answer> {
  const error = statements.find((statement) => statement.error)?.error;
  const last = statements.findLast(({ state, result }) => state === 'finished' && (result?.columns.length ?? 0) > 0);
  if (!last?.result) return { error, result: undefined };
  const { id, columns, rows } = last.result;
  const batches = rows === 0 ? [] : [await engine().rows(id, 0, Math.min(rows, ROWS_LOOKED_AT), signal)];
  const names = columns.map(({ name }) => name.toLowerCase());
  return { error, result: { columns: names, rows, first: textRecords({ columns, batches }) } };
}
