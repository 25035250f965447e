import { ConfirmDialog } from '../../components/Dialog.tsx';
import { removeStatement } from '../../data/staged-file.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { removeFiles } from './actions.ts';
import { type StageView, showStage } from './stage-route.ts';

export interface RemoveDialogProps {
  readonly view: StageView;
  /** Nothing is asked while there are none. */
  readonly names: readonly string[];
  readonly onClose: () => void;
  readonly onDone?: (() => void) | undefined;
}

/** Asks before files are deleted, with the statement that will do it. */
export function RemoveDialog({ view, names, onClose, onDone }: RemoveDialogProps) {
  const { stages: words } = useMessages();
  const [first = ''] = names;
  const text = names.length === 1 ? first : words.removeMany(first, format.integer(names.length - 1));
  const remove = async () => {
    if (!(await removeFiles(view, names))) return;
    onDone?.();
    if (view.file !== undefined && names.includes(view.file))
      showStage({ ...view, file: undefined }, { replace: true });
  };
  return (
    <ConfirmDialog
      open={names.length > 0}
      onClose={onClose}
      onConfirm={() => void remove()}
      title={words.removeTitle(names.length)}
      description={words.removeText(text)}
      action={words.remove}
      sql={names.length > 0 ? removeStatement(view.stage, view.folder, names) : undefined}
    />
  );
}
