import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../../components/Dialog.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { Select, TextField } from '../../components/Field.tsx';
import { NameField } from '../../components/NameField.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { connections } from '../../data/connections.ts';
import { execute } from '../../data/statements.ts';
import { quoted } from '../../data/uploads.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { isName } from '../../lib/name.ts';
import { showStage } from './stage-route.ts';

export interface CreateStageDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

const FORMATS = ['PARQUET', 'CSV', 'TSV', 'NDJSON'] as const;

export function CreateStageDialog({ open, onClose }: CreateStageDialogProps) {
  const { create: words } = useMessages().stages;
  return (
    <Dialog open={open} onClose={onClose} title={words.title}>
      <CreateStageForm onClose={onClose} />
    </Dialog>
  );
}

function CreateStageForm({ onClose }: { readonly onClose: () => void }) {
  const { create: words } = useMessages().stages;
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [format, setFormat] = useState<string>('PARQUET');
  const [connection, setConnection] = useState('');
  const { data: known = [] } = useQuery(connections());
  const isBucket = /^s3:/i.test(url.trim());
  const used = isBucket && connection !== '' ? connection : undefined;
  const statement = createStatement({ name: name || 'my_stage', url: url.trim(), format, connection: used });
  const create = async () => {
    await execute(statement, { signal: new AbortController().signal });
    onClose();
    showStage({ stage: name });
  };
  return (
    <DialogForm action={words.action} isReady={isName(name)} text={statement} onClose={onClose} onSubmit={create}>
      <NameField label={words.name} value={name} onChange={setName} />
      <TextField
        label={words.url}
        value={url}
        onChange={setUrl}
        isMono
        spellCheck={false}
        placeholder={words.urlHint}
      />
      {isBucket && (
        <Select
          label={words.connection}
          value={connection}
          onChange={setConnection}
          options={[
            { value: '', label: words.noConnection },
            ...known.map((one) => ({ value: one.name, label: one.name })),
          ]}
        />
      )}
      <Select
        label={words.format}
        value={format}
        onChange={setFormat}
        options={FORMATS.map((value) => ({ value, label: value }))}
      />
      <SqlBox sql={statement} />
    </DialogForm>
  );
}

interface NewStage {
  readonly name: string;
  readonly url: string;
  readonly format: string;
  readonly connection: string | undefined;
}

function createStatement({ name, url, format, connection }: NewStage): string {
  const place = url === '' ? '' : `\n  URL = ${quoted(url)}`;
  const keys = connection === undefined ? '' : `\n  CONNECTION = (CONNECTION_NAME = ${quoted(connection)})`;
  return `CREATE STAGE ${name}${place}${keys}\n  FILE_FORMAT = (TYPE = '${format}')`;
}
