import { isAbort, toSqlError } from '../../../engine/index.ts';
import type { RejectedRow } from '../../data/load.ts';
import { startLoad } from '../../data/load-run.ts';
import { uploadFile } from '../../data/uploads.ts';
import { messages } from '../../lib/messages/messages.ts';
import { toast } from '../../lib/toasts.ts';
import { type LoadPlan, retryText } from './load-statements.ts';
import { rejectedText } from './RejectedRows.tsx';

/** Puts rejected lines beside the file they come from, as a file of their own, and loads that: no row comes in twice. */
export async function retryRejected(plan: LoadPlan, place: string, rows: readonly RejectedRow[]): Promise<void> {
  const { signal } = new AbortController();
  const name = retryName(rows[0]?.file ?? 'rows.csv', new Date());
  try {
    await uploadFile(new File([rejectedText(rows)], name), `@${plan.stage}/${plan.folder}`, { signal });
    await startLoad({ place, sql: retryText(plan, name), files: [plan.folder + name] });
  } catch (error) {
    const { rejects } = messages().load;
    if (!isAbort(error)) toast({ title: rejects.retryFailed, text: toSqlError(error).message, isFailure: true });
  }
}

/** Another name each time: a file by the same name counts as loaded. */
function retryName(file: string, now: Date): string {
  const base = file.split('/').at(-1) ?? file;
  const time = now.toISOString().replace(/\D/g, '').slice(0, 17);
  return base.replace(/\.(\w+)(?:\.\w+)?$/, `.rejected-${time}.$1`);
}
