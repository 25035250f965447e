import { useState } from 'react';
import { Dialog } from '../../components/Dialog.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { NameField } from '../../components/NameField.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { showSql } from '../../data/open-files.ts';
import { type FilePlace, nameOf } from '../../data/staged-file.ts';
import { attempt, execute } from '../../data/statements.ts';
import { createFormat, selectWithFormat, type TextOptions } from '../../data/text-file.ts';
import { announce } from '../../lib/announce.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { isName } from '../../lib/name.ts';

export interface SaveFormatDialogProps {
  readonly place: FilePlace;
  readonly options: TextOptions;
  readonly columns: number;
  readonly onClose: () => void;
}

/** Keeps the options of a preview as a file format, by the statement that is shown. */
export function SaveFormatDialog({ place, options, columns, onClose }: SaveFormatDialogProps) {
  const { text: words } = useMessages().stages;
  const [name, setName] = useState('my_csv');
  const statement = createFormat(name, options);
  const save = async () => {
    const isDone = await attempt(words.saveFailed(name), (signal) => execute(statement, { signal }));
    if (!isDone) return;
    announce(words.saved(name));
    onClose();
    showSql(nameOf(place.path), selectWithFormat(place, name, columns));
  };
  return (
    <Dialog open onClose={onClose} title={words.saveTitle} description={words.saveText}>
      <DialogForm action={words.saveAction} isReady={isName(name)} onClose={onClose} onSubmit={save}>
        <NameField label={words.name} value={name} onChange={setName} />
        <SqlBox sql={statement} />
      </DialogForm>
    </Dialog>
  );
}
