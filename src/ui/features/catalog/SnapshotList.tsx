import { useQuery } from '@tanstack/react-query';
import { GitCompare, RotateCcw, SquareTerminal, Waves } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState, Skeleton } from '../../components/Feedback.tsx';
import type { MenuEntry } from '../../components/Menu.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import type { Table } from '../../data/catalog.ts';
import { showSql } from '../../data/open-files.ts';
import { attempt, execute } from '../../data/statements.ts';
import {
  asOfStatement,
  compareStatement,
  restoreStatement,
  type Snapshot,
  snapshots,
  streamStatement,
} from '../../data/table-facts.ts';
import { announce } from '../../lib/announce.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';

type Words = Messages['catalog']['snapshots'];

/** What the table was after each commit; the chosen one can be queried, compared with today, streamed from or restored. */
export function SnapshotList({ table }: { readonly table: Table }) {
  const { snapshots: words } = useMessages().catalog;
  const { data, error } = useQuery(snapshots(table));
  const [chosenId, setChosen] = useState<string>();
  const [asked, setAsked] = useState<Snapshot>();
  if (error) return <ErrorCard error={error} />;
  if (!data) return <Skeleton lines={4} />;
  const [current] = data;
  const chosen = data.find(({ id }) => id === chosenId) ?? current;
  const actions = (snapshot: Snapshot) => actionsOf({ table, snapshot, current, words, ask: setAsked });
  return (
    <>
      <div className="toolbar">
        {chosen &&
          actions(chosen).map(({ label, icon, isDisabled, run }) => (
            <Button key={label} size="s" icon={icon} disabled={isDisabled} onClick={run}>
              {label}
            </Button>
          ))}
        <span className="grow" />
        <span className="faint num small">{words.count(format.integer(data.length), data.length === 1)}</span>
      </div>
      <RowTable
        label={words.listOf(table.name)}
        columns={snapshotHeads(words, current)}
        rows={data}
        keyOf={({ id }) => id}
        selected={chosen?.id}
        onSelect={({ id }) => setChosen(id)}
        entries={(snapshot) => actions(snapshot).map((action): MenuEntry => ({ kind: 'Action', ...action }))}
        empty={<EmptyState>{words.none}</EmptyState>}
      />
      {asked && <RestoreDialog {...{ table, current }} snapshot={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

interface ActionsRequest {
  readonly table: Table;
  readonly snapshot: Snapshot;
  readonly current: Snapshot | undefined;
  readonly words: Words;
  readonly ask: (snapshot: Snapshot) => void;
}

function actionsOf({ table, snapshot, current, words, ask }: ActionsRequest) {
  const isCurrent = snapshot.id === current?.id;
  const title = words.worksheet(table.name, snapshot.time.slice(0, 19));
  return [
    {
      label: words.query,
      icon: SquareTerminal,
      isDisabled: false,
      run: () => showSql(title, asOfStatement(table, snapshot)),
    },
    {
      ...{ label: words.compare, icon: GitCompare, isDisabled: isCurrent },
      run: () => current && showSql(title, compareStatement(table, current, snapshot)),
    },
    {
      label: words.stream,
      icon: Waves,
      isDisabled: false,
      run: () => showSql(title, streamStatement(table, snapshot)),
    },
    { label: words.restore, icon: RotateCcw, isDisabled: isCurrent, run: () => ask(snapshot) },
  ];
}

interface RestoreDialogProps {
  readonly table: Table;
  readonly snapshot: Snapshot;
  readonly current: Snapshot | undefined;
  readonly onClose: () => void;
}

function RestoreDialog({ table, snapshot, current, onClose }: RestoreDialogProps) {
  const { snapshots: words } = useMessages().catalog;
  const sql = restoreStatement(table, snapshot);
  const restore = async () => {
    const done = await attempt(words.restoreFailed(table.name), (signal) => execute(sql, { signal }));
    if (done) announce(words.restored(table.name));
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => void restore()}
      title={words.restoreTitle(table.name, snapshot.time.slice(0, 19))}
      description={words.restoreText(format.integer(current?.rows ?? 0), format.integer(snapshot.rows))}
      action={words.restoreAction}
      sql={sql}
    />
  );
}

function snapshotHeads(words: Words, current: Snapshot | undefined): readonly RowTableColumn<Snapshot>[] {
  return [
    {
      ...{ id: 'time', head: words.time, width: 'minmax(190px, 0.8fr)' },
      show: ({ id, time }) => (
        <>
          <span className="num">{time.slice(0, 23)}</span>
          {id === current?.id && <Chip tone="accent">{words.current}</Chip>}
        </>
      ),
    },
    { id: 'rows', head: words.rows, width: '100px', isEnd: true, show: ({ rows }) => format.integer(rows) },
    { id: 'change', head: words.change, width: '100px', isEnd: true, show: ({ change }) => <Change change={change} /> },
    { id: 'blocks', head: words.blocks, width: '72px', isEnd: true, show: ({ blocks }) => format.integer(blocks) },
    { id: 'bytes', head: words.size, width: '90px', isEnd: true, show: ({ bytes }) => format.bytes(bytes) },
    {
      ...{ id: 'id', head: words.id, width: 'minmax(120px, 1fr)' },
      show: ({ id }) => (
        <span className="mono faint cut" title={id}>
          {id}
        </span>
      ),
    },
  ];
}

function Change({ change }: { readonly change: number | undefined }) {
  if (change === undefined || change === 0) return <span className="faint">{change === 0 ? '±0' : ''}</span>;
  return (
    <span className={change > 0 ? 'ok' : 'err'}>{`${change > 0 ? '+' : '−'}${format.integer(Math.abs(change))}`}</span>
  );
}
