import { expect, test, vi } from 'vitest';
import type { Results } from '../session/results.ts';
import { runEvents } from './run-events.ts';
import type { WireEvent } from './wire.ts';

const RESULTS: Pick<Results, 'forget'> = { forget: async () => {} };
const statement = (head: string) => ({ head, span: { start: 0, end: head.length } });

test('what is about to read more of tables than the limit ends before it reads, a load goes on', () => {
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
  events.started(1, statement('UPDATE'));
  expect(() => events.progress(1).expect({ files: 2, bytes: 12 * 2 ** 20 })).toThrow(/would read 12\.0 MiB/);
  events.started(2, statement('COPY INTO'));
  events.progress(2).expect({ bytes: 2 ** 40 });
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

test('each file of a COPY is told once, those of a moment together, and none after its statement has ended', () => {
  vi.useFakeTimers();
  const told: WireEvent[] = [];
  const events = runEvents(
    RESULTS as Results,
    () => 'id',
    (event) => told.push(event),
  );
  const outcome = (file: string) => ({ file, rows: 1, errors: 0, firstError: undefined, firstLine: undefined });
  events.started(1, statement('COPY INTO'));
  const progress = events.progress(1);
  for (const file of ['a', 'b']) progress.fileDone(outcome(file));
  vi.advanceTimersByTime(100);
  progress.fileDone(outcome('c'));
  vi.advanceTimersByTime(100);
  progress.fileDone(outcome('d'));
  events.cancelled(1, 300);
  vi.advanceTimersByTime(100);
  expect(told.slice(1)).toEqual([
    { kind: 'files', index: 1, files: [outcome('a'), outcome('b')] },
    { kind: 'files', index: 1, files: [outcome('c')] },
    { kind: 'cancelled', index: 1, result: undefined, duration: 300 },
  ]);
  vi.useRealTimers();
});
