import { useState } from 'react';
import { Dialog } from '../../components/Dialog.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
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
  const { vault: words } = useMessages().connections;
  const [keeping, setKeeping] = useState<Keeping>(useStore(vaultState)?.keeping ?? 'session');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const isShort = passphrase.length < LEAST_LETTERS;
  const isWhole = keeping !== 'passphrase' || (!isShort && passphrase === again);
  const keep = async () => {
    await keepSecrets(keeping, passphrase);
    onClose();
  };
  const hidden = { type: 'password', autoComplete: 'new-password' } as const;
  return (
    <DialogForm action={words.save} isReady={isWhole} onClose={onClose} onSubmit={keep}>
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
    </DialogForm>
  );
}
