import { expect, test } from 'vitest';
import type { Results } from '../session/results.ts';
import { runEvents } from './run-events.ts';

const RESULTS: Pick<Results, 'forget'> = { forget: async () => {} };
const statement = (head: string) => ({ head, span: { start: 0, end: head.length } });

test('a query that is about to read more than the limit ends before it reads, anything else goes on', () => {
  const events = runEvents(
    RESULTS as Results,
    () => 'id',
    () => {},
    10 * 2 ** 20,
  );
  events.started(0, statement('SELECT'));
  const progress = events.progress(0);
  progress.expect({ files: 1, bytes: 6 * 2 ** 20 });
  expect(() => progress.expect({ files: 1, bytes: 5 * 2 ** 20 })).toThrow(
    expect.objectContaining({
      kind: 'AbortedQuery',
      message: 'Aborted query, because it would read 11.0 MiB of files, more than 10.0 MiB',
    }),
  );
  events.started(1, statement('COPY INTO'));
  events.progress(1).expect({ bytes: 2 ** 40 });
});

test('without a limit nothing is too much', () => {
  const events = runEvents(
    RESULTS as Results,
    () => 'id',
    () => {},
  );
  events.started(0, statement('WITH'));
  events.progress(0).expect({ bytes: 2 ** 50 });
});
