import { useQuery } from '@tanstack/react-query';
import { Check, Download, SquareTerminal, Table2, Zap } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Meter, Skeleton } from '../../components/Feedback.tsx';
import { Icon } from '../../components/Icon.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { engineState } from '../../data/engine.ts';
import {
  loadSample,
  openStarters,
  type Sample,
  type SampleLoad,
  sampleIndex,
  sampleLoad,
  sampleStatements,
  starterWorksheets,
} from '../../data/sample.ts';
import { SAMPLE_STAGE } from '../../data/sample-tables.ts';
import { stageFiles } from '../../data/stages.ts';
import { announce } from '../../lib/announce.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { navigate } from '../../lib/router.ts';
import { useStore } from '../../lib/store.ts';
import { sampleTables } from './sample-tables.ts';
import { inOurWords } from './starter-words.ts';

/** The bundled sample: what it is, and one button that copies it into a stage. */
export function SampleCard() {
  const { home } = useMessages();
  const { data: sample, error } = useQuery(sampleIndex());
  const [isShown, setShown] = useState(false);
  return (
    <section className="home-card" aria-labelledby="home-sample">
      <h2 id="home-sample">
        <Icon of={Zap} />
        {home.sample.title}
      </h2>
      {error && <ErrorCard error={error} />}
      {!sample && !error && <Skeleton lines={4} />}
      {sample && <SampleFacts sample={sample} />}
      {sample && <SampleActions sample={sample} onShow={() => setShown(true)} />}
      {sample && (
        <Dialog
          open={isShown}
          onClose={() => setShown(false)}
          title={home.sample.shown}
          description={home.sample.shownHint}
          className="wide"
        >
          <SqlBox sql={sampleStatements(sample)} className="home-sql" />
        </Dialog>
      )}
    </section>
  );
}

function SampleFacts({ sample }: { readonly sample: Sample }) {
  const { sample: words } = useMessages().home;
  const { tables, days, size } = sampleTables(sample);
  const count = format.integer;
  return (
    <>
      <p>{words.about(count(days), count(sample.files.length), count(tables.length), format.bytes(size))}</p>
      <ul className="home-tables">
        {tables.map(({ name, rows }) => (
          <li key={name}>
            <Icon of={Table2} />
            <span className="grow cut">{name}</span>
            <span className="faint num">{words.rows(format.integer(rows), rows === 1)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

interface SampleActionsProps {
  readonly sample: Sample;
  readonly onShow: () => void;
}

function SampleActions({ sample, onShow }: SampleActionsProps) {
  const { sample: words, starters: starterWords } = useMessages().home;
  const isReady = useStore(engineState).kind === 'Ready';
  const load = useStore(sampleLoad);
  const starters = useQuery(starterWorksheets());
  const isLoaded = useIsLoaded(sample, isReady, load.kind === 'Idle');
  const openTour = () => {
    openStarters(inOurWords(starters.data ?? [], starterWords.sheets));
    navigate({ place: 'worksheets' });
  };
  const start = async () => {
    if (!(await loadSample(sample, new AbortController().signal))) return;
    announce(words.loaded(format.integer(sample.files.length)));
    openTour();
  };
  return (
    <div className="home-card-foot">
      <LoadState sample={sample} load={load} isLoaded={isLoaded} />
      <div className="home-actions">
        {isLoaded ? (
          <Button look="primary" icon={SquareTerminal} onClick={openTour}>
            {words.openTour}
          </Button>
        ) : (
          <Button
            look="primary"
            icon={Download}
            disabled={!isReady || load.kind === 'Loading'}
            onClick={() => void start()}
          >
            {words.load}
          </Button>
        )}
        <Button look="quiet" icon={SquareTerminal} onClick={onShow}>
          {words.show}
        </Button>
        {isLoaded && (
          <Button look="quiet" icon={Download} onClick={() => void start()}>
            {words.again}
          </Button>
        )}
      </div>
    </div>
  );
}

/** All its files are in the stage. While there is no stage yet, the LIST fails: it is not loaded then. */
function useIsLoaded(sample: Sample, isReady: boolean, isIdle: boolean): boolean {
  const { data } = useQuery({ ...stageFiles(SAMPLE_STAGE), enabled: isReady && isIdle });
  const present = new Set(data?.map(({ path }) => path));
  return data !== undefined && sample.files.every(({ path }) => present.has(path));
}

interface LoadStateProps {
  readonly sample: Sample;
  readonly load: SampleLoad;
  readonly isLoaded: boolean;
}

function LoadState({ sample, load, isLoaded }: LoadStateProps) {
  const { sample: words } = useMessages().home;
  const total = sample.files.length;
  if (load.kind === 'Failed') return <ErrorCard error={load.error} />;
  if (load.kind === 'Loading') {
    return (
      <div
        className="home-loading"
        role="progressbar"
        aria-label={words.progress}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={load.files}
      >
        <Meter share={load.files / total} />
        <span className="faint num">
          {words.loading(format.integer(load.files), format.integer(total), format.bytes(load.bytes))}
        </span>
      </div>
    );
  }
  if (!isLoaded) return null;
  return (
    <p className="home-done">
      <Icon of={Check} />
      {words.loaded(format.integer(total))}
    </p>
  );
}
