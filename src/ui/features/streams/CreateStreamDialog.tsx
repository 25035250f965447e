import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../../components/Dialog.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { Select, TextField } from '../../components/Field.tsx';
import { NameField } from '../../components/NameField.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { allTables, isSystemDatabase, type Table } from '../../data/catalog.ts';
import { execute } from '../../data/statements.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { isName } from '../../lib/name.ts';
import { navigate } from '../../lib/router.ts';
import { createStatement } from './stream-statements.ts';

export interface CreateStreamDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

export function CreateStreamDialog({ open, onClose }: CreateStreamDialogProps) {
  const { create: words } = useMessages().streams;
  return (
    <Dialog open={open} onClose={onClose} title={words.title} description={words.hint}>
      <CreateStreamForm onClose={onClose} />
    </Dialog>
  );
}

const tableId = ({ database, name }: Table) => `${database}.${name}`;

function CreateStreamForm({ onClose }: { readonly onClose: () => void }) {
  const { streams: words } = useMessages();
  const { data = [] } = useQuery(allTables());
  const tables = data.filter(({ kind, database }) => kind === 'Table' && !isSystemDatabase(database));
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState('');
  const [mode, setMode] = useState<'appendOnly' | 'standard'>('standard');
  const [comment, setComment] = useState('');
  const table = tables.find((one) => tableId(one) === chosen) ?? tables[0];
  if (!table) return <p className="dialog-text">{words.noTables}</p>;
  const streamName = name || `${table.name}_stream`;
  const statement = createStatement({ name: streamName, table, isAppendOnly: mode === 'appendOnly', comment });
  const create = async () => {
    await execute(statement, { signal: new AbortController().signal });
    onClose();
    navigate({ place: 'streams', path: [table.database, streamName] });
  };
  return (
    <DialogForm
      action={words.create.action}
      isReady={isName(streamName)}
      text={statement}
      onClose={onClose}
      onSubmit={create}
    >
      <Select
        label={words.create.table}
        value={tableId(table)}
        onChange={setChosen}
        options={tables.map((one) => ({ value: tableId(one), label: tableId(one) }))}
      />
      <NameField label={words.create.name} value={name} onChange={setName} placeholder={`${table.name}_stream`} />
      <Select
        label={words.create.mode}
        value={mode}
        onChange={(next) => setMode(next === 'appendOnly' ? 'appendOnly' : 'standard')}
        options={[
          { value: 'standard', label: words.create.modes.standard },
          { value: 'appendOnly', label: words.create.modes.appendOnly },
        ]}
      />
      <TextField label={words.create.comment} value={comment} onChange={setComment} />
      <SqlBox sql={statement} />
    </DialogForm>
  );
}
