import { isAbort, toSqlError } from '../../../engine/index.ts';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { dropStatement, type Table } from '../../data/catalog.ts';
import { execute } from '../../data/statements.ts';
import { announce } from '../../lib/announce.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { toast } from '../../lib/toasts.ts';

export interface DropDialogProps {
  /** Nothing is asked while there is none. */
  readonly table: Table | undefined;
  readonly onClose: () => void;
  readonly onDone?: (() => void) | undefined;
}

/** Asks for the name to be typed before a table goes away, with the statement that will do it. */
export function DropDialog({ table, onClose, onDone }: DropDialogProps) {
  const { catalog: words } = useMessages();
  if (!table) return null;
  const drop = async () => {
    try {
      await execute(dropStatement(table), { signal: new AbortController().signal });
      announce(words.dropped(table.name));
      onDone?.();
    } catch (error) {
      if (isAbort(error)) return;
      toast({ title: words.dropFailed(table.name), text: toSqlError(error).message, isFailure: true });
    }
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => void drop()}
      title={words.dropTitle(table.name)}
      description={table.kind === 'View' ? words.dropView : words.dropTable}
      action={words.dropAction[table.kind]}
      typed={table.name}
      sql={dropStatement(table)}
    />
  );
}
