import { Database, Eye, Table2 } from 'lucide-react';
import { EmptyState } from '../../components/Feedback.tsx';
import { Icon } from '../../components/Icon.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import type { Table } from '../../data/catalog.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { showRoute } from '../../lib/router.ts';

export interface DatabaseViewProps {
  readonly database: string;
  readonly tables: readonly Table[];
  readonly onOpen: (table: Table) => void;
}

/** The tables of a database with their rows and bytes. */
export function DatabaseView({ database, tables, onOpen }: DatabaseViewProps) {
  const { catalog: words } = useMessages();
  return (
    <section className="catalog-view" aria-label={words.tables(database)}>
      <header className="place-head">
        <Icon of={Database} />
        <h2>{database}</h2>
        <span className="faint num">{words.counts(format.integer(tables.length), tables.length === 1)}</span>
      </header>
      <RowTable
        label={words.tables(database)}
        columns={columnsOf(words)}
        rows={tables}
        keyOf={({ name }) => name}
        onOpen={onOpen}
        empty={<EmptyState actions={<FirstTable />}>{words.empty}</EmptyState>}
      />
    </section>
  );
}

function FirstTable() {
  const { catalog: words, commands } = useMessages();
  return (
    <>
      <a className="btn primary" href={showRoute({ place: 'home' })}>
        {commands.goHome}
      </a>
      <p className="faint">{words.emptyHint}</p>
      <SqlBox sql={words.emptySql} />
    </>
  );
}

function columnsOf({ head, kinds }: Messages['catalog']): readonly RowTableColumn<Table>[] {
  return [
    {
      ...{ id: 'name', head: head.name, width: 'minmax(160px, 1fr)' },
      show: ({ name, kind }) => (
        <>
          <Icon of={kind === 'View' ? Eye : Table2} />
          <span className="cut">{name}</span>
        </>
      ),
      compare: (a, b) => a.name.localeCompare(b.name),
    },
    {
      ...{ id: 'kind', head: head.kind, width: '90px' },
      show: ({ kind }) => <span className="faint">{kinds[kind]}</span>,
      compare: (a, b) => a.kind.localeCompare(b.kind),
    },
    {
      ...{ id: 'engine', head: head.engine, width: '110px' },
      show: ({ engine }) => <span className="faint">{engine}</span>,
    },
    {
      ...{ id: 'rows', head: head.rows, width: '96px', isEnd: true },
      show: ({ rows }) => rows !== undefined && format.integer(rows),
      compare: (a, b) => (a.rows ?? 0) - (b.rows ?? 0),
    },
    {
      ...{ id: 'size', head: head.size, width: '96px', isEnd: true },
      show: ({ size }) => size !== undefined && format.bytes(size),
      compare: (a, b) => (a.size ?? 0) - (b.size ?? 0),
    },
    {
      ...{ id: 'created', head: head.created, width: '130px' },
      show: ({ createdOn }) => <span className="faint num">{createdOn?.slice(0, 16)}</span>,
      compare: (a, b) => (a.createdOn ?? '').localeCompare(b.createdOn ?? ''),
    },
  ];
}
