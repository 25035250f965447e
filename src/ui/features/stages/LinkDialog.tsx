import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { TextField } from '../../components/Field.tsx';
import { addLink, expiryOf, type FileLink, fileOfLink, nameOfLink, renewLink } from '../../data/links.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { queryLink } from './query-link.ts';

export interface LinkDialogProps {
  readonly open: boolean;
  /** The link that a fresh one takes the place of; undefined for a new one. */
  readonly renewed?: FileLink | undefined;
  readonly onClose: () => void;
}

/** Takes a link to one file, signed or public. */
export function LinkDialog({ open, renewed, onClose }: LinkDialogProps) {
  const { link: words } = useMessages().stages;
  const title = renewed ? words.renewTitle(nameOfLink(renewed.url)) : words.pasteTitle;
  return (
    <Dialog open={open} onClose={onClose} title={title} description={renewed ? words.renewText : words.pasteText}>
      <LinkForm renewed={renewed} onClose={onClose} />
    </Dialog>
  );
}

function LinkForm({ renewed, onClose }: Omit<LinkDialogProps, 'open'>) {
  const { stages, common } = useMessages();
  const words = stages.link;
  const [text, setText] = useState('');
  const url = text.trim();
  const problem = url === '' ? undefined : problemOf(url, renewed, words);
  const end = expiryOf(url);
  const isWhole = url !== '' && problem === undefined;
  const take = async () => {
    onClose();
    if (renewed) await renewLink(renewed, url);
    else await queryLink(await addLink(url));
  };
  return (
    <form
      className="dialog-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) void take();
      }}
    >
      <TextField label={words.url} value={text} onChange={setText} isMono spellCheck={false} problem={problem} />
      {isWhole && (
        <p className="dialog-text" role="status">
          {end === undefined ? words.noEnd : words.ends(format.minute(new Date(end)))}
        </p>
      )}
      <div className="dialog-foot">
        <Button onClick={onClose}>{common.cancel}</Button>
        <Button type="submit" look="primary" disabled={!isWhole}>
          {renewed ? words.renewAction : words.query}
        </Button>
      </div>
    </form>
  );
}

function problemOf(url: string, renewed: FileLink | undefined, words: Messages['stages']['link']): string | undefined {
  const file = fileOfLink(url);
  if (file === undefined) return words.noLink;
  if (renewed && file !== fileOfLink(renewed.url)) return words.otherFile;
  const end = expiryOf(url);
  return end !== undefined && end < Date.now() ? words.isOver(format.minute(new Date(end))) : undefined;
}
