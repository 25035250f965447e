import { ConfirmDialog } from '../../components/Dialog.tsx';
import { dropStatement, type Table } from '../../data/catalog.ts';
import { attempt, execute } from '../../data/statements.ts';
import { announce } from '../../lib/announce.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { Dependents } from './Dependents.tsx';

export interface DropDialogProps {
  /** Nothing is asked while there is none. */
  readonly table: Table | undefined;
  readonly onClose: () => void;
  readonly onDone?: (() => void) | undefined;
}

/** Asks for the name to be typed before a table goes away, with the statement that will do it and what names the table. */
export function DropDialog({ table, onClose, onDone }: DropDialogProps) {
  const { catalog: words } = useMessages();
  if (!table) return null;
  const drop = async () => {
    const done = await attempt(words.dropFailed(table.name), (signal) => execute(dropStatement(table), { signal }));
    if (!done) return;
    announce(words.dropped(table.name));
    onDone?.();
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => void drop()}
      title={words.dropTitle(table.name)}
      description={table.kind === 'View' ? words.dropView : words.dropTable}
      details={<Dependents table={table} />}
      action={words.dropAction[table.kind]}
      typed={table.name}
      sql={dropStatement(table)}
    />
  );
}
