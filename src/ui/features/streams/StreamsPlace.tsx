import './Streams.css';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState, Skeleton } from '../../components/Feedback.tsx';
import { Place } from '../../components/frame/Place.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { engineState } from '../../data/engine.ts';
import { type Stream, streams } from '../../data/streams.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { navigate, useRoute } from '../../lib/router.ts';
import { useStore } from '../../lib/store.ts';
import { CreateStreamDialog } from './CreateStreamDialog.tsx';
import { CHANGE_KINDS } from './PendingBar.tsx';
import { StreamDetail } from './StreamDetail.tsx';
import { StreamList, streamId } from './StreamList.tsx';

/** Streams: what each table changed since it was last read, and the statement that reads on. */
export function StreamsPlace() {
  const { streams: words } = useMessages();
  const isReady = useStore(engineState).kind === 'Ready';
  const { data, error } = useQuery({ ...streams(), enabled: isReady });
  const [isCreating, setCreating] = useState(false);
  return (
    <Place title={words.title}>
      <StreamsHead all={data ?? []} onCreate={() => setCreating(true)} />
      {error && <ErrorCard error={error} />}
      {!data && !error && <Skeleton lines={6} />}
      {data?.length === 0 && <NoStreams onCreate={() => setCreating(true)} />}
      {data && data.length > 0 && <Streams all={data} />}
      <CreateStreamDialog open={isCreating} onClose={() => setCreating(false)} />
    </Place>
  );
}

interface StreamsHeadProps {
  readonly all: readonly Stream[];
  readonly onCreate: () => void;
}

function StreamsHead({ all, onCreate }: StreamsHeadProps) {
  const { streams: words } = useMessages();
  const invalid = all.filter(({ invalidReason }) => invalidReason !== '').length;
  return (
    <header className="place-head">
      <h2>{words.title}</h2>
      {all.length > 0 && (
        <span className="faint">{words.count(format.integer(all.length), all.length === 1, invalid)}</span>
      )}
      <span className="grow" />
      {all.length > 0 && (
        <ul className="streams-legend" aria-label={words.legend}>
          {CHANGE_KINDS.map((kind) => (
            <li key={kind}>
              <i className={kind} aria-hidden />
              {words.kinds[kind]}
            </li>
          ))}
        </ul>
      )}
      <Button size="s" icon={Plus} onClick={onCreate}>
        {words.newStream}
      </Button>
    </header>
  );
}

function NoStreams({ onCreate }: { readonly onCreate: () => void }) {
  const { streams: words } = useMessages();
  return (
    <EmptyState
      actions={
        <>
          <SqlBox sql={words.emptySql} />
          <Button look="primary" onClick={onCreate}>
            {words.newStream}
          </Button>
        </>
      }
    >
      {words.empty}
    </EmptyState>
  );
}

function Streams({ all }: { readonly all: readonly Stream[] }) {
  const { path } = useRoute();
  const named = all.find(({ database, name }) => database === path[0] && name === path[1]);
  const selected = named ?? all.find(({ hasData }) => hasData) ?? all[0];
  const select = ({ database, name }: Stream) =>
    navigate({ place: 'streams', path: [database, name] }, { replace: path.length > 0 });
  return (
    <div className="streams-work">
      <StreamList all={all} selected={selected} onSelect={select} />
      {selected && <StreamDetail key={streamId(selected)} stream={selected} />}
    </div>
  );
}
