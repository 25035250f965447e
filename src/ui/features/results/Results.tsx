import { lazy, Suspense, useEffect, useId, useRef } from 'react';
import type { Span } from '../../../engine/index.ts';
import { Button } from '../../components/Button.tsx';
import { Dot } from '../../components/Chip.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState, Skeleton } from '../../components/Feedback.tsx';
import { ProgressLine } from '../../components/ProgressLine.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { endedLink } from '../../data/links.ts';
import { cancelRun, type Run, restoreRun, runAnyway, runOf, type StatementRun } from '../../data/runs.ts';
import { announce, announceFailure } from '../../lib/announce.ts';
import { focusRegion } from '../../lib/focus.ts';
import { useCommand } from '../../lib/hotkeys/dispatch.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { finishedWords } from '../../lib/outcome.ts';
import { profiledFrom } from '../../lib/profile.ts';
import { NO_PROGRESS } from '../../lib/progress.ts';
import { useStore } from '../../lib/store.ts';
import { useNow } from '../../lib/use-now.ts';
import { FreshLink } from './FreshLink.tsx';
import { cancelledWords, outcomeWords } from './outcome.ts';
import { ResultGrid } from './ResultGrid.tsx';
import { ResultStrip } from './ResultStrip.tsx';

/** A part of its own, fetched when the first profile is shown. */
const ProfileResult = lazy(() => import('./ProfileResult.tsx').then((m) => ({ default: m.ProfileResult })));

export interface ResultsProps {
  readonly worksheet: string;
  /** Of two side by side, the one that the console's commands are about. */
  readonly isActive: boolean;
  /** Puts a suggestion in the place of a span of the worksheet. */
  readonly onFix: (span: Span, fix: string) => void;
  readonly onGoTo: (span: Span) => void;
  /** Shows parts of the worksheet without going there; an empty list shows none. */
  readonly onMark: (spans: readonly Span[]) => void;
}

/** What the last run of a worksheet gave: a tab for each statement, and the shown one's rows, error or progress. */
export function Results({ worksheet, isActive, onFix, onGoTo, onMark }: ResultsProps) {
  const { results: words } = useMessages();
  const run = useStore(runOf(worksheet));
  const panelId = useId();
  const region = useRef<HTMLElement>(null);
  useCommand('focusResults', () => focusRegion('results', region.current?.parentElement ?? undefined), isActive);
  useEffect(() => void restoreRun(worksheet), [worksheet]);
  useAnnouncements(run);
  const shown = run?.statements[run.shown];
  return (
    <section ref={region} className="results" data-region="results" aria-label={words.region}>
      {run && run.statements.length > 0 && <ResultStrip worksheet={worksheet} run={run} panelId={panelId} />}
      {run && shown ? (
        <div className="result-panel" role="tabpanel" id={panelId} aria-label={shown.head || words.region}>
          <StatementResult run={run} statement={shown} {...{ worksheet, isActive, onFix, onGoTo, onMark }} />
        </div>
      ) : (
        <EmptyState actions={<p className="faint">{words.nothingYetHint}</p>}>
          {run?.isActive ? words.running : words.nothingYet}
        </EmptyState>
      )}
    </section>
  );
}

interface StatementResultProps extends ResultsProps {
  readonly run: Run;
  readonly statement: StatementRun;
}

