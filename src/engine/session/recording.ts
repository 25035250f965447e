import type { Data, RecordBatch } from 'apache-arrow';
import type { SqlError } from '../base/errors.ts';
import type { ProgressSink } from '../base/progress.ts';
import type { QueryStart, Services } from '../statements/context.ts';
import type { QueryState } from '../system/query-history.ts';

/** A running statement as the history sees it. */
export interface Recording {
  /** The sink that also counts what is read. */
  progress(sink: ProgressSink): ProgressSink;
  rows(batch: RecordBatch): void;
  end(state: Exclude<QueryState, 'Running'>, duration: number, affected: number): void;
  fail(error: SqlError, duration: number): void;
}

/** What the console asks for its own lists would drown what people did, and is not kept. */
export function recordStatement(services: Services, start: QueryStart): Recording {
  const close = start.startedBy === 'Console' ? () => {} : services.history.begin(start);
  const counts = { scanRows: 0, scanBytes: 0, resultRows: 0, resultBytes: 0 };
  return {
    progress: (sink) => ({
      ...sink,
      add(added) {
        counts.scanRows += added.rows ?? 0;
        counts.scanBytes += added.bytes ?? 0;
        sink.add(added);
      },
    }),
    rows(batch) {
      counts.resultRows += batch.numRows;
      counts.resultBytes += bytesOf(batch.data);
    },
    end: (state, duration, writtenRows) => close({ state, duration, writtenRows, ...counts, error: undefined }),
    fail: (error, duration) => close({ state: 'Failed', duration, writtenRows: 0, ...counts, error }),
  };
}

function bytesOf({ children, values, valueOffsets, nullBitmap }: Data): number {
  const own = (values?.byteLength ?? 0) + (valueOffsets?.byteLength ?? 0) + (nullBitmap?.byteLength ?? 0);
  return children.reduce((sum, child) => sum + bytesOf(child), own);
}
