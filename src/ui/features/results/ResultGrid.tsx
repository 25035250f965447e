import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { type Column, isNumeric, type ShowSettings } from '../../../engine/index.ts';
import { cellsIn } from '../../components/DataGrid/copy.ts';
import { type ChosenCell, DataGrid, type GridPlace } from '../../components/DataGrid/DataGrid.tsx';
import type { Range } from '../../components/DataGrid/selection.ts';
import { rowNumber } from '../../components/DataGrid/source.ts';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { chartChoices, chooseChart } from '../../data/chart-choice.ts';
import { type ExportStart, startExport } from '../../data/export-jobs.ts';
import { isQuery, isWhole } from '../../data/result-view.ts';
import { resultRows, sessionTimezone } from '../../data/results.ts';
import type { StatementRun } from '../../data/runs.ts';
import { format } from '../../lib/format.ts';
import { useCommand } from '../../lib/hotkeys/dispatch.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';
import { arrange, arrangedSource, moveTo, pinnedSource, setHidden } from './arrangement.ts';
import { ColumnsDialog } from './ColumnsDialog.tsx';
import { chooseCell, openCell } from './chosen-cell.ts';
import { type ColumnActions, columnEntries, rowEntries } from './column-entries.ts';
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
  readonly statement: StatementRun;
  readonly result: NonNullable<StatementRun['result']>;
}

type Asked = { readonly filter: string } | 'columns' | 'stage' | undefined;

/** The rows of a statement, as a person wants to see them: sorted and filtered by SQL, with columns where they like. */
export function ResultGrid({ worksheet, statement, result }: ResultGridProps) {
  const query = statement.sql;
  const view = useResultView(worksheet, query, result);
  const { data: timezone = 'UTC' } = useQuery(sessionTimezone(worksheet));
  const settings = useMemo(() => result.show ?? { timezone }, [result.show, timezone]);
  const [selected, setSelected] = useState<Range>();
  const [asked, setAsked] = useState<Asked>();
  const { columns, state } = useArranged(worksheet, view, result);
  const canAsk = statement.state === 'finished' && isQuery(query);
  const isChart = useStore(chartChoices)[worksheet]?.isShown === true;
  useCommand('findColumn', () => setAsked('columns'));
  const sql = canAsk ? state.sql : undefined;
  const exportAs = (how: Pick<ExportStart, 'format' | 'stage'>) =>
    void startExport({ worksheet, query: state.sql, rows: resultRows(state.shown), ...how });
  return (
    <>
      {state.error !== undefined && <ErrorCard error={state.error} text={state.sql} />}
      {isChart ? (
        <Suspense fallback={<Skeleton lines={6} />}>
          <ChartPanel
            {...{ worksheet, settings }}
            query={sql}
            result={state.shown}
            onFilter={canAsk ? state.addFilter : undefined}
          />
        </Suspense>
      ) : (
        <RowsGrid
          {...{ worksheet, state, columns, settings, sql, head: statement.head, onAsk: setAsked }}
          onSelect={setSelected}
        />
      )}
      {/* Before the rows for the eye, behind them for the Tab key. */}
      <ResultBar
        {...{ state, isChart, isQuery: canAsk }}
        onChart={(isShown) => chooseChart(worksheet, { isShown })}
        columns={{
          shown: format.integer(columns.source.columns.length),
          all: format.integer(result.columns.length),
        }}
        onFilter={() => setAsked({ filter: result.columns[0]?.name ?? '' })}
        onColumns={() => setAsked('columns')}
        onExport={(format) => exportAs({ format })}
        onStageExport={() => setAsked('stage')}
      />
      <ExportLines worksheet={worksheet} />
      <ResultFoot {...{ state, result, statement, selected }} />
      <Dialogs
        {...{ asked, columns, state }}
        onArrow={(stage) => exportAs({ format: 'ARROW', stage })}
        onClose={() => setAsked(undefined)}
      />
    </>
  );
}

