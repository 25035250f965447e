import { CircleCheck, CircleMinus, CircleX, type LucideIcon, Table2, TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { Button } from '../../components/Button.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Icon } from '../../components/Icon.tsx';
import { ProgressLine } from '../../components/ProgressLine.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import type { RejectedRow } from '../../data/load.ts';
import { cancelLoad, type LoadRun } from '../../data/load-run.ts';
import { nameOf } from '../../data/staged-file.ts';
import { cx } from '../../lib/cx.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { NO_PROGRESS } from '../../lib/progress.ts';
import { navigate } from '../../lib/router.ts';
import { useNow } from '../../lib/use-now.ts';
import { type OutcomeRow, type OutcomeState, outcomeRows } from './outcome-rows.ts';
import { RejectedRows } from './RejectedRows.tsx';
import { retryRejected } from './retry.ts';
import { Section } from './Section.tsx';
import type { LoadModel } from './use-load.ts';

export interface OutcomeSectionProps {
  readonly model: LoadModel;
  readonly run: LoadRun;
}

/** How the load goes, then what became of each file, with the first error and the rows that were left out. */
export function OutcomeSection({ model, run }: OutcomeSectionProps) {
  const { outcome: words } = useMessages().load;
  const { outcome } = run;
  const { table } = model.plan ?? {};
  const end = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: into view when it starts and when it ends.
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [run.startedAt, outcome]);
  return (
    <Section
      title={words.title}
      facts={outcome && <OutcomeFacts run={run} />}
      end={
        outcome &&
        table && (
          <Button
            size="s"
            look="quiet"
            icon={Table2}
            onClick={() => navigate({ place: 'data', path: [table.database, table.name] })}
          >
            {words.open(table.name)}
          </Button>
        )
      }
    >
      {outcome ? <Outcome {...{ model, run, outcome }} /> : <Running {...{ model, run }} />}
      <div ref={end} />
    </Section>
  );
}

function Running({ model, run }: OutcomeSectionProps) {
  const { run: words } = useMessages().load;
  const now = useNow(true);
  const { progress = NO_PROGRESS, done, startedAt, isCancelling } = run;
  const rows = useMemo(() => outcomeRows([], done), [done]);
  return (
    <>
      <ProgressLine
        label={words.label}
        progress={progress}
        elapsed={now - startedAt}
        end={
          <Button size="s" disabled={isCancelling} onClick={cancelLoad}>
            {isCancelling ? words.cancelling : words.cancel}
          </Button>
        }
      />
      {rows.length > 0 && <OutcomeTable {...{ model, run, rows }} />}
    </>
  );
}

interface OutcomeTableProps extends OutcomeSectionProps {
  readonly rows: readonly OutcomeRow[];
}

/** As high while it fills as it will be. */
function OutcomeTable({ model, run, rows }: OutcomeTableProps) {
  const { outcome: words } = useMessages().load;
  const shown = Math.max(rows.length, run.files.length) + 1;
  return (
    <div className="load-box" style={{ height: `calc(var(--row) * ${Math.min(9, Math.max(2, shown))})` }}>
      <RowTable label={words.list} columns={outcomeHeads(words, model.loaded)} rows={rows} keyOf={({ file }) => file} />
    </div>
  );
}

function OutcomeFacts({ run }: { readonly run: LoadRun }) {
  const { outcome: words } = useMessages().load;
  const { outcome, files } = run;
  if (!outcome) return null;
  const time = format.duration(outcome.duration);
  if (outcome.isCancelled) return <span className="faint">{words.cancelled(time)}</span>;
  if (outcome.error) return <span className="faint">{words.failed}</span>;
  const rows = outcome.files.reduce((sum, file) => sum + file.rows, 0);
  const errors = outcome.files.reduce((sum, file) => sum + file.errors, 0);
  const skipped = outcomeRows(files, outcome.files).filter(({ state }) => state === 'skipped').length;
  return (
    <span className="faint num">
      {errors > 0
        ? words.ofRows(format.integer(rows), format.integer(rows + errors), time)
        : words.loaded(format.integer(rows), time)}
      {skipped > 0 && ` · ${words.skipped(format.integer(skipped), skipped === 1)}`}
    </span>
  );
}

