import { Plug } from 'lucide-react';
import type { ReactNode } from 'react';
import { Chip } from '../../components/Chip.tsx';
import { Icon } from '../../components/Icon.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import type { ConnectionInfo, SecretsState } from '../../data/connections.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';

export interface ConnectionListProps {
  readonly connections: readonly ConnectionInfo[];
  readonly chosen: string | undefined;
  readonly onChoose: (name: string) => void;
  readonly empty: ReactNode;
}

export function ConnectionList({ connections, chosen, onChoose, empty }: ConnectionListProps) {
  const { connections: words } = useMessages();
  return (
    <RowTable
      label={words.list}
      columns={columnsOf(words)}
      rows={connections}
      keyOf={({ name }) => name}
      selected={chosen}
      onSelect={({ name }) => onChoose(name)}
      empty={empty}
    />
  );
}

function columnsOf(words: Messages['connections']): readonly RowTableColumn<ConnectionInfo>[] {
  return [
    {
      ...{ id: 'name', head: words.columns.name, width: 'minmax(140px, 1fr)' },
      show: ({ name }) => (
        <>
          <Icon of={Plug} />
          <span className="cut">{name}</span>
        </>
      ),
      compare: (a, b) => a.name.localeCompare(b.name),
    },
    {
      ...{ id: 'type', head: words.columns.type, width: '80px' },
      show: ({ storageType }) => storageType,
    },
    {
      ...{ id: 'place', head: words.columns.place, width: 'minmax(160px, 1.4fr)' },
      show: (connection) => <span className="mono cut">{hostOf(connection) ?? words.amazon}</span>,
    },
    {
      ...{ id: 'secrets', head: words.columns.secrets, width: '90px' },
      show: ({ secretsState }) => <SecretsChip state={secretsState} />,
    },
    {
      ...{ id: 'usedBy', head: words.columns.usedBy, width: '90px' },
      show: ({ usedBy }) => (
        <span className="faint">
          {usedBy.length === 0 ? words.unused : words.stages(format.integer(usedBy.length), usedBy.length === 1)}
        </span>
      ),
      compare: (a, b) => a.usedBy.length - b.usedBy.length,
    },
    {
      ...{ id: 'created', head: words.columns.created, width: '120px' },
      show: ({ createdAt }) => <span className="faint num">{format.minute(createdAt)}</span>,
      compare: (a, b) => a.createdAt.getTime() - b.createdAt.getTime(),
    },
  ];
}

const TONES = { here: 'ok', missing: 'warn', locked: 'warn', none: undefined } as const;

export function SecretsChip({ state }: { readonly state: SecretsState }) {
  const { secretStates } = useMessages().connections;
  return <Chip tone={TONES[state]}>{secretStates[state]}</Chip>;
}

/** The host of an endpoint; undefined where none is said. */
export function hostOf({ parameters }: ConnectionInfo): string | undefined {
  return parameters['endpoint_url']?.replace(/^https?:\/\//, '');
}