/** The columns of a result as a person put them, and the way to put them otherwise. */
function useArranged(worksheet: string, view: ViewState, { columns }: ResultGridProps['result']) {
  const arranging = useMemo(() => arrangementOf(worksheet), [worksheet]);
  const arrangement = useStore(arranging);
  const [place, setPlace] = useState<GridPlace>();
  const arranged = useMemo(() => arrange(columns, arrangement), [columns, arrangement]);
  const { shown } = view;
  const { rows } = arrangement;
  const source = useMemo(
    () => pinnedSource(arrangedSource(resultRows(shown), arranged), rows),
    [shown, arranged, rows],
  );
  const goTo = (name: string) => {
    const next = setHidden(arrangement, [name], false);
    if (arrangement.hidden.includes(name)) arranging.set(next);
    const column = arrange(columns, next).positions.findIndex((position) => columns[position]?.name === name);
    setPlace({ row: undefined, column, takesFocus: true });
  };
  // Under another order or filter the pinned numbers would be other rows.
  const unpin = () => rows.length > 0 && arranging.set({ ...arrangement, rows: [] });
  const state: ViewState = {
    ...view,
    change: (part) => {
      unpin();
      view.change(part);
    },
    addFilter: (filter) => {
      unpin();
      view.addFilter(filter);
    },
  };
  return { state, columns: { all: columns, arrangement, arrangeAs: arranging.set, arranged, source, place, goTo } };
}

type ArrangedColumns = ReturnType<typeof useArranged>['columns'];

interface RowsGridProps {
  readonly worksheet: string;
  readonly state: ViewState;
  readonly columns: ArrangedColumns;
  readonly settings: ShowSettings;
  /** Absent where the rows cannot be asked for again. */
  readonly sql: string | undefined;
  readonly head: string;
  readonly onAsk: (asked: Asked) => void;
  readonly onSelect: (range: Range) => void;
}

function RowsGrid({ worksheet, state, columns, settings, sql, head, onAsk, onSelect }: RowsGridProps) {
  const messages = useMessages();
  const { source, arrangement, arrangeAs, arranged } = columns;
  const actions: ColumnActions = {
    ...{ words: messages.view, columns: columns.all, arrangement, settings, view: sql ? state.view : undefined },
    ...{ arrangeAs, changeView: state.change, addFilter: state.addFilter },
    filter: (column) => onAsk({ filter: column }),
    showStats: (column) =>
      openStats({ worksheet, column, result: state.shown.id, sql: state.sql, onOnly: onlyWith(state, column) }),
  };
  const show = (chosen: ChosenCell) => {
    const place = { ...chosen.place, row: rowNumber(source, chosen.place.row) - 1 };
    return { ...chosen, place, result: source.id, settings, sql };
  };
  return (
    <DataGrid
      source={source}
      label={messages.grid.label(head)}
      settings={settings}
      empty={isWhole(state.view) ? messages.results.noRows : messages.view.noRows}
      pinned={arranged.pinned}
      pinnedRows={arrangement.rows.filter((row) => row < source.rows).length}
      sorts={state.view.sorts}
      columnEntries={(index, cell) => {
        const column = source.columns[index];
        return column ? columnEntries(column, cell, actions) : [];
      }}
      rowEntries={(row) => rowEntries(rowNumber(source, row) - 1, actions)}
      widths={arrangement.widths}
      onWidths={(widths) => arrangeAs({ ...arrangement, widths })}
      onMove={(from, to) => arrangeAs(moveTo(arrangement, columns.all, from, to))}
      goTo={columns.place}
      onChoose={(chosen) => chooseCell(show(chosen))}
      onOpen={(chosen) => {
        closeStats();
        openCell(show(chosen));
      }}
      onSelect={onSelect}
    />
  );
}

interface DialogsProps {
  readonly asked: Asked;
  readonly columns: ArrangedColumns;
  readonly state: ViewState;
  /** Into a folder of a stage. */
  readonly onArrow: (stage: string) => void;
  readonly onClose: () => void;
}

function Dialogs({ asked, columns, state, onArrow, onClose }: DialogsProps) {
  const { all, arrangement, arrangeAs, goTo } = columns;
  if (asked === undefined) return null;
  if (asked === 'stage') return <StageExportDialog query={state.sql} onArrow={onArrow} onClose={onClose} />;
  if (asked === 'columns')
    return <ColumnsDialog columns={all} {...{ arrangement, onClose }} onChange={arrangeAs} onGoTo={goTo} />;
  return <FilterDialog columns={all} column={asked.filter} onClose={onClose} onFilter={state.addFilter} />;
}

const onlyWith =
  ({ addFilter }: ViewState, { name, type }: Column) =>
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