interface OutcomeProps extends OutcomeSectionProps {
  readonly outcome: NonNullable<LoadRun['outcome']>;
}

function Outcome({ model, run, outcome }: OutcomeProps) {
  const rows = useMemo(() => outcomeRows(run.files, outcome.files), [run.files, outcome.files]);
  const { plan } = model;
  const isText = plan?.kind.reading === 'positions';
  const retry = (rejected: readonly RejectedRow[], nullText: string) => {
    if (plan) void retryRejected({ ...plan, form: { ...plan.form, nullText } }, run.place, rejected);
  };
  if (outcome.error) return <ErrorCard error={outcome.error} text={run.sql} />;
  if (outcome.isCancelled) return null;
  return (
    <>
      <OutcomeTable {...{ model, run, rows }} />
      {outcome.rejected.length > 0 && (
        <RejectedRows
          rows={outcome.rejected}
          delimiter={plan?.kind.format === 'TSV' ? '\t' : ','}
          loadedOf={(file) => rows.find((row) => row.file === file)?.rows ?? 0}
          onRetry={isText ? retry : undefined}
        />
      )}
    </>
  );
}

const LOOKS: { readonly [K in OutcomeState]: { readonly icon: LucideIcon; readonly tint: string } } = {
  loaded: { icon: CircleCheck, tint: 'ok' },
  partly: { icon: TriangleAlert, tint: 'warn' },
  failed: { icon: CircleX, tint: 'err' },
  skipped: { icon: CircleMinus, tint: 'faint' },
  empty: { icon: CircleMinus, tint: 'faint' },
};

/** `loaded` tells when a file that was skipped had been loaded. */
function outcomeHeads(
  { heads, states, skippedSince }: Messages['load']['outcome'],
  loaded: ReadonlyMap<string, Date>,
): readonly RowTableColumn<OutcomeRow>[] {
  const stateOf = ({ state, file }: OutcomeRow) => {
    const at = state === 'skipped' ? loaded.get(file) : undefined;
    return at ? skippedSince(format.minute(at)) : states[state];
  };
  return [
    {
      ...{ id: 'file', head: heads.file, width: 'minmax(110px, 0.8fr)' },
      show: ({ file, state }) => (
        <>
          <span className={LOOKS[state].tint}>
            <Icon of={LOOKS[state].icon} />
          </span>
          <span className="cut" title={file}>
            {nameOf(file)}
          </span>
        </>
      ),
      compare: (a, b) => a.file.localeCompare(b.file),
    },
    {
      ...{ id: 'state', head: heads.state, width: 'minmax(110px, 1.4fr)' },
      show: (row) => (
        <span className={cx('cut', LOOKS[row.state].tint)} title={stateOf(row)}>
          {stateOf(row)}
        </span>
      ),
    },
    {
      ...{ id: 'rows', head: heads.rows, width: '100px', isEnd: true },
      show: ({ rows }) => format.integer(rows),
      compare: (a, b) => a.rows - b.rows,
    },
    {
      ...{ id: 'errors', head: heads.errors, width: '100px', isEnd: true },
      show: ({ errors }) => <span className={errors > 0 ? 'err strong' : 'faint'}>{format.integer(errors)}</span>,
      compare: (a, b) => a.errors - b.errors,
    },
    {
      ...{ id: 'error', head: heads.error, width: 'minmax(120px, 1.4fr)' },
      show: ({ firstError }) => (
        <span className="cut" title={firstError}>
          {firstError}
        </span>
      ),
    },
    {
      ...{ id: 'line', head: heads.line, width: '130px', isEnd: true },
      show: ({ firstLine }) => firstLine !== undefined && format.integer(firstLine),
    },
  ];
}
