import type { RecordBatch } from 'apache-arrow';
import type { Transaction } from '../warehouse/contract.ts';
import { type Outcome, type StatementContext, type StreamRead, streamReads } from './context.ts';

/**
 * Runs a statement that writes: the streams that it reads move in the transaction that it writes in, or in one of their
 * own where it writes outside of the warehouse.
 */
export async function consuming(
  ctx: StatementContext,
  run: (ctx: StatementContext) => Promise<Outcome>,
): Promise<Outcome> {
  const streams = streamReads(true);
  const move = (transaction: Transaction) => {
    for (const read of streams.consumed) moveOffset(read, transaction);
    streams.consumed.clear();
  };
  const outcome = await run({
    ...ctx,
    streams,
    transact: (work) =>
      ctx.transact(async (transaction) => {
        const result = await work(transaction);
        move(transaction);
        return result;
      }),
  });
  if (streams.consumed.size > 0) await ctx.transact(async (transaction) => move(transaction));
  return outcome;
}

/** The rows of a query; when all are read, the streams WITH CONSUME move. */
export async function* consumeAfter(
  batches: AsyncIterable<RecordBatch>,
  ctx: StatementContext,
): AsyncGenerator<RecordBatch> {
  yield* batches;
  const { streams, session } = ctx;
  if (streams.consumesAll || streams.consumed.size === 0) return;
  await ctx.transact(async (transaction) => {
    for (const read of streams.consumed) {
      moveOffset(read, transaction);
      // Within a transaction the next read begins where this one ended.
      session.streams.delete(read.stream.id);
    }
  });
}

function moveOffset(read: StreamRead, transaction: Transaction): void {
  const { stream, range, moved } = read;
  const { offset, ahead } = range.end;
  if (moved || (offset === stream.offset && !ahead && !stream.ahead)) return;
  transaction.alter<'Stream'>({ ...stream, offset, ahead });
  read.moved = true;
}
