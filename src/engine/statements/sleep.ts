import type { RecordBatch } from 'apache-arrow';
import { delay } from '../base/async.ts';
import { SqlError } from '../base/errors.ts';
import type { BoundCall, BoundQuery } from '../bind/plan.ts';
import { visitQuery } from '../bind/walk.ts';

const MOST_SECONDS = 3;

/** The seconds that the calls of SLEEP in a query ask for. Throws BadArguments for those that may not be. */
export function sleepsIn(query: BoundQuery): readonly number[] {
  const found: number[] = [];
  visitQuery(query, {
    expr: (expr) => {
      if (expr.kind === 'Call' && expr.name === 'sleep') found.push(secondsOf(expr));
    },
  });
  return found;
}

function secondsOf({ args: [arg], span }: BoundCall): number {
  const fail = (message: string) => new SqlError('BadArguments', message, { span });
  if (arg?.kind !== 'Literal' || arg.value === null) throw fail('Must be constant value');
  const seconds = Number(arg.value);
  if (!(seconds >= 0)) throw fail('cannot convert float seconds to Duration: value is negative');
  if (seconds > MOST_SECONDS) throw fail(`The maximum sleep time is ${MOST_SECONDS} seconds. Requested: ${seconds}s`);
  return seconds;
}

/** The rows of a query that sleeps first. */
export async function* afterSleep(
  batches: AsyncIterable<RecordBatch>,
  sleeps: readonly number[],
  signal: AbortSignal,
): AsyncGenerator<RecordBatch> {
  for (const seconds of sleeps) await delay(seconds * 1000, signal);
  yield* batches;
}
