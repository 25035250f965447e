import './StatusLine.css';
import { useQuery } from '@tanstack/react-query';
import { HardDrive, Wifi } from 'lucide-react';
import { StatusItem } from '../components/frame/StatusItems.tsx';
import { statusSlot } from '../components/frame/status-slot.ts';
import { Icon } from '../components/Icon.tsx';
import { Menu } from '../components/Menu.tsx';
import { engineState } from '../data/engine.ts';
import { traffic } from '../data/network.ts';
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
      <NetworkItem />
      <StatusItem title={status.timezone}>{Intl.DateTimeFormat().resolvedOptions().timeZone}</StatusItem>
      {state.kind === 'Ready' && <StatusItem>{status.version(state.info.version)}</StatusItem>}
    </footer>
  );
}

/** What came over the network, from whom: nothing, unless a statement names an address. */
function NetworkItem() {
  const { status } = useMessages();
  const seen = useStore(traffic);
  const bytes = [...seen.values()].reduce((sum, count) => sum + count, 0);
  const origins = [...seen].map(([origin, count]) => status.from(origin, format.bytes(count)));
  return (
    <Menu
      label={status.networkTitle}
      align="end"
      trigger={
        <button type="button" className="status-item status-button" title={status.networkTitle}>
          <Icon of={Wifi} size="s" />
          {status.network(format.bytes(bytes))}
        </button>
      }
      entries={(origins.length > 0 ? origins : [status.networkNone]).map((label) => ({ kind: 'Title', label }))}
    />
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
