import './Shared.css';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { SqlText } from '../../components/SqlText.tsx';
import { useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';
import { asked } from './shared.ts';

/** Statements in full; the rest is counted. */
const SHOWN = 5;

/** The question before a worksheet that came by a link changes something. */
export function SharedDialog() {
  const { sharedAsk: words } = useMessages().worksheet;
  const question = useStore(asked);
  if (!question) return null;
  const { statements, answer } = question;
  const rest = statements.length - SHOWN;
  return (
    <ConfirmDialog
      open
      onClose={() => answer(false)}
      onConfirm={() => answer(true)}
      title={words.title}
      description={words.text}
      details={
        <ul className="shared-statements">
          {statements.slice(0, SHOWN).map((sql, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same statement may stand there twice.
            <li key={index}>
              <SqlText sql={sql} />
            </li>
          ))}
          {rest > 0 && <li>{words.more(rest)}</li>}
        </ul>
      }
      action={words.action}
    />
  );
}
