import { Download, Trash2, Upload } from 'lucide-react';
import { useState } from 'react';
import { toSqlError } from '../../../engine/index.ts';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { FileButton } from '../../components/FileButton.tsx';
import { ProgressLine } from '../../components/ProgressLine.tsx';
import { engineState } from '../../data/engine.ts';
import { eraseEverything, lookIntoWorkspace, type Question } from '../../data/workspace.ts';
import { startExport, startImport, type WorkspaceJob, workspaceJob } from '../../data/workspace-job.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';
import { toast } from '../../lib/toasts.ts';
import { useNow } from '../../lib/use-now.ts';
import { ImportDialog } from './ImportDialog.tsx';
import { SettingsSection } from './SettingsSection.tsx';

interface Asked {
  readonly file: string;
  readonly question: Question;
}

/** Takes everything along in one file, brings it back, and erases it. */
export function WorkspaceSection() {
  const { workspace: words } = useMessages().settings;
  const isReady = useStore(engineState).kind === 'Ready';
  const job = useStore(workspaceJob);
  const [asked, setAsked] = useState<Asked>();
  const [isErasing, setErasing] = useState(false);
  const isIdle = isReady && !job;
  const look = async (file: File) => {
    try {
      setAsked({ file: file.name, question: await lookIntoWorkspace(file, new AbortController().signal) });
    } catch (error) {
      toast({ title: words.failed, text: toSqlError(error).message, isFailure: true });
    }
  };
  return (
    <SettingsSection title={words.title}>
      <p className="faint small">{words.about}</p>
      <div className="settings-buttons">
        <Button icon={Download} disabled={!isIdle} onClick={() => void startExport()}>
          {words.export}
        </Button>
        <FileButton icon={Upload} disabled={!isIdle} onFiles={([file]) => file && void look(file)}>
          {words.import}
        </FileButton>
        <Button icon={Trash2} look="danger" disabled={job !== undefined} onClick={() => setErasing(true)}>
          {words.erase}
        </Button>
      </div>
      {job && <JobLine job={job} />}
      {asked && (
        <ImportDialog
          {...asked}
          onClose={() => setAsked(undefined)}
          onConfirm={() => void startImport(asked.question.workspace)}
        />
      )}
      <EraseDialog open={isErasing} onClose={() => setErasing(false)} />
    </SettingsSection>
  );
}

function JobLine({ job: { kind, progress, startedAt, cancel } }: { readonly job: WorkspaceJob }) {
  const { settings, common } = useMessages();
  const { workspace: words } = settings;
  const now = useNow(true);
  return (
    <ProgressLine
      label={kind === 'Export' ? words.exporting : words.importing}
      progress={progress}
      elapsed={Math.max(0, now - startedAt)}
      end={
        <Button size="s" onClick={cancel}>
          {common.cancel}
        </Button>
      }
    />
  );
}

interface EraseDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

function EraseDialog({ open, onClose }: EraseDialogProps) {
  const { workspace } = useMessages().settings;
  const { eraseAsk: words } = workspace;
  const erase = async () => {
    try {
      await eraseEverything();
      location.assign('#/home');
      location.reload();
    } catch (error) {
      toast({ title: workspace.failed, text: toSqlError(error).message, isFailure: true });
    }
  };
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      onConfirm={() => void erase()}
      title={words.title}
      description={words.text}
      typed={words.word}
      action={words.action}
    />
  );
}
