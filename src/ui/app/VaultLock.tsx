import { Lock, LockOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, IconButton } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { DialogForm } from '../components/DialogForm.tsx';
import { TextField } from '../components/Field.tsx';
import { lockVault, unlockVault, vaultState } from '../data/kept-secrets.ts';
import { useMessages } from '../lib/messages/messages.ts';
import { useStore } from '../lib/store.ts';

/** Behind a passphrase, the vault is unlocked and locked here; a page that begins locked asks at once. */
export function VaultLock() {
  const { vault: words } = useMessages().connections;
  const vault = useStore(vaultState);
  const [isAsking, setAsking] = useState(false);
  const [hasAsked, setAsked] = useState(false);
  const wantsToAsk = vault?.isLocked === true && vault.count > 0 && !hasAsked;
  useEffect(() => {
    if (!vault || hasAsked) return;
    setAsked(true);
    setAsking(wantsToAsk);
  }, [vault, hasAsked, wantsToAsk]);
  if (vault?.keeping !== 'passphrase') return null;
  if (!vault.isLocked) return <IconButton icon={LockOpen} label={words.lock} onClick={lockVault} />;
  return (
    <>
      <Button size="s" icon={Lock} title={words.unlock} onClick={() => setAsking(true)}>
        {words.locked}
      </Button>
      <Dialog open={isAsking} onClose={() => setAsking(false)} title={words.unlock} description={words.unlockText}>
        <UnlockForm onClose={() => setAsking(false)} />
      </Dialog>
    </>
  );
}

function UnlockForm({ onClose }: { readonly onClose: () => void }) {
  const { vault: words } = useMessages().connections;
  const [passphrase, setPassphrase] = useState('');
  const [isWrong, setWrong] = useState(false);
  const unlock = async () => {
    const isRight = await unlockVault(passphrase);
    setWrong(!isRight);
    if (isRight) onClose();
  };
  return (
    <DialogForm
      action={words.unlockAction}
      keep={words.later}
      isReady={passphrase !== ''}
      onClose={onClose}
      onSubmit={unlock}
    >
      <TextField
        label={words.passphrase}
        type="password"
        autoComplete="current-password"
        value={passphrase}
        onChange={(text) => {
          setPassphrase(text);
          setWrong(false);
        }}
        problem={isWrong ? words.wrong : undefined}
      />
    </DialogForm>
  );
}
