import { ConfirmDialog } from '../../components/Dialog.tsx';
import { attempt, execute } from '../../data/statements.ts';
import { truncateStatement } from '../../data/table-facts.ts';
import { announce } from '../../lib/announce.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import type { TableDialogProps } from './RenameDialog.tsx';

/** Asks for the name to be typed before all rows go away. */
export function TruncateDialog({ table, onClose }: TableDialogProps) {
  const { catalog: words } = useMessages();
  const sql = truncateStatement(table);
  const truncate = async () => {
    const done = await attempt(words.truncateFailed(table.name), (signal) => execute(sql, { signal }));
    if (done) announce(words.truncated(table.name));
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => void truncate()}
      title={words.truncateTitle(table.name)}
      description={words.truncateText(format.integer(table.rows ?? 0))}
      action={words.truncateAction}
      typed={table.name}
      sql={sql}
    />
  );
}
