import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useMessages } from '../lib/messages/messages.ts';
import { Button } from './Button.tsx';
import { ErrorCard } from './ErrorCard.tsx';

export interface DialogFormProps {
  /** The fields, and the statement that they come to. */
  readonly children: ReactNode;
  /** The words of the button that does it: `Create stage`. */
  readonly action: string;
  readonly icon?: LucideIcon | undefined;
  readonly look?: 'primary' | 'danger' | undefined;
  /** Whether what is filled in is enough. */
  readonly isReady?: boolean | undefined;
  /** The words of the other button; Cancel if absent. */
  readonly keep?: string | undefined;
  /** Stands beside the buttons. */
  readonly foot?: ReactNode;
  /** The text that the span of an error points into. */
  readonly text?: string | undefined;
  readonly onClose: () => void;
  /** What it throws is shown in the form. Not called again before it has ended. */
  readonly onSubmit: () => void | Promise<void>;
}

/** What stands in a dialog that asks for something: fields, and below them the two ways out. */
export function DialogForm(props: DialogFormProps) {
  const { children, action, icon, look = 'primary', isReady = true, keep, foot, text, onClose, onSubmit } = props;
  const { common } = useMessages();
  const [error, setError] = useState<unknown>();
  const isBusy = useRef(false);
  const submit = async () => {
    if (isBusy.current || !isReady) return;
    isBusy.current = true;
    setError(undefined);
    try {
      await onSubmit();
    } catch (failure) {
      setError(failure);
    }
    isBusy.current = false;
  };
  return (
    <form
      className="dialog-form"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {children}
      {error !== undefined && <ErrorCard error={error} text={text} />}
      <div className="dialog-foot">
        {foot}
        <Button onClick={onClose}>{keep ?? common.cancel}</Button>
        <Button type="submit" look={look} icon={icon} disabled={!isReady}>
          {action}
        </Button>
      </div>
    </form>
  );
}
