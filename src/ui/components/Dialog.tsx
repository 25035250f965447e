import './Dialog.css';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { cx } from '../lib/cx.ts';
import { useMessages } from '../lib/messages/messages.ts';
import { DialogForm } from './DialogForm.tsx';
import { TextField } from './Field.tsx';
import { SqlText } from './SqlText.tsx';

export interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  /** The title is read out but not shown. */
  readonly hideTitle?: boolean | undefined;
  readonly description?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

export function Dialog({ open, onClose, title, hideTitle, description, className, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="scrim" />
        <Radix.Content className={cx('dialog', className)} {...(description ? {} : { 'aria-describedby': undefined })}>
          <Radix.Title className={hideTitle ? 'sr' : 'dialog-title'}>{title}</Radix.Title>
          {description && <Radix.Description className="dialog-text">{description}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
  readonly title: string;
  readonly description: ReactNode;
  /** What more there is to know, under the description. */
  readonly details?: ReactNode;
  /** The words of the button that does it: `Drop table`. */
  readonly action: string;
  /** The words of the other button; Cancel if absent. */
  readonly keep?: string | undefined;
  /** A name that must be typed first, for what cannot be undone. */
  readonly typed?: string | undefined;
  /** The statement that will run. */
  readonly sql?: string | undefined;
  readonly className?: string | undefined;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onClose, title, description, className } = props;
  return (
    <Dialog {...{ open, onClose, title, description, className }}>
      <ConfirmForm {...props} />
    </Dialog>
  );
}

function ConfirmForm({ onClose, onConfirm, details, action, keep, typed, sql }: ConfirmDialogProps) {
  const { common } = useMessages();
  const [text, setText] = useState('');
  return (
    <DialogForm
      action={action}
      look="danger"
      keep={keep}
      isReady={typed === undefined || text === typed}
      foot={sql && <SqlText sql={sql} className="grow cut" />}
      onClose={onClose}
      onSubmit={() => {
        onConfirm();
        onClose();
      }}
    >
      {details}
      {typed !== undefined && (
        <TextField label={common.typeToGoOn(typed)} value={text} onChange={setText} isMono spellCheck={false} />
      )}
    </DialogForm>
  );
}
