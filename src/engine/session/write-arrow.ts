import { AsyncByteQueue, RecordBatch, RecordBatchFileWriter } from 'apache-arrow';
import { yieldToMessages } from '../base/async.ts';
import { SqlError } from '../base/errors.ts';
import { type LocationRef, openLocation } from '../stages/location.ts';
import { writableStore } from '../stages/writable.ts';
import { type StatementContext, tellFilesChanged } from '../statements/context.ts';
import { arrowSchema } from '../types/arrow.ts';
import type { ResultReader } from './results.ts';

/** Writes the rows of a result as an Arrow file that is not there yet, and appears whole or not at all. */
export async function writeArrow(result: ResultReader, to: LocationRef, ctx: StatementContext): Promise<void> {
  const { signal, progress } = ctx;
  const location = await openLocation(to, ctx.catalog(), ctx.services.stageHost);
  const store = writableStore(location);
  const path = `${location.root}${location.path}`;
  if (await store.head(path, signal)) throw new SqlError('BadArguments', 'file already exists');
  progress.phase('writing');
  progress.expect({ rows: result.rows });
  await store.write(path, arrowBytes(result, ctx), { ifAbsent: true, signal });
  if (to.kind === 'StageLocation') tellFilesChanged(to.stage, ctx);
}

async function* arrowBytes(
  { columns, batches }: ResultReader,
  { signal, progress }: Pick<StatementContext, 'signal' | 'progress'>,
): AsyncGenerator<Uint8Array> {
  const written: Uint8Array[] = [];
  const sink = Object.assign(new AsyncByteQueue(), { write: (bytes: Uint8Array) => void written.push(bytes) });
  const schema = arrowSchema(columns);
  const writer = new RecordBatchFileWriter().reset(sink, schema);
  for await (const batch of batches(signal)) {
    // The engine's columns have names by place. A batch that is made of others confuses columns of one name.
    writer.write(Object.assign(new RecordBatch(batch.schema, batch.data), { schema }));
    yield* written.splice(0);
    progress.add({ rows: batch.numRows });
    await yieldToMessages();
    signal.throwIfAborted();
  }
  writer.finish();
  yield* written;
}
