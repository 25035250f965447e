import { ConfirmDialog } from '../../components/Dialog.tsx';
import { removeStatement } from '../../data/staged-file.ts';
import type { Stage, StagedFile } from '../../data/stages.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { removeFiles } from './actions.ts';
import { type StageView, showStage } from './stage-route.ts';

/** So many files are deleted by a click alone. */
const MOST_UNTYPED = 100;

export interface RemoveDialogProps {
  readonly stage: Stage;
  readonly view: StageView;
  /** Nothing is asked while there are none. */
  readonly files: readonly StagedFile[];
  readonly onClose: () => void;
  readonly onDone?: (() => void) | undefined;
}

/** Asks before files are deleted, with the statement that will do it. */
export function RemoveDialog({ stage, view, files, onClose, onDone }: RemoveDialogProps) {
  const { stages: words } = useMessages();
  const names = files.map(({ path }) => path.slice(view.folder.length));
  const [first = ''] = names;
  const text = names.length === 1 ? first : words.removeMany(first, format.integer(names.length - 1));
  const remove = () => {
    removeFiles(stage, view.folder, files);
    onDone?.();
    if (view.file !== undefined && names.includes(view.file))
      showStage({ ...view, file: undefined }, { replace: true });
  };
  return (
    <ConfirmDialog
      open={names.length > 0}
      onClose={onClose}
      onConfirm={remove}
      title={words.removeTitle(names.length)}
      description={words.removeText(text)}
      action={words.remove}
      typed={names.length > MOST_UNTYPED ? String(names.length) : undefined}
      sql={names.length > 0 ? removeStatement(view.stage, view.folder, names) : undefined}
    />
  );
}
