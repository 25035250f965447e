import './Load.css';
import { useQuery } from '@tanstack/react-query';
import { ArrowRight, Check, Import } from 'lucide-react';
import { useMemo, useState } from 'react';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { Place } from '../../components/frame/Place.tsx';
import { StatusItem, StatusItems } from '../../components/frame/StatusItems.tsx';
import { Icon } from '../../components/Icon.tsx';
import { engineState } from '../../data/engine.ts';
import { loadRun } from '../../data/load-run.ts';
import { filledStage, stages, USER_STAGE } from '../../data/stages.ts';
import { cx } from '../../lib/cx.ts';
import { parseJson } from '../../lib/json.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { type Route, useRoute } from '../../lib/router.ts';
import { useStore } from '../../lib/store.ts';
import { ColumnSection } from './ColumnSection.tsx';
import { DryRunSection } from './DryRunSection.tsx';
import { FileSection } from './FileSection.tsx';
import { OutcomeSection } from './OutcomeSection.tsx';
import { SourceBar } from './SourceBar.tsx';
import { SqlPane } from './SqlPane.tsx';
import { useDryRun } from './use-dry-run.ts';
import { type LoadModel, type LoadStart, useLoad } from './use-load.ts';

/** Load: files of a stage at the left, with what becomes of their columns; the statements that do it at the right. */
export function LoadPlace() {
  const route = useRoute();
  const { load: words } = useMessages();
  const isReady = useStore(engineState).kind === 'Ready';
  const isOpen = route.path.length > 0;
  const { data: first, isError } = useQuery({ ...filledStage(), enabled: isReady && !isOpen });
  const start = useMemo(() => loadStart(route, first ?? USER_STAGE), [route, first]);
  if (!isOpen && first === undefined && !isError) {
    return (
      <Place title={words.title}>
        <Skeleton lines={6} />
      </Place>
    );
  }
  return <LoadScreen key={JSON.stringify([start.stage, route.path, route.query])} start={start} />;
}

function loadStart({ path, query }: Route, first: string): LoadStart {
  const [stage = first, ...folders] = path;
  const { files, table } = query;
  return {
    stage: stage.replace(/^@/, ''),
    folder: folders.map((name) => `${name}/`).join(''),
    ...{ files: files === undefined ? undefined : namesOf(files), table },
  };
}

/** Names from an address that may have been typed by hand. */
function namesOf(text: string): readonly string[] | undefined {
  const names = parseJson(text);
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : undefined;
}

function LoadScreen({ start }: { readonly start: LoadStart }) {
  const { load: words } = useMessages();
  const isReady = useStore(engineState).kind === 'Ready';
  const { data: all } = useQuery({ ...stages(), enabled: isReady });
  const model = useLoad(start);
  const dryRun = useDryRun(model.plan);
  const [manual, setManual] = useState<string>();
  const place = `@${model.stage}/${model.folder}`;
  const run = useStore(loadRun);
  const own = run?.place === place ? run : undefined;
  return (
    <Place
      title={words.titleOf(model.tableText)}
      detail={<SqlPane {...{ model, dryRun, manual, place }} onEdit={setManual} />}
      detailLabel={words.sql.title}
      detailWidth={368}
      isDetailLasting
    >
      <LoadHead model={model} isTried={dryRun.runs !== undefined} isDone={own?.outcome !== undefined} />
      <div className="load-work">
        <SourceBar model={model} stages={all ?? []} />
        {model.error && <ErrorCard error={model.error} />}
        {!model.staged && !model.error && <Skeleton lines={6} />}
        {model.staged && <FileSection model={model} />}
        {model.merged.length > 0 && <ColumnSection model={model} />}
        {model.plan && model.merged.length > 0 && (
          <DryRunSection {...{ model, dryRun }} isManual={manual !== undefined} />
        )}
        {own && <OutcomeSection model={model} run={own} />}
      </div>
      <StatusItems>
        <StatusItem>{place}</StatusItem>
      </StatusItems>
    </Place>
  );
}

interface LoadHeadProps {
  readonly model: LoadModel;
  readonly isTried: boolean;
  readonly isDone: boolean;
}

/** From where to where, and which of the four steps are done. */
function LoadHead({ model, isTried, isDone }: LoadHeadProps) {
  const { load: words } = useMessages();
  const steps = [
    { id: 'files', label: words.steps.files, isDone: model.chosen.length > 0 },
    { id: 'columns', label: words.steps.columns, isDone: model.problem === undefined && model.merged.length > 0 },
    { id: 'dryRun', label: words.steps.dryRun, isDone: isTried },
    { id: 'run', label: words.steps.run, isDone },
  ];
  const current = steps.find((step) => !step.isDone)?.id;
  return (
    <header className="load-head">
      <Icon of={Import} />
      <span className="dim cut">{`@${model.stage}/${model.folder}`}</span>
      <Icon of={ArrowRight} size="s" />
      <b className="cut">{model.tableText}</b>
      <span className="grow" />
      <ol className="load-steps" aria-label={words.steps.label}>
        {steps.map((step, index) => (
          <li
            key={step.id}
            className={cx('load-step', step.isDone && 'is-done')}
            aria-current={step.id === current ? 'step' : undefined}
          >
            <i aria-hidden>{step.isDone ? <Icon of={Check} size="s" /> : index + 1}</i>
            {step.label}
          </li>
        ))}
      </ol>
    </header>
  );
}
