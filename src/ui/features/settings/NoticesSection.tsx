import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { useMessages } from '../../lib/messages/messages.ts';
import { SettingsSection } from './SettingsSection.tsx';

/** Whether the system may tell of runs that end while the tab is hidden. */
export function NoticesSection() {
  const { notices: words } = useMessages().settings;
  const [permission, setPermission] = useState(globalThis.Notification?.permission);
  if (permission === undefined) return null;
  const ask = async () => setPermission(await Notification.requestPermission());
  return (
    <SettingsSection title={words.title}>
      <p className="faint small">{words.about}</p>
      {permission === 'default' && (
        <div>
          <Button onClick={() => void ask()}>{words.allow}</Button>
        </div>
      )}
      {permission !== 'default' && <p>{permission === 'granted' ? words.allowed : words.denied}</p>}
    </SettingsSection>
  );
}
