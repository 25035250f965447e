import { useQuery } from '@tanstack/react-query';
import { CircleX, SquareTerminal, Trash2, Waves } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { Icon } from '../../components/Icon.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { Subtabs } from '../../components/Tabs.tsx';
import { tableText } from '../../data/catalog.ts';
import { showSql } from '../../data/open-files.ts';
import { attempt, execute } from '../../data/statements.ts';
import { type Pending, pendingOf, pendingTotal, type Stream, streamDefinition } from '../../data/streams.ts';
import { announce } from '../../lib/announce.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { ConsumePane } from './ConsumePane.tsx';
import { PeekView } from './PeekView.tsx';
import { PendingBar } from './PendingBar.tsx';
import { StreamHistory } from './StreamHistory.tsx';
import { againStatement, dropStatement } from './stream-statements.ts';

type View = 'peek' | 'definition' | 'history';

/** One stream: what is pending, what it was made with, and a statement that takes what is pending. */
export function StreamDetail({ stream }: { readonly stream: Stream }) {
  const { streams: words } = useMessages();
  const [view, setView] = useState<View>('peek');
  const { data: pending, error } = useQuery(pendingOf(stream));
  const isValid = stream.invalidReason === '';
  const shown = isValid || view !== 'peek' ? view : 'definition';
  return (
    <section className="stream-detail" aria-label={stream.name}>
      <DetailHead stream={stream} pending={isValid ? pending : undefined} />
      {!isValid && <InvalidNote stream={stream} />}
      {pending && isValid && <PendingBar pending={pending} />}
      {error && <ErrorCard error={error} />}
      <Subtabs
        label={words.views}
        items={[
          ...(isValid ? [{ id: 'peek', label: words.peek } as const] : []),
          { id: 'definition', label: words.definition },
          { id: 'history', label: words.history },
        ]}
        value={shown}
        onChange={setView}
      >
        {shown === 'peek' && (pending ? <PeekView stream={stream} pending={pending} /> : <Skeleton lines={6} />)}
        {shown === 'definition' && <Definition stream={stream} />}
        {shown === 'history' && <StreamHistory stream={stream} />}
      </Subtabs>
      {pending && isValid && <ConsumePane stream={stream} pending={pendingTotal(pending)} />}
    </section>
  );
}

interface DetailHeadProps {
  readonly stream: Stream;
  readonly pending: Pending | undefined;
}

function DetailHead({ stream, pending }: DetailHeadProps) {
  const { streams: words } = useMessages();
  return (
    <header className="place-head">
      <Icon of={Waves} />
      <h2 className="cut">{stream.name}</h2>
      {pending && <PendingText pending={pending} />}
      <span className="grow" />
      <Button
        size="s"
        icon={SquareTerminal}
        onClick={() => showSql(stream.name, `SELECT *\nFROM ${tableText(stream)}\nLIMIT 100;`)}
      >
        {words.query}
      </Button>
      <DropButton stream={stream} />
    </header>
  );
}

function PendingText({ pending }: { readonly pending: Pending }) {
  const { streams: words } = useMessages();
  const total = pendingTotal(pending);
  if (total === 0) return <span className="faint">{words.nothingPending}</span>;
  const { inserts, updates, deletes } = pending;
  return (
    <span className="pending-text">
      <b>{words.pending(format.integer(total))}</b>
      {words.counted(format.integer(inserts), format.integer(updates), format.integer(deletes))}
    </span>
  );
}

function InvalidNote({ stream }: { readonly stream: Stream }) {
  const { streams: words } = useMessages();
  return (
    <p className="stream-invalid" role="alert">
      <Icon of={CircleX} />
      {words.invalid(stream.name, stream.invalidReason)}
      <Button size="s" look="quiet" onClick={() => showSql(stream.name, againStatement(stream))}>
        {words.again}
      </Button>
    </p>
  );
}

function Definition({ stream }: { readonly stream: Stream }) {
  const { data, error } = useQuery(streamDefinition(stream));
  if (error) return <ErrorCard error={error} />;
  if (data === undefined) return <Skeleton lines={2} />;
  return <SqlBox sql={data} className="stream-sql" />;
}

function DropButton({ stream }: { readonly stream: Stream }) {
  const { streams: words } = useMessages();
  const [isAsking, setAsking] = useState(false);
  const sql = dropStatement(stream);
  const drop = async () => {
    const done = await attempt(words.dropFailed(stream.name), (signal) => execute(sql, { signal }));
    if (done) announce(words.dropped(stream.name));
  };
  return (
    <>
      <Button size="s" icon={Trash2} onClick={() => setAsking(true)}>
        {words.drop}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => void drop()}
        title={words.dropTitle(stream.name)}
        description={words.dropText}
        action={words.drop}
        typed={stream.name}
        sql={sql}
      />
    </>
  );
}