function StatementResult({ worksheet, isActive, run, statement, onFix, onGoTo, onMark }: StatementResultProps) {
  const { results: words } = useMessages();
  const { state, result, error } = statement;
  const span = error?.span;
  const hasRows = result !== undefined && result.columns.length > 0 && (state === 'finished' || result.rows > 0);
  return (
    <>
      {state === 'running' && (
        <Running key={`${run.id}.${statement.index}`} worksheet={worksheet} run={run} statement={statement} />
      )}
      {state === 'running' && statement.sql !== '' && (
        <section className="running-sql" aria-label={words.runningSql}>
          <SqlBox sql={statement.sql} />
        </section>
      )}
      {state === 'cancelled' && (
        <p className="result-line">
          <Dot tone="warn" />
          {cancelledWords(statement, words)}
        </p>
      )}
      {state === 'skipped' && <EmptyState>{words.skippedBecause}</EmptyState>}
      {error && (
        <ErrorCard
          error={error}
          text={run.text}
          onFix={span && ((fix) => onFix(span, fix))}
          onGoTo={span && (() => onGoTo(span))}
          actions={<ErrorActions worksheet={worksheet} statement={statement} />}
        />
      )}
      {state === 'finished' && !hasRows && (
        <p className="result-line">
          <Dot tone="ok" />
          {result ? finishedWords(statement.head, result) : words.succeeded}
        </p>
      )}
      {hasRows && <Rows {...{ worksheet, isActive, run, statement, result, onMark }} />}
    </>
  );
}

interface RowsProps extends Omit<StatementResultProps, 'onFix' | 'onGoTo'> {
  readonly result: NonNullable<StatementRun['result']>;
}

/** A profile as a graph, any other rows as a grid. */
function Rows({ worksheet, isActive, run, statement, result, onMark }: RowsProps) {
  const key = `${run.id}/${statement.index}`;
  const isProfile = statement.state === 'finished' && profiledFrom(statement.sql) !== undefined;
  if (statement.isGone) return <GoneRows worksheet={worksheet} statement={statement} />;
  if (!isProfile) return <ResultGrid key={key} {...{ worksheet, isActive, statement, result }} />;
  return (
    <Suspense fallback={<Skeleton lines={6} />}>
      <ProfileResult key={key} {...{ run, statement, result, onMark }} />
    </Suspense>
  );
}

/** Of an earlier visit: more than is kept, or a secret. */
function GoneRows({ worksheet, statement }: Pick<RowsProps, 'worksheet' | 'statement'>) {
  const { results: words } = useMessages();
  const again = (
    <Button size="s" onClick={() => runAnyway(worksheet, statement)}>
      {words.runAgain}
    </Button>
  );
  return <EmptyState actions={again}>{words.rowsNotKept}</EmptyState>;
}

interface RunningProps {
  readonly worksheet: string;
  readonly run: Run;
  readonly statement: StatementRun;
}

function Running({ worksheet, run, statement }: RunningProps) {
  const { progress: words } = useMessages();
  const now = useNow(true);
  return (
    <ProgressLine
      label={words.label(statement.head)}
      progress={statement.progress ?? NO_PROGRESS}
      elapsed={Math.max(0, now - statement.startedAt)}
      end={
        <Button size="s" command="cancelRun" disabled={run.isCancelling} onClick={() => cancelRun(worksheet)}>
          {run.isCancelling ? words.cancelling : words.cancel}
        </Button>
      }
    />
  );
}

/** What can be done about an error besides mending the text. */
function ErrorActions({ worksheet, statement }: Omit<RunningProps, 'run'>) {
  const { progress: words } = useMessages();
  const { error, sql } = statement;
  if (error?.kind === 'AbortedQuery')
    return (
      <Button size="s" onClick={() => runAnyway(worksheet, statement)}>
        {words.runAnyway}
      </Button>
    );
  const ended = error && endedLink(sql, error.message);
  return ended === undefined ? null : <FreshLink {...{ worksheet, statement, ended }} />;
}

/** Tells a screen reader how each statement ended, once. */
function useAnnouncements(run: Run | undefined): void {
  const messages = useMessages();
  const told = useRef({ run: 0, statements: 0 });
  useEffect(() => {
    if (!run || run.isKept === true) return;
    if (told.current.run !== run.id) told.current = { run: run.id, statements: 0 };
    const ended = run.statements.filter(({ state }) => state !== 'running');
    for (const statement of ended.slice(told.current.statements)) {
      const { head, state, error } = statement;
      if (state === 'failed') announceFailure(messages.results.announceFailed(head, error?.message ?? ''));
      else announce(messages.results.stripLabel(head, outcomeWords(statement, messages)));
    }
    told.current.statements = ended.length;
  }, [run, messages]);
}
