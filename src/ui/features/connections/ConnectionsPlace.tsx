import './Connections.css';
import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plug, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState, Skeleton } from '../../components/Feedback.tsx';
import { Place } from '../../components/frame/Place.tsx';
import { Icon } from '../../components/Icon.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { type ConnectionInfo, connections } from '../../data/connections.ts';
import { engineState } from '../../data/engine.ts';
import { vaultState } from '../../data/kept-secrets.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { navigate, useRoute } from '../../lib/router.ts';
import { useStore } from '../../lib/store.ts';
import { ConnectionDetail } from './ConnectionDetail.tsx';
import { ConnectionDialog } from './ConnectionDialog.tsx';
import { ConnectionList } from './ConnectionList.tsx';
import { NotificationList } from './NotificationList.tsx';
import { VaultDialog } from './VaultDialog.tsx';

/** What is edited: a connection anew, one that is there, or none. */
type Editing = { readonly connection: ConnectionInfo | undefined } | undefined;

/** The keys of buckets: who uses them, whether they work, and where they are kept. */
export function ConnectionsPlace() {
  const { connections: words } = useMessages();
  const isReady = useStore(engineState).kind === 'Ready';
  const { data, error } = useQuery({ ...connections(), enabled: isReady });
  const [editing, setEditing] = useState<Editing>();
  const [chosen] = useRoute().path;
  const shown = data?.find(({ name }) => name === chosen);
  const choose = (name: string | undefined) =>
    navigate({ place: 'connections', path: name === undefined ? [] : [name] }, { replace: chosen !== undefined });
  return (
    <Place
      title={words.title}
      detail={
        shown && (
          <ConnectionDetail
            key={shown.name}
            connection={shown}
            onEdit={() => setEditing({ connection: shown })}
            onClose={() => choose(undefined)}
          />
        )
      }
      detailLabel={words.detail}
    >
      <ConnectionsHead isReady={isReady} onCreate={() => setEditing({ connection: undefined })} />
      {error && <ErrorCard error={error} />}
      {!data && !error && <Skeleton lines={6} />}
      {data && (
        <ConnectionList
          connections={data}
          chosen={chosen}
          onChoose={choose}
          empty={<EmptyState actions={<SqlBox sql={words.noneSql} />}>{words.none}</EmptyState>}
        />
      )}
      <NotificationList isReady={isReady} />
      <ConnectionDialog
        open={editing !== undefined}
        connection={editing?.connection}
        onClose={() => setEditing(undefined)}
        onDone={choose}
      />
    </Place>
  );
}

interface ConnectionsHeadProps {
  readonly isReady: boolean;
  readonly onCreate: () => void;
}

function ConnectionsHead({ isReady, onCreate }: ConnectionsHeadProps) {
  const { connections: words } = useMessages();
  const [isKeeping, setKeeping] = useState(false);
  const vault = useStore(vaultState);
  return (
    <header className="place-head">
      <Icon of={Plug} />
      <h2>{words.title}</h2>
      <span className="grow" />
      {vault && (
        <Button size="s" icon={KeyRound} title={words.vault.title} onClick={() => setKeeping(true)}>
          {words.vault.kept[vault.keeping]}
        </Button>
      )}
      <Button size="s" look="primary" icon={Plus} disabled={!isReady} onClick={onCreate}>
        {words.create}
      </Button>
      <VaultDialog open={isKeeping} onClose={() => setKeeping(false)} />
    </header>
  );
}
