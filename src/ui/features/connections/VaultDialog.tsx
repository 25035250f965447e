import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { TextField } from '../../components/Field.tsx';
import { Segments } from '../../components/Tabs.tsx';
import { type Keeping, keepSecrets, vaultState } from '../../data/kept-secrets.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';

const KEEPINGS = ['session', 'browser', 'passphrase'] as const satisfies readonly Keeping[];
const LEAST_LETTERS = 8;

export interface VaultDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Chooses where the keys of connections are kept, and moves them there. */
export function VaultDialog({ open, onClose }: VaultDialogProps) {
  const { vault: words } = useMessages().connections;
  return (
    <Dialog open={open} onClose={onClose} title={words.title}>
      <VaultForm onClose={onClose} />
    </Dialog>
  );
}

function VaultForm({ onClose }: { readonly onClose: () => void }) {
  const { connections, common } = useMessages();
  const { vault: words } = connections;
  const [keeping, setKeeping] = useState<Keeping>(useStore(vaultState)?.keeping ?? 'session');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [error, setError] = useState<unknown>();
  const isShort = passphrase.length < LEAST_LETTERS;
  const isWhole = keeping !== 'passphrase' || (!isShort && passphrase === again);
  const keep = async () => {
    try {
      await keepSecrets(keeping, passphrase);
      onClose();
    } catch (failure) {
      setError(failure);
    }
  };
  const hidden = { type: 'password', autoComplete: 'new-password' } as const;
  return (
    <form
      className="dialog-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) void keep();
      }}
    >
      <Segments
        label={words.title}
        items={KEEPINGS.map((id) => ({ id, label: words.keepings[id] }))}
        value={keeping}
        onChange={setKeeping}
      />
      <p className="dialog-text">{words.texts[keeping]}</p>
      {keeping === 'passphrase' && (
        <>
          <TextField
            {...hidden}
            label={words.passphrase}
            value={passphrase}
            onChange={setPassphrase}
            problem={passphrase !== '' && isShort ? words.tooShort : undefined}
          />
          <TextField
            {...hidden}
            label={words.repeat}
            value={again}
            onChange={setAgain}
            problem={again !== '' && again !== passphrase ? words.differs : undefined}
          />
        </>
      )}
      {error !== undefined && <ErrorCard error={error} />}
      <div className="dialog-foot">
        <Button onClick={onClose}>{common.cancel}</Button>
        <Button type="submit" look="primary" disabled={!isWhole}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}
