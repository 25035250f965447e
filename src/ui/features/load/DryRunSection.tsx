import { useMemo, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { DataGrid } from '../../components/DataGrid/DataGrid.tsx';
import { batchSource } from '../../components/DataGrid/source.ts';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Segments } from '../../components/Tabs.tsx';
import type { DryRun } from '../../data/load.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { RejectedRows } from './RejectedRows.tsx';
import { Section } from './Section.tsx';
import { DRY_RUN_ROWS, type DryRunState, MOST_TRIED } from './use-dry-run.ts';
import type { LoadModel } from './use-load.ts';

const SETTINGS = { timezone: 'UTC' };

export interface DryRunSectionProps {
  readonly model: LoadModel;
  readonly dryRun: DryRunState;
  readonly isManual: boolean;
}

type View = 'rows' | 'rejected';

/** The first rows of each file as they would be in the table, and those that would not be. */
export function DryRunSection({ model, dryRun, isManual }: DryRunSectionProps) {
  const { dryRun: words } = useMessages().load;
  const { runs, isRunning } = dryRun;
  const [chosen, setView] = useState<View>();
  const rejected = useMemo(() => runs?.flatMap((run) => run.rejected) ?? [], [runs]);
  const view = chosen ?? (rejected.length > 0 && !isRunning ? 'rejected' : 'rows');
  const items = [
    { id: 'rows', label: words.rows },
    { id: 'rejected', label: words.rejected },
  ] as const;
  return (
    <Section
      title={words.title}
      facts={<DryRunFacts dryRun={dryRun} rejected={rejected.length} />}
      end={
        <>
          {isManual && <span className="faint">{words.byHand}</span>}
          {rejected.length > 0 && <Segments label={words.views} items={items} value={view} onChange={setView} />}
          <Button
            size="s"
            onClick={isRunning ? dryRun.cancel : dryRun.start}
            disabled={!isRunning && (isManual || model.problem !== undefined)}
          >
            {isRunning ? words.running(format.integer(runs?.length ?? 0), format.integer(dryRun.count)) : words.action}
          </Button>
        </>
      }
    >
      {runs && <Failures runs={runs} />}
      {runs && view === 'rows' && <DryRows runs={runs} />}
      {view === 'rejected' && rejected.length > 0 && (
        <RejectedRows rows={rejected} delimiter={model.kind?.format === 'TSV' ? '\t' : ','} />
      )}
    </Section>
  );
}

function DryRunFacts({ dryRun, rejected }: { readonly dryRun: DryRunState; readonly rejected: number }) {
  const { dryRun: words } = useMessages().load;
  const { runs, isStale, isRunning, count } = dryRun;
  if (!runs) return <span className="faint">{words.idle(format.integer(DRY_RUN_ROWS))}</span>;
  const rows = runs.reduce((sum, run) => sum + rowsOf(run), 0);
  const isWhole = !isRunning && runs.every(({ error }) => !error);
  return (
    <>
      <span className="faint num">
        {words.counts(format.integer(rows), format.integer(runs.length), runs.length === 1)}
      </span>
      {rejected > 0 && <Chip tone="err">{words.errors(format.integer(rejected), rejected === 1)}</Chip>}
      {rejected === 0 && isWhole && <Chip tone="ok">{words.clean}</Chip>}
      {count === MOST_TRIED && <span className="faint">{words.only(format.integer(MOST_TRIED))}</span>}
      {isStale && <Chip tone="warn">{words.stale}</Chip>}
    </>
  );
}

const rowsOf = ({ rows }: DryRun) => rows?.batches.reduce((sum, batch) => sum + batch.numRows, 0) ?? 0;

/** What would end the load, once for each message. */
function Failures({ runs }: { readonly runs: readonly DryRun[] }) {
  const failed = runs.filter(({ error }) => error);
  const first = new Map(failed.map((run) => [run.error?.message ?? '', run]));
  return [...first.values()].slice(0, 3).map(({ file, error }) => (
    <div key={file} className="load-failure">
      <p className="mono faint">{file}</p>
      <ErrorCard error={error} />
    </div>
  ));
}

function DryRows({ runs }: { readonly runs: readonly DryRun[] }) {
  const { dryRun: words } = useMessages().load;
  const source = useMemo(() => {
    const columns = runs.find(({ rows }) => rows)?.rows?.columns;
    const batches = runs.flatMap(({ rows }) => rows?.batches ?? []);
    return columns && batchSource(`dry-run-${runs.map(({ file }) => file).join()}`, columns, batches);
  }, [runs]);
  if (!source || source.rows === 0) return null;
  return (
    <div className="load-grid">
      <DataGrid source={source} label={words.rowsLabel} settings={SETTINGS} />
    </div>
  );
}
