import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button, IconButton } from '../../components/Button.tsx';
import { Select, TextField } from '../../components/Field.tsx';
import { originOf, reach } from '../../data/network.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';
import { SettingsSection } from './SettingsSection.tsx';

/** Whom statements may ask on the network. */
export function NetworkSection() {
  const { network: words } = useMessages().settings;
  const current = useStore(reach);
  return (
    <SettingsSection title={words.title}>
      <p className="faint small">{words.about}</p>
      <Select
        label={words.who}
        value={current.isLimited ? 'listed' : 'anyone'}
        onChange={(value) => reach.set({ ...current, isLimited: value === 'listed' })}
        options={[
          { value: 'anyone', label: words.anyone },
          { value: 'listed', label: words.listed },
        ]}
      />
      {current.isLimited && <Origins origins={current.origins} />}
    </SettingsSection>
  );
}

function Origins({ origins }: { readonly origins: readonly string[] }) {
  const { network: words } = useMessages().settings;
  const keep = (next: readonly string[]) => reach.set({ isLimited: true, origins: next });
  return (
    <>
      <ul className="origins" aria-label={words.addresses}>
        {origins.length === 0 && <li className="faint small">{words.none}</li>}
        {origins.map((origin) => (
          <li key={origin}>
            <code className="grow cut">{origin}</code>
            <IconButton
              icon={X}
              size="s"
              label={words.remove(origin)}
              onClick={() => keep(origins.filter((other) => other !== origin))}
            />
          </li>
        ))}
      </ul>
      <AddOrigin onAdd={(origin) => keep([...new Set([...origins, origin])])} />
    </>
  );
}

function AddOrigin({ onAdd }: { readonly onAdd: (origin: string) => void }) {
  const { network: words } = useMessages().settings;
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const add = (event: FormEvent) => {
    event.preventDefault();
    const origin = originOf(text);
    setWrong(origin === undefined);
    if (origin === undefined) return;
    onAdd(origin);
    setText('');
  };
  return (
    <form className="origin-add" onSubmit={add}>
      <TextField
        label={words.add}
        value={text}
        onChange={setText}
        placeholder={words.placeholder}
        problem={isWrong ? words.wrong : undefined}
        isMono
        spellCheck={false}
      />
      <Button type="submit" disabled={text.trim() === ''}>
        {words.add}
      </Button>
    </form>
  );
}
