import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { Meter } from '../../components/Feedback.tsx';
import { Icon } from '../../components/Icon.tsx';
import { engineState } from '../../data/engine.ts';
import { storageInfo } from '../../data/storage.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';

/** Where everything is, how much room it takes, and what leaves the browser: nothing. */
export function KeptCard() {
  const { kept: words } = useMessages().home;
  const isReady = useStore(engineState).kind === 'Ready';
  const { data, refetch } = useQuery({ ...storageInfo(), enabled: isReady });
  const persist = async () => {
    await navigator.storage.persist();
    await refetch();
  };
  return (
    <section className="home-card" aria-labelledby="home-kept">
      <h2 id="home-kept">
        <Icon of={ShieldCheck} />
        {words.title}
      </h2>
      <dl className="home-kept">
        <dt>{words.tables}</dt>
        <dd>{words.tablesWhere}</dd>
        <dt>{words.worksheets}</dt>
        <dd>{words.worksheetsWhere}</dd>
        <dt>{words.network}</dt>
        <dd>{words.networkWhere}</dd>
      </dl>
      {data && (
        <div className="home-card-foot">
          <Meter share={data.quotaBytes > 0 ? data.usedBytes / data.quotaBytes : 0} />
          <p className="faint small">
            {words.used(format.bytes(data.usedBytes), format.bytes(data.quotaBytes))}{' '}
            {data.persisted ? words.persisted : words.notPersisted}
          </p>
          {!data.persisted && (
            <div className="home-actions">
              <Button onClick={() => void persist()}>{words.persist}</Button>
            </div>
          )}
        </div>
      )}
    </section>
  );
}
