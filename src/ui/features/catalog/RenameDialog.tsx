import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../../components/Dialog.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { TextField } from '../../components/Field.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { allTables, type Table } from '../../data/catalog.ts';
import { attempt, execute } from '../../data/statements.ts';
import { renameStatement } from '../../data/table-facts.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { navigate } from '../../lib/router.ts';
import { Dependents } from './Dependents.tsx';

export interface TableDialogProps {
  readonly table: Table;
  readonly onClose: () => void;
}

/** Another name for a table, with what will not find it any more. */
export function RenameDialog({ table, onClose }: TableDialogProps) {
  const { catalog: words, common } = useMessages();
  const { data: tables } = useQuery(allTables());
  const [name, setName] = useState(table.name);
  const wanted = name.trim();
  const isTaken =
    wanted !== table.name && tables?.some((one) => one.database === table.database && one.name === wanted);
  const isReady = wanted !== '' && wanted !== table.name && !isTaken;
  const sql = renameStatement(table, wanted);
  const rename = async () => {
    onClose();
    const done = await attempt(words.renameFailed(table.name), (signal) => execute(sql, { signal }));
    if (done) navigate({ place: 'data', path: [table.database, wanted] }, { replace: true });
  };
  return (
    <Dialog open onClose={onClose} title={words.renameTitle(table.name)} description={words.renameText}>
      <DialogForm action={common.rename} isReady={isReady} onClose={onClose} onSubmit={rename}>
        <TextField
          label={words.newName}
          value={name}
          onChange={setName}
          isMono
          spellCheck={false}
          problem={isTaken ? words.isTaken(wanted) : undefined}
        />
        <Dependents table={table} />
        <SqlBox sql={sql} />
      </DialogForm>
    </Dialog>
  );
}
