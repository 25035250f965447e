import { ConfirmDialog } from '../../components/Dialog.tsx';
import type { Question } from '../../data/workspace.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';

/** Names in a sentence; the rest is counted. */
const SHOWN = 8;

interface ImportDialogProps {
  readonly file: string;
  readonly question: Question;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

/** What the file holds, what of this browser it replaces, and what it takes away. */
export function ImportDialog({ file, question, onClose, onConfirm }: ImportDialogProps) {
  const { ask: words } = useMessages().settings.workspace;
  const { workspace, replaced, lost, opened } = question;
  const when = format.minute(new Date(workspace.exportedAt));
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={onConfirm}
      title={words.title(file)}
      description={words.holds(when, countsOf(question, words.counts))}
      details={
        <ul className="import-facts">
          {replaced.length > 0 && <li>{words.replaced(namesOf(replaced))}</li>}
          {lost.length > 0 ? <li className="err">{words.lost(namesOf(lost))}</li> : <li>{words.nothingLost}</li>}
          <li>{words.worksheets}</li>
          <li>{words.after}</li>
          {opened && <li>{opened === 'Anyone' ? words.notAnyone : words.notOpened(namesOf(opened))}</li>}
        </ul>
      }
      action={words.action}
    />
  );
}

type CountWords = Messages['settings']['workspace']['ask']['counts'];

function countsOf({ workspace, worksheets }: Question, words: CountWords): string {
  const counts = Object.entries(words).flatMap(([kind, say]) => {
    const count = kind === 'worksheets' ? worksheets : (workspace.contents[kind]?.length ?? 0);
    return count === 0 ? [] : [say(format.integer(count), count === 1)];
  });
  return format.list(counts);
}

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN);
  return format.list(names.length > SHOWN ? [...shown, '…'] : shown);
}
