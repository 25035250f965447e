import { isAbort, type Progress, toSqlError } from '../../engine/index.ts';
import { messages } from '../lib/messages/messages.ts';
import { NO_PROGRESS } from '../lib/progress.ts';
import { type Store, store } from '../lib/store.ts';
import { toast } from '../lib/toasts.ts';
import { exportWorkspace, importWorkspace, type Part, pickTarget, type Watched } from './workspace.ts';
import type { Workspace } from './workspace-file.ts';

/** An export or import of the workspace that is going on, whatever place is shown. */
export interface WorkspaceJob {
  readonly kind: 'Export' | 'Import';
  readonly startedAt: number;
  readonly progress: Progress;
  readonly cancel: () => void;
}

export const workspaceJob: Store<WorkspaceJob | undefined> = store<WorkspaceJob | undefined>(undefined);

/** Must be called from what the person did. */
export async function startExport(): Promise<void> {
  const target = await pickTarget();
  if (!target) return;
  await work('Export', async (how) => {
    const name = await exportWorkspace(target, how);
    toast({ title: messages().settings.workspace.exported(name) });
  });
}

export function startImport(workspace: Workspace): Promise<void> {
  return work('Import', async (how) => {
    await importWorkspace(workspace, how);
    location.assign('#/home');
    location.reload();
  });
}

async function work(kind: WorkspaceJob['kind'], task: (how: Watched) => Promise<void>): Promise<void> {
  if (workspaceJob.get()) return;
  const { workspace: words } = messages().settings;
  const controller = new AbortController();
  const started: WorkspaceJob = {
    ...{ kind, startedAt: Date.now(), progress: progressOf(kind), cancel: () => controller.abort() },
  };
  workspaceJob.set(started);
  const onPart = (part: Part) => workspaceJob.set({ ...started, progress: progressOf(kind, part) });
  try {
    await task({ signal: controller.signal, onPart });
  } catch (error) {
    if (isAbort(error) || controller.signal.aborted) toast({ title: words.cancelled });
    else toast({ title: words.failed, text: toSqlError(error).message, isFailure: true });
  } finally {
    workspaceJob.set(undefined);
  }
}

function progressOf(kind: WorkspaceJob['kind'], part?: Part): Progress {
  return { ...NO_PROGRESS, phase: kind === 'Export' ? 'writing' : 'scanning', ...part };
}
