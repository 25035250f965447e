import type { RecordBatch } from 'apache-arrow';
import type { SessionState } from '../statements/context.ts';
import type { Schema } from '../types/type.ts';
import { inOwnForm, rowsAsIpc } from './results.ts';

/** Takes the batches of one result as they come. */
export interface ResultKeeper {
  add(batch: RecordBatch): void;
  /** The result is whole: from now on RESULT_SCAN finds it. */
  end(queryId: string, now: number): void;
}

const SECOND = 1000;

/** Undefined where the session keeps no results. One that is larger than the settings allow is let go. */
export function resultKeeper({ settings, results }: SessionState, columns: Schema): ResultKeeper | undefined {
  if (settings.get('enable_query_result_cache') !== '1' || columns.length === 0) return undefined;
  const maxBytes = Number(settings.get('query_result_cache_max_bytes'));
  const batches: RecordBatch[] = [];
  let bytes = 0;
  return {
    add: (batch) => {
      if (bytes > maxBytes) return;
      const own = inOwnForm([batch], columns);
      bytes += rowsAsIpc([own], columns).length;
      batches.push(own);
    },
    end: (queryId, now) => {
      for (const [id, { expiresOn }] of results) if (expiresOn <= now) results.delete(id);
      if (bytes > maxBytes) return;
      const expiresOn = now + Number(settings.get('query_result_cache_ttl_secs')) * SECOND;
      results.set(queryId, { columns, batches, expiresOn });
    },
  };
}
