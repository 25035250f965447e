import { isAbort, type Progress, toSqlError } from '../../engine/index.ts';
import { announce } from '../lib/announce.ts';
import { messages } from '../lib/messages/messages.ts';
import { NO_PROGRESS } from '../lib/progress.ts';
import { type Store, store } from '../lib/store.ts';
import { toast } from '../lib/toasts.ts';
import { type ExportFormat, type ExportRequest, exportArrow, exportName, exportQuery } from './export.ts';

/** An export that is going on. */
export interface ExportJob {
  readonly id: number;
  readonly worksheet: string;
  readonly name: string;
  readonly startedAt: number;
  readonly progress: Progress;
  readonly cancel: () => void;
}

export const exportJobs: Store<readonly ExportJob[]> = store<readonly ExportJob[]>([]);

let last = 0;

/** Of what is shown. */
export interface ExportStart extends ExportRequest {
  readonly format: ExportFormat;
  /** Where an Arrow file goes, such as `@out/day/`; to this device unless it is given. */
  readonly stage?: string | undefined;
}

/** Writes a result to this device or into a stage; it goes on while other places are looked at. */
export async function startExport({ format, stage, ...request }: ExportStart): Promise<void> {
  const { view: words } = messages();
  const controller = new AbortController();
  const id = ++last;
  const name = exportName(format, new Date());
  const cancel = () => controller.abort();
  const { worksheet } = request;
  exportJobs.set([...exportJobs.get(), { id, worksheet, name, startedAt: Date.now(), progress: NO_PROGRESS, cancel }]);
  const onProgress = (progress: Progress) => {
    const after = (job: ExportJob) => (job.id === id ? { ...job, progress } : job);
    exportJobs.set(exportJobs.get().map(after));
  };
  const how = { signal: controller.signal, onProgress };
  try {
    if (stage === undefined) await exportQuery(request, { format, name }, how);
    else await exportArrow(request, `${stage}${name}`, how);
    announce(words.exported(name));
  } catch (error) {
    if (isAbort(error) || controller.signal.aborted) announce(words.exportCancelled(name));
    else toast({ title: words.exportFailed, text: toSqlError(error).message, isFailure: true });
  } finally {
    exportJobs.set(exportJobs.get().filter((job) => job.id !== id));
  }
}
