import { useQuery } from '@tanstack/react-query';
import { ArrowRight, Check, CircleAlert, CornerDownRight, Lightbulb, Play } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { engineState } from '../../data/engine.ts';
import { type Run, runOf } from '../../data/runs.ts';
import { cx } from '../../lib/cx.ts';
import { format } from '../../lib/format.ts';
import { currentLanguage, useMessages } from '../../lib/messages/messages.ts';
import { navigate } from '../../lib/router.ts';
import { useStore } from '../../lib/store.ts';
import type { Difference } from './judge.ts';
import { Prose } from './Prose.tsx';
import { type CoursePlace, doneSteps, placeAfter } from './progress.ts';
import { verdict } from './verdict.ts';
import { differenceWords, expectations } from './words.ts';

export interface StepActions {
  /** The worksheet that the course works in. */
  readonly worksheet: string;
  /** Puts a statement into it, in the place of what stands there. */
  readonly onInsert: (sql: string) => void;
  /** Runs all that stands in it. */
  readonly onRun: () => void;
}

export interface StepViewProps extends StepActions {
  readonly place: CoursePlace;
}

/** A step: what to do, the statement, and what the check says of the last run. */
export function StepView({ place, worksheet, onInsert, onRun }: StepViewProps) {
  const { learn: words } = useMessages();
  const language = currentLanguage();
  const last = useStore(runOf(worksheet));
  // What an earlier visit ran was judged then.
  const run = last?.isKept ? undefined : last;
  const canRun = useStore(engineState).kind !== 'Failed' && run?.isActive !== true;
  const [isHinting, setHinting] = useState(false);
  const { lesson, step } = place;
  return (
    <article className="step" aria-labelledby="step-title">
      <p className="step-of">
        {words.stepOf(format.integer(lesson.steps.indexOf(step) + 1), format.integer(lesson.steps.length))}
      </p>
      <h2 id="step-title">{step.title[language]}</h2>
      <p>
        <Prose text={step.text[language]} />
      </p>
      <SqlBox sql={step.sql} className="step-sql" label={words.statement} />
      <div className="step-actions">
        <Button icon={CornerDownRight} onClick={() => onInsert(step.sql)}>
          {words.insert}
        </Button>
        <Button look="primary" disabled={!canRun} onClick={onRun}>
          <Icon of={Play} className="solid" />
          {words.run}
        </Button>
        <Button look="quiet" icon={Lightbulb} aria-expanded={isHinting} onClick={() => setHinting(!isHinting)}>
          {words.hint}
        </Button>
      </div>
      {isHinting && (
        <p className="step-hint">
          <Icon of={Lightbulb} />
          {step.hint[language]}
        </p>
      )}
      <StepCheck place={place} run={run} onHint={isHinting ? undefined : () => setHinting(true)} />
      <details className="step-why">
        <summary>{words.why}</summary>
        <p>
          <Prose text={step.why[language]} />
        </p>
      </details>
    </article>
  );
}

interface StepCheckProps {
  readonly place: CoursePlace;
  readonly run: Run | undefined;
  readonly onHint: (() => void) | undefined;
}

/** Judges the runs that end while the step is shown. */
function StepCheck({ place, run, onHint }: StepCheckProps) {
  const { learn: words } = useMessages();
  const language = currentLanguage();
  const isDone = useStore(doneSteps).includes(place.key);
  const [before] = useState(run?.id);
  const isNew = run !== undefined && !run.isActive && run.statements.length > 0 && run.id !== before;
  const { data: lacking, isFetching } = useQuery({
    ...verdict(place, run ?? NO_RUN),
    enabled: isNew,
  });
  return (
    <section className="step-check" aria-label={words.check}>
      <h3>{words.check}</h3>
      <ul className="step-expects">
        {place.step.checks
          .flatMap((check) => expectations(check, words, language))
          .map((line) => (
            <li key={line}>{line}</li>
          ))}
      </ul>
      <div role="status" className="step-status">
        {isFetching && <p className="faint">{words.checking}</p>}
        {!isFetching && lacking && <Verdict lacking={lacking} onHint={onHint} />}
        {!isFetching && !lacking && isDone && (
          <p className="step-verdict ok">
            <Icon of={Check} />
            {words.passedBefore}
          </p>
        )}
      </div>
      {isDone && <NextStep place={place} />}
    </section>
  );
}

const NO_RUN = { id: 0, statements: [] };

interface VerdictProps {
  readonly lacking: readonly Difference[];
  readonly onHint: (() => void) | undefined;
}

function Verdict({ lacking, onHint }: VerdictProps) {
  const { learn: words } = useMessages();
  const isRight = lacking.length === 0;
  return (
    <>
      <p className={cx('step-verdict', isRight ? 'ok' : 'err')}>
        <Icon of={isRight ? Check : CircleAlert} />
        {isRight ? words.passed : words.notYet}
      </p>
      {lacking
        .map((difference) => differenceWords(difference, words, currentLanguage()))
        .map((sentence) => (
          <p key={sentence} className="step-differs">
            {sentence}
          </p>
        ))}
      {!isRight && onHint && (
        <Button size="s" icon={Lightbulb} onClick={onHint}>
          {words.hint}
        </Button>
      )}
    </>
  );
}

function NextStep({ place }: { readonly place: CoursePlace }) {
  const { learn: words } = useMessages();
  const next = placeAfter(place);
  if (!next) return <p className="step-hint">{words.finished}</p>;
  const isSameLesson = next.lesson === place.lesson;
  return (
    <Button look="primary" onClick={() => navigate({ place: 'learn', path: [next.lesson.id, next.step.id] })}>
      {isSameLesson ? words.next : words.nextLesson}
      <Icon of={ArrowRight} />
    </Button>
  );
}
