import { useState } from 'react';
import { format } from '../lib/format.ts';
import { expiryOf, fileOfLink, nameOfLink } from '../lib/link.ts';
import { type Messages, useMessages } from '../lib/messages/messages.ts';
import { Dialog } from './Dialog.tsx';
import { DialogForm } from './DialogForm.tsx';
import { TextField } from './Field.tsx';

export interface LinkDialogProps {
  readonly open: boolean;
  /** The link that a fresh one takes the place of; undefined for a new one. */
  readonly renewed?: string | undefined;
  readonly onClose: () => void;
  /** What it throws is shown in the dialog, which stays open. */
  readonly onTake: (url: string) => void | Promise<void>;
}

/** Takes a link to one file, signed or public. */
export function LinkDialog({ open, renewed, onClose, onTake }: LinkDialogProps) {
  const { link: words } = useMessages().stages;
  const title = renewed ? words.renewTitle(nameOfLink(renewed)) : words.pasteTitle;
  return (
    <Dialog open={open} onClose={onClose} title={title} description={renewed ? words.renewText : words.pasteText}>
      <LinkForm {...{ renewed, onClose, onTake }} />
    </Dialog>
  );
}

function LinkForm({ renewed, onClose, onTake }: Omit<LinkDialogProps, 'open'>) {
  const { link: words } = useMessages().stages;
  const [text, setText] = useState('');
  const url = text.trim();
  const problem = url === '' ? undefined : problemOf(url, renewed, words);
  const end = expiryOf(url);
  const isWhole = url !== '' && problem === undefined;
  const take = async () => {
    await onTake(url);
    onClose();
  };
  return (
    <DialogForm action={renewed ? words.renewAction : words.query} isReady={isWhole} onClose={onClose} onSubmit={take}>
      <TextField label={words.url} value={text} onChange={setText} isMono spellCheck={false} problem={problem} />
      {isWhole && (
        <p className="dialog-text" role="status">
          {end === undefined ? words.noEnd : words.ends(format.minute(new Date(end)))}
        </p>
      )}
    </DialogForm>
  );
}

function problemOf(url: string, renewed: string | undefined, words: Messages['stages']['link']): string | undefined {
  const file = fileOfLink(url);
  if (file === undefined) return words.noLink;
  if (renewed && file !== fileOfLink(renewed)) return words.otherFile;
  const end = expiryOf(url);
  return end !== undefined && end < Date.now() ? words.isOver(format.minute(new Date(end))) : undefined;
}
