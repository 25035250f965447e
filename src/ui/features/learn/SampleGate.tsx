import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { engineState } from '../../data/engine.ts';
import { hasSampleTables, loadSample, sampleIndex, sampleLoad } from '../../data/sample.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';

/** While the tables that the lessons work on are missing: the way to get them. */
export function SampleGate() {
  const { sample: words } = useMessages().learn;
  const isReady = useStore(engineState).kind === 'Ready';
  const load = useStore(sampleLoad);
  const { data: sample } = useQuery(sampleIndex());
  const { data: isThere } = useQuery({ ...hasSampleTables(), enabled: isReady });
  if (!sample || isThere !== false) return null;
  const count = format.integer;
  return (
    <div className="course-gate" role="status">
      {load.kind === 'Failed' && <ErrorCard error={load.error} />}
      <p>
        {load.kind === 'Loading'
          ? words.loading(count(Math.min(load.files + 1, sample.files.length)), count(sample.files.length))
          : words.missing}
      </p>
      <Button
        look="primary"
        icon={Download}
        disabled={load.kind === 'Loading'}
        onClick={() => void loadSample(sample, new AbortController().signal)}
      >
        {words.load}
      </Button>
    </div>
  );
}
