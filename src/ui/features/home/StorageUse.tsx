import { useQuery } from '@tanstack/react-query';
import { Button } from '../../components/Button.tsx';
import { Meter } from '../../components/Feedback.tsx';
import { engineState } from '../../data/engine.ts';
import { storageInfo } from '../../data/storage.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';

/** How much this browser keeps, whether it may clear that, and the way to ask it not to. */
export function StorageUse() {
  const { storage: words } = useMessages().settings;
  const isReady = useStore(engineState).kind === 'Ready';
  const { data, refetch } = useQuery({ ...storageInfo(), enabled: isReady });
  if (!data) return null;
  const persist = async () => {
    await navigator.storage.persist();
    await refetch();
  };
  return (
    <>
      <Meter share={data.quotaBytes > 0 ? data.usedBytes / data.quotaBytes : 0} />
      <p className="faint small">
        {words.used(format.bytes(data.usedBytes), format.bytes(data.quotaBytes), data.persisted)}
      </p>
      {!data.persisted && (
        <div>
          <Button onClick={() => void persist()}>{words.persist}</Button>
        </div>
      )}
    </>
  );
}
