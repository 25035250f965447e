import { useState } from 'react';
import { Dialog } from '../../components/Dialog.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { Switch, TextField } from '../../components/Field.tsx';
import { NameField } from '../../components/NameField.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import {
  type ConnectionInfo,
  connectionStatement,
  editedConnection,
  maskedStatement,
  NEW_CONNECTION,
  type S3Connection,
} from '../../data/connections.ts';
import { execute } from '../../data/statements.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { isName } from '../../lib/name.ts';
import { showRoute } from '../../lib/router.ts';

export interface ConnectionDialogProps {
  readonly open: boolean;
  /** Undefined for a new one. */
  readonly connection: ConnectionInfo | undefined;
  readonly onClose: () => void;
  readonly onDone: (name: string) => void;
}

export function ConnectionDialog(props: ConnectionDialogProps) {
  const { form: words } = useMessages().connections;
  const { open, connection, onClose } = props;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={connection ? words.editTitle(connection.name) : words.createTitle}
      description={connection && words.editText}
    >
      <ConnectionForm {...props} />
    </Dialog>
  );
}

function ConnectionForm({ connection, onClose, onDone }: ConnectionDialogProps) {
  const { form: words } = useMessages().connections;
  const [form, setForm] = useState(connection ? editedConnection(connection) : NEW_CONNECTION);
  const mode = connection ? 'CREATE OR REPLACE' : 'CREATE';
  const isHalf = (form.keyId.trim() === '') !== (form.secret.trim() === '');
  const isWhole = isName(form.name) && !isHalf;
  const create = async () => {
    await execute(connectionStatement(form, mode), { signal: new AbortController().signal });
    onClose();
    onDone(form.name);
  };
  return (
    <DialogForm action={connection ? words.save : words.create} isReady={isWhole} onClose={onClose} onSubmit={create}>
      <p className="dialog-text">
        {words.storage} {words.publicFiles} <a href={showRoute({ place: 'stages' })}>{words.pasteLink}</a>
      </p>
      <ConnectionFields form={form} isNew={connection === undefined} isHalf={isHalf} onChange={setForm} />
      <SqlBox sql={maskedStatement({ ...form, name: form.name || 'lake' }, mode)} />
      <p className="faint small">{words.masked}</p>
    </DialogForm>
  );
}

interface ConnectionFieldsProps {
  readonly form: S3Connection;
  readonly isNew: boolean;
  /** Of the two keys, one is missing. */
  readonly isHalf: boolean;
  readonly onChange: (form: S3Connection) => void;
}

function ConnectionFields({ form, isNew, isHalf, onChange }: ConnectionFieldsProps) {
  const { form: words } = useMessages().connections;
  const plain = { isMono: true, spellCheck: false, autoComplete: 'off' } as const;
  const hidden = { ...plain, type: 'password', autoComplete: 'new-password' } as const;
  return (
    <>
      {isNew && <NameField label={words.name} value={form.name} onChange={(name) => onChange({ ...form, name })} />}
      <TextField
        {...plain}
        label={words.endpoint}
        placeholder={words.endpointHint}
        value={form.endpoint}
        onChange={(endpoint) => onChange({ ...form, endpoint })}
      />
      <TextField
        {...plain}
        label={words.region}
        placeholder={words.regionHint}
        value={form.region}
        onChange={(region) => onChange({ ...form, region })}
      />
      <TextField
        {...plain}
        label={words.keyId}
        value={form.keyId}
        onChange={(keyId) => onChange({ ...form, keyId })}
        problem={isHalf ? words.halfKey : undefined}
      />
      <TextField
        {...hidden}
        label={words.secret}
        value={form.secret}
        onChange={(secret) => onChange({ ...form, secret })}
      />
      <TextField
        {...hidden}
        label={words.token}
        value={form.token}
        onChange={(token) => onChange({ ...form, token })}
      />
      <Switch
        label={words.virtualHost}
        isOn={form.isVirtualHost}
        onChange={(isVirtualHost) => onChange({ ...form, isVirtualHost })}
      />
    </>
  );
}
