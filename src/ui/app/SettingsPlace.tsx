import { useState } from 'react';
import { Button } from '../components/Button.tsx';
import { Place } from '../components/frame/Place.tsx';
import { engineState } from '../data/engine.ts';
import { vaultState } from '../data/kept-secrets.ts';
import { startRun } from '../data/runs.ts';
import { newWorksheet } from '../data/worksheets.ts';
import { VaultDialog } from '../features/connections/VaultDialog.tsx';
import { StorageUse } from '../features/home/StorageUse.tsx';
import { LookSection } from '../features/settings/LookSection.tsx';
import { NetworkSection } from '../features/settings/NetworkSection.tsx';
import { NoticesSection } from '../features/settings/NoticesSection.tsx';
import { ReadingSection } from '../features/settings/ReadingSection.tsx';
import { SettingsSection } from '../features/settings/SettingsSection.tsx';
import { WorkspaceSection } from '../features/settings/WorkspaceSection.tsx';
import { useMessages } from '../lib/messages/messages.ts';
import { navigate } from '../lib/router.ts';
import { useStore } from '../lib/store.ts';

/** How the console looks and speaks, what it keeps, and the way to the engine's own settings. */
export function SettingsPlace() {
  const { settings: words } = useMessages();
  return (
    <Place title={words.title}>
      <div className="settings">
        <LookSection />
        <SettingsSection title={words.storage.title}>
          <StorageUse />
        </SettingsSection>
        <WorkspaceSection />
        <ReadingSection />
        <NoticesSection />
        <KeysSection />
        <NetworkSection />
        <EngineSection />
      </div>
    </Place>
  );
}

function KeysSection() {
  const { connections, settings } = useMessages();
  const { vault: words } = connections;
  const vault = useStore(vaultState);
  const [isKeeping, setKeeping] = useState(false);
  if (!vault) return null;
  return (
    <SettingsSection title={words.title}>
      <p className="faint small">{words.texts[vault.keeping]}</p>
      <div>
        <Button onClick={() => setKeeping(true)}>{settings.keys}</Button>
      </div>
      <VaultDialog open={isKeeping} onClose={() => setKeeping(false)} />
    </SettingsSection>
  );
}

const SHOW_SETTINGS = 'SHOW SETTINGS;\n';

function EngineSection() {
  const { engine: words } = useMessages().settings;
  const state = useStore(engineState);
  const show = async () => {
    const sheet = newWorksheet(words.worksheet, SHOW_SETTINGS);
    navigate({ place: 'worksheets' });
    const span = { start: 0, end: SHOW_SETTINGS.length };
    await startRun(sheet.id, { text: SHOW_SETTINGS, span, continueOnError: false });
  };
  return (
    <SettingsSection title={words.title}>
      <p className="faint small">{words.about}</p>
      <div>
        <Button disabled={state.kind !== 'Ready'} onClick={() => void show()}>
          {words.show}
        </Button>
      </div>
    </SettingsSection>
  );
}
