import './StatusLine.css';
import { useQuery } from '@tanstack/react-query';
import { HardDrive } from 'lucide-react';
import { StatusItem } from '../components/frame/StatusItems.tsx';
import { statusSlot } from '../components/frame/status-slot.ts';
import { Icon } from '../components/Icon.tsx';
import { engineState } from '../data/engine.ts';
import { storageInfo } from '../data/storage.ts';
import { format } from '../lib/format.ts';
import { pendingKeys } from '../lib/hotkeys/dispatch.ts';
import { platform, showKeys } from '../lib/hotkeys/keys.ts';
import { useMessages } from '../lib/messages/messages.ts';
import { useStore } from '../lib/store.ts';

/** What the place says at the left; storage, time zone and version at the right. */
export function StatusLine() {
  const { status } = useMessages();
  const state = useStore(engineState);
  const pending = useStore(pendingKeys);
  return (
    <footer className="status">
      <div className="status-part" ref={statusSlot.set} />
      {pending && <StatusItem>{status.pendingKeys(showKeys(pending, platform()).join(' '))}</StatusItem>}
      <span className="grow" />
      {state.kind === 'Ready' && <StorageItem />}
      <StatusItem title={status.timezone}>{Intl.DateTimeFormat().resolvedOptions().timeZone}</StatusItem>
      {state.kind === 'Ready' && <StatusItem>{status.version(state.info.version)}</StatusItem>}
    </footer>
  );
}

function StorageItem() {
  const { status } = useMessages();
  const { data } = useQuery(storageInfo());
  if (!data) return null;
  return (
    <StatusItem title={status.storageTitle}>
      <Icon of={HardDrive} size="s" />
      {status.storage(format.bytes(data.usedBytes), format.bytes(data.quotaBytes))}
    </StatusItem>
  );
}
