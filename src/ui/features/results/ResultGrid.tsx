import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { isNumeric } from '../../../engine/index.ts';
import { cellsIn } from '../../components/DataGrid/copy.ts';
import { DataGrid } from '../../components/DataGrid/DataGrid.tsx';
import type { Range } from '../../components/DataGrid/selection.ts';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { chartChoices, chooseChart } from '../../data/chart-choice.ts';
import { startExport } from '../../data/export-jobs.ts';
import { isQuery, isWhole } from '../../data/result-view.ts';
import { resultRows, sessionTimezone } from '../../data/results.ts';
import { type Run, type StatementRun, statementText } from '../../data/runs.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';
import { arrange, arrangedSource } from './arrangement.ts';
import { ColumnsDialog } from './ColumnsDialog.tsx';
import { chooseCell, openCell } from './chosen-cell.ts';
import { type ColumnActions, columnEntries } from './column-entries.ts';
import { ExportLines } from './ExportLines.tsx';
import { FilterDialog } from './FilterDialog.tsx';
import { arrangementOf } from './kept-arrangement.ts';
import { ResultBar } from './ResultBar.tsx';
import { StageExportDialog } from './StageExportDialog.tsx';
import { closeStats, openStats } from './shown-stats.ts';
import { useResultView, type ViewState } from './use-result-view.ts';

/** With the library that draws: a part of its own, fetched when it is first shown. */
const ChartPanel = lazy(() => import('./chart/ChartPanel.tsx').then((m) => ({ default: m.ChartPanel })));

export interface ResultGridProps {
  readonly worksheet: string;
  readonly run: Run;
  readonly statement: StatementRun;
  readonly result: NonNullable<StatementRun['result']>;
}

/** The rows of a statement, as a person wants to see them: sorted and filtered by SQL, with columns where they like. */
export function ResultGrid({ worksheet, run, statement, result }: ResultGridProps) {
  const messages = useMessages();
  const query = statementText(run, statement);
  const state = useResultView(worksheet, query, result);
  const { data: timezone = 'UTC' } = useQuery(sessionTimezone(worksheet));
  const settings = useMemo(() => result.show ?? { timezone }, [result.show, timezone]);
  const [selected, setSelected] = useState<Range>();
  const [asked, setAsked] = useState<{ readonly filter: string } | 'columns' | 'stage'>();
  const arranging = useMemo(() => arrangementOf(worksheet), [worksheet]);
  const arrangement = useStore(arranging);
  const canAsk = statement.state === 'finished' && isQuery(query);
  const isChart = useStore(chartChoices)[worksheet]?.isShown === true;
  const { columns } = result;
  const arranged = useMemo(() => arrange(columns, arrangement), [columns, arrangement]);
  const source = useMemo(() => arrangedSource(resultRows(state.shown), arranged), [state.shown, arranged]);
  const actions: ColumnActions = {
    ...{ words: messages.view, columns, arrangement, settings, view: canAsk ? state.view : undefined },
    ...{ changeView: state.change, addFilter: state.addFilter, arrangeAs: arranging.set },
    filter: (column) => setAsked({ filter: column }),
    showStats: (column) =>
      openStats({ worksheet, column, result: state.shown.id, sql: state.sql, onOnly: onlyWith(state, column) }),
  };
  const entries: Parameters<typeof DataGrid>[0]['columnEntries'] = (index, cell) => {
    const column = source.columns[index];
    return column ? columnEntries(column, cell, actions) : [];
  };
  const shownOf = { result: source.id, settings, sql: canAsk ? state.sql : undefined };
  const close = () => setAsked(undefined);
  return (
    <>
      {state.error !== undefined && <ErrorCard error={state.error} text={state.sql} />}
      {isChart ? (
        <Suspense fallback={<Skeleton lines={6} />}>
          <ChartPanel {...{ worksheet, settings }} query={canAsk ? state.sql : undefined} result={state.shown} />
        </Suspense>
      ) : (
        <DataGrid
          source={source}
          label={messages.grid.label(statement.head)}
          settings={settings}
          empty={isWhole(state.view) ? messages.results.noRows : messages.view.noRows}
          pinned={arranged.pinned}
          sorts={state.view.sorts}
          columnEntries={entries}
          onChoose={(chosen) => chooseCell({ ...chosen, ...shownOf })}
          onOpen={(chosen) => {
            closeStats();
            openCell({ ...chosen, ...shownOf });
          }}
          onSelect={setSelected}
        />
      )}
      {/* Before the rows for the eye, behind them for the Tab key. */}
      <ResultBar
        {...{ state, isChart, isQuery: canAsk }}
        onChart={(isShown) => chooseChart(worksheet, { isShown })}
        columns={{ shown: format.integer(source.columns.length), all: format.integer(columns.length) }}
        onFilter={() => setAsked({ filter: columns[0]?.name ?? '' })}
        onColumns={() => setAsked('columns')}
        onExport={(format) => void startExport({ worksheet, query: state.sql, rows: resultRows(state.shown), format })}
        onStageExport={() => setAsked('stage')}
      />
      <ExportLines worksheet={worksheet} />
      <ResultFoot {...{ state, result, statement, selected }} />
      {asked === 'columns' && <ColumnsDialog {...{ columns, arrangement }} onChange={arranging.set} onClose={close} />}
      {asked === 'stage' && <StageExportDialog query={state.sql} onClose={close} />}
      {typeof asked === 'object' && (
        <FilterDialog columns={columns} column={asked.filter} onClose={close} onFilter={state.addFilter} />
      )}
    </>
  );
}

const onlyWith =
  ({ addFilter }: ViewState, { name, type }: Parameters<ColumnActions['showStats']>[0]) =>
  (text: string) => {
    const value = { text, isNumber: isNumeric(type) };
    addFilter({ kind: 'Compare', column: name, sign: '=', value });
  };

interface ResultFootProps extends Pick<ResultGridProps, 'statement' | 'result'> {
  readonly state: ViewState;
  readonly selected: Range | undefined;
}

/** How many rows there are, of how many, in what order, and what they cost. */
function ResultFoot({ state, result, statement, selected }: ResultFootProps) {
  const messages = useMessages();
  const { view: words } = messages;
  const { view, shown, isRunning } = state;
  const sorted = view.sorts.map(({ column, isDown }) => (isDown ? words.descending(column) : column)).join(', ');
  const share = format.percent(shown.rows / Math.max(1, result.rows));
  return (
    <footer className="result-foot">
      <b>
        {isWhole(view)
          ? messages.results.rows(format.integer(result.rows), result.rows === 1)
          : words.rows(format.integer(shown.rows), format.integer(result.rows), share)}
      </b>
      {sorted !== '' && <span>{words.sorted(sorted)}</span>}
      {isRunning && <span>{words.working}</span>}
      {selected && cellsIn(selected) > 1 && <span>{selectionWords(selected, messages)}</span>}
      <span className="grow" />
      {statement.progress && statement.progress.bytes > 0 && <span>{format.bytes(statement.progress.bytes)}</span>}
      {statement.duration !== undefined && <span>{format.duration(statement.duration)}</span>}
    </footer>
  );
}

function selectionWords({ top, bottom, left, right }: Range, { grid }: Messages): string {
  return grid.selected(format.integer(bottom - top + 1), format.integer(right - left + 1));
}
