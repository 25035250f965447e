import { useState } from 'react';
import { Dialog } from '../../components/Dialog.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { TextField } from '../../components/Field.tsx';
import { folderOf, moveFile } from '../../data/move-file.ts';
import { nameOf } from '../../data/staged-file.ts';
import type { StagedFile } from '../../data/stages.ts';
import { attempt } from '../../data/statements.ts';
import { announce } from '../../lib/announce.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { showStage } from './stage-route.ts';

export interface MoveDialogProps {
  readonly stage: string;
  readonly file: StagedFile;
  /** Paths that are taken. */
  readonly taken: ReadonlySet<string>;
  readonly onClose: () => void;
}

/** Asks for another path of a file in its stage. */
export function MoveDialog({ stage, file, taken, onClose }: MoveDialogProps) {
  const { stages: words } = useMessages();
  const [path, setPath] = useState(file.path);
  const name = nameOf(file.path);
  const isSame = path === file.path;
  const isUsable = nameOf(path) !== '' && !path.startsWith('/') && !taken.has(path);
  const move = async () => {
    onClose();
    const isDone = await attempt(words.renameFailed(name), (signal) =>
      moveFile({ stage, path: file.path }, path, signal),
    );
    if (!isDone) return;
    announce(words.renamed(path));
    showStage({ stage, folder: folderOf(path) });
  };
  return (
    <Dialog open onClose={onClose} title={words.renameTitle(name)} description={words.renameText}>
      <DialogForm action={words.renameAction} isReady={isUsable && !isSame} onClose={onClose} onSubmit={move}>
        <TextField
          label={words.renamePath}
          value={path}
          onChange={setPath}
          isMono
          spellCheck={false}
          problem={!isSame && taken.has(path) ? words.renameTaken : undefined}
        />
      </DialogForm>
    </Dialog>
  );
}
