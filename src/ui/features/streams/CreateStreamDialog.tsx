import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Select, TextField } from '../../components/Field.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { allTables, isSystemDatabase, type Table } from '../../data/catalog.ts';
import { execute } from '../../data/statements.ts';
import { useMessages } from '../../lib/messages/messages.ts';
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

const NAME = /^[A-Za-z_]\w*$/;
const tableId = ({ database, name }: Table) => `${database}.${name}`;

function CreateStreamForm({ onClose }: { readonly onClose: () => void }) {
  const { common, streams: words } = useMessages();
  const { data = [] } = useQuery(allTables());
  const tables = data.filter(({ kind, database }) => kind === 'Table' && !isSystemDatabase(database));
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState('');
  const [mode, setMode] = useState<'appendOnly' | 'standard'>('standard');
  const [comment, setComment] = useState('');
  const [error, setError] = useState<unknown>();
  const table = tables.find((one) => tableId(one) === chosen) ?? tables[0];
  if (!table) return <p className="dialog-text">{words.noTables}</p>;
  const streamName = name || `${table.name}_stream`;
  const statement = createStatement({ name: streamName, table, isAppendOnly: mode === 'appendOnly', comment });
  const create = async () => {
    try {
      await execute(statement, { signal: new AbortController().signal });
      onClose();
      navigate({ place: 'streams', path: [table.database, streamName] });
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <form
      className="dialog-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (NAME.test(streamName)) void create();
      }}
    >
      <Select
        label={words.create.table}
        value={tableId(table)}
        onChange={setChosen}
        options={tables.map((one) => ({ value: tableId(one), label: tableId(one) }))}
      />
      <TextField
        label={words.create.name}
        value={name}
        onChange={setName}
        isMono
        spellCheck={false}
        placeholder={`${table.name}_stream`}
        problem={NAME.test(streamName) ? undefined : words.create.badName}
      />
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
      {error !== undefined && <ErrorCard error={error} text={statement} />}
      <div className="dialog-foot">
        <Button onClick={onClose}>{common.cancel}</Button>
        <Button type="submit" look="primary" disabled={!NAME.test(streamName)}>
          {words.create.action}
        </Button>
      </div>
    </form>
  );
}
