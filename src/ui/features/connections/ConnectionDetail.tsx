import { KeyRound, Pencil, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { toSqlError } from '../../../engine/index.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { Facts } from '../../components/Facts.tsx';
import { PaneHead } from '../../components/frame/Place.tsx';
import { type ConnectionInfo, dropStatement } from '../../data/connections.ts';
import { execute } from '../../data/statements.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { showRoute } from '../../lib/router.ts';
import { toast } from '../../lib/toasts.ts';
import { hostOf, SecretsChip } from './ConnectionList.tsx';
import { ConnectionTest } from './ConnectionTest.tsx';

export interface ConnectionDetailProps {
  readonly connection: ConnectionInfo;
  readonly onEdit: () => void;
  readonly onClose: () => void;
}

/** What a connection says, whether it works, and the stages that rest on it. */
export function ConnectionDetail({ connection, onEdit, onClose }: ConnectionDetailProps) {
  const { connections: words } = useMessages();
  const { name, secretsState } = connection;
  const isMissing = secretsState === 'missing';
  return (
    <>
      <PaneHead title={<span className="cut">{name}</span>}>
        <IconButton icon={X} size="s" label={words.close} onClick={onClose} />
      </PaneHead>
      <div className="connection-detail">
        <p className={isMissing || secretsState === 'locked' ? 'connection-notice' : 'faint small'}>
          {words.secretTexts[secretsState]}
        </p>
        <div className="connection-actions">
          <Button
            size="s"
            look={isMissing ? 'primary' : undefined}
            icon={isMissing ? KeyRound : Pencil}
            onClick={onEdit}
          >
            {isMissing ? words.enterKeys : words.edit}
          </Button>
          <DropConnection connection={connection} onDropped={onClose} />
        </div>
        <Facts facts={factsOf(connection, words)} />
        <UsedBy stages={connection.usedBy} />
        <ConnectionTest connection={connection} />
      </div>
    </>
  );
}

function factsOf(connection: ConnectionInfo, words: Messages['connections']) {
  const { storageType, parameters, secrets, createdAt, secretsState } = connection;
  const isVirtualHost = parameters['enable_virtual_host_style'] === 'true';
  return [
    [words.facts.type, storageType],
    [words.facts.endpoint, <span key="endpoint">{hostOf(connection) ?? words.amazon}</span>],
    [words.facts.region, parameters['region'] ?? '–'],
    [words.facts.style, isVirtualHost ? words.virtualHost : words.path],
    [
      words.facts.secrets,
      <span key="secrets" className="connection-secrets">
        {secrets.join(', ')} <SecretsChip state={secretsState} />
      </span>,
    ],
    [words.facts.created, format.minute(createdAt)],
  ] as const;
}

function UsedBy({ stages }: { readonly stages: readonly string[] }) {
  const { connections: words } = useMessages();
  return (
    <section aria-label={words.usedBy}>
      <h3 className="connection-label">{words.usedBy}</h3>
      {stages.length === 0 && <p className="faint small">{words.usedByNone}</p>}
      <ul className="connection-stages">
        {stages.map((stage) => (
          <li key={stage}>
            <a className="mono" href={showRoute({ place: 'stages', path: [stage] })}>
              @{stage}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface DropConnectionProps {
  readonly connection: ConnectionInfo;
  readonly onDropped: () => void;
}

/** One that stages rest on is dropped only after its name was typed. */
function DropConnection({ connection: { name, usedBy }, onDropped }: DropConnectionProps) {
  const { connections: words } = useMessages();
  const [isAsking, setAsking] = useState(false);
  const drop = async () => {
    try {
      await execute(dropStatement(name), { signal: new AbortController().signal });
      onDropped();
    } catch (error) {
      toast({ title: words.dropFailed(name), text: toSqlError(error).message, isFailure: true });
    }
  };
  return (
    <>
      <Button size="s" look="quiet" icon={Trash2} onClick={() => setAsking(true)}>
        {words.drop}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => void drop()}
        title={words.dropTitle(name)}
        description={words.dropText(usedBy.length, usedBy.map((stage) => `@${stage}`).join(', '))}
        action={words.drop}
        typed={usedBy.length === 0 ? undefined : name}
        sql={dropStatement(name)}
      />
    </>
  );
}
