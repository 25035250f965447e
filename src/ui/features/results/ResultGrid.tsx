import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import type { Column, ShowSettings } from '../../../engine/index.ts';
import { cellsIn } from '../../components/DataGrid/copy.ts';
import { type ChosenCell, DataGrid, type GridPlace } from '../../components/DataGrid/DataGrid.tsx';
import type { Range } from '../../components/DataGrid/selection.ts';
import { type GridSource, rowNumber } from '../../components/DataGrid/source.ts';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { chartChoices, chooseChart } from '../../data/chart-choice.ts';
import { type ExportStart, startExport } from '../../data/export-jobs.ts';
import { chooseMap, mapChoices } from '../../data/map-choice.ts';
import { isQuery, isWhole, viewSql } from '../../data/result-view.ts';
import { resultRows, sessionTimezone } from '../../data/results.ts';
import type { StatementRun } from '../../data/runs.ts';
import { chooseCell, openCell } from '../../data/shown-cell.ts';
import { closeStats, followRows, openStats } from '../../data/shown-stats.ts';
import { format } from '../../lib/format.ts';
import { useCommand } from '../../lib/hotkeys/dispatch.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';
import { arrange, arrangedSource, moveTo, pinnedSource, setHidden } from './arrangement.ts';
import { ColumnsDialog } from './ColumnsDialog.tsx';
import { type ColumnActions, columnEntries, rowEntries } from './column-entries.ts';
import { ExportLines } from './ExportLines.tsx';
import { FilterDialog } from './FilterDialog.tsx';
import { viewValue } from './filter-form.ts';
import { arrangementOf } from './kept-arrangement.ts';
import { mayDraw } from './map/may-draw.ts';
import { ResultBar, type RowsLook } from './ResultBar.tsx';
import { StageExportDialog } from './StageExportDialog.tsx';
import { useResultView, type ViewState } from './use-result-view.ts';
import { useSummary } from './use-summary.ts';

const MapPanel = lazy(() => import('./map/MapPanel.tsx').then((m) => ({ default: m.MapPanel })));

/** With the library that draws: a part of its own, fetched when it is first shown. */
const ChartPanel = lazy(() => import('./chart/ChartPanel.tsx').then((m) => ({ default: m.ChartPanel })));

export interface ResultGridProps {
  readonly worksheet: string;
  readonly isActive: boolean;
  readonly statement: StatementRun;
  readonly result: NonNullable<StatementRun['result']>;
}

type Asked = { readonly filter: string } | 'columns' | 'stage' | undefined;

/** The rows of a statement, as a person wants to see them: sorted and filtered by SQL, with columns where they like. */
export function ResultGrid({ worksheet, isActive, statement, result }: ResultGridProps) {
  const query = statement.sql;
  const view = useResultView(worksheet, query, result);
  const { data: timezone = 'UTC' } = useQuery(sessionTimezone(worksheet));
  const settings = useMemo(() => result.show ?? { timezone }, [result.show, timezone]);
  const [selected, setSelected] = useState<Range>();
  const [asked, setAsked] = useState<Asked>();
  const { columns, state } = useArranged(worksheet, view, result);
  const canAsk = statement.state === 'finished' && isQuery(query);
  const hasMap = mayDraw(result.columns);
  const look = useLookOf(worksheet, hasMap);
  useCommand('findColumn', () => setAsked('columns'), isActive);
  const sql = canAsk ? state.sql : undefined;
  const exportAs = (how: Pick<ExportStart, 'format' | 'stage'>) =>
    void startExport({ worksheet, query: state.sql, result: state.shown.id, ...how });
  return (
    <>
      {state.error !== undefined && <ErrorCard error={state.error} text={state.sql} />}
      {look === 'chart' ? (
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
          isMapShown={look === 'map'}
          onSelect={setSelected}
        />
      )}
      {/* Before the rows for the eye, behind them for the Tab key. */}
      <ResultBar
        {...{ state, look, hasMap, isQuery: canAsk }}
        sql={seenSql(query, state, columns)}
        onLook={(next) => {
          chooseChart(worksheet, { isShown: next === 'chart' });
          chooseMap(worksheet, next === 'map');
        }}
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
      <ResultFoot {...{ state, result, statement, selected }} source={columns.source} />
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
  const goToCell = (row: number, column: number) => setPlace({ row, column, takesFocus: false });
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
  return {
    state,
    columns: { all: columns, arrangement, arrangeAs: arranging.set, arranged, source, place, goTo, goToCell },
  };
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
  readonly isMapShown: boolean;
  readonly onAsk: (asked: Asked) => void;
  readonly onSelect: (range: Range) => void;
}

function RowsGrid(props: RowsGridProps) {
  const { worksheet, state, columns, settings, sql, head, isMapShown, onAsk, onSelect } = props;
  const [chosen, setChosen] = useState<number>();
  const messages = useMessages();
  const { source, arrangement, arrangeAs, arranged } = columns;
  const actions: ColumnActions = {
    ...{ words: messages.view, columns: columns.all, arrangement, settings, view: sql ? state.view : undefined },
    ...{ arrangeAs, changeView: state.change, addFilter: state.addFilter },
    filter: (column) => onAsk({ filter: column }),
    showStats: (column) =>
      openStats({
        worksheet,
        column,
        result: state.shown.id,
        sql: state.sql,
        onOnly: onlyWith(state, column),
        onFilter: state.addFilter,
      }),
  };
  const show = (chosen: ChosenCell) => {
    const place = { ...chosen.place, row: rowNumber(source, chosen.place.row) - 1 };
    return { ...chosen, place, result: source.id, settings, sql, worksheet };
  };
  useEffect(
    () => followRows(worksheet, { sql: state.sql, result: state.shown.id }),
    [worksheet, state.sql, state.shown.id],
  );
  const grid = (
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
      onChoose={(next) => {
        setChosen(next.place.row);
        chooseCell(show(next));
      }}
      onOpen={(chosen) => {
        closeStats();
        openCell(show(chosen));
      }}
      onSelect={onSelect}
    />
  );
  return (
    <div className="map-split">
      {grid}
      {isMapShown && (
        <Suspense fallback={<Skeleton lines={6} />}>
          <MapPanel {...{ source, chosen }} onChoose={columns.goToCell} />
        </Suspense>
      )}
    </div>
  );
}

function useLookOf(worksheet: string, hasMap: boolean): RowsLook {
  const isChart = useStore(chartChoices)[worksheet]?.isShown === true;
  const isMap = useStore(mapChoices).has(worksheet);
  if (isChart) return 'chart';
  return isMap && hasMap ? 'map' : 'table';
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

/** Names that occur twice cannot be told apart in a statement: then all columns are in it. */
function seenSql(query: string, { view, sql }: ViewState, { all, source }: ArrangedColumns): string {
  const names = all.map(({ name }) => name);
  const shown = source.columns.map(({ name }) => name);
  const isSame = shown.length === names.length && shown.every((name, index) => name === names[index]);
  if (isSame || new Set(names).size < names.length) return sql;
  return viewSql(query, view, { all: names, shown });
}

const onlyWith =
  ({ addFilter }: ViewState, { name, type }: Column) =>
  (text: string) => {
    addFilter({ kind: 'Compare', column: name, sign: '=', value: viewValue(text, type) });
  };

interface ResultFootProps extends Pick<ResultGridProps, 'statement' | 'result'> {
  readonly state: ViewState;
  readonly selected: Range | undefined;
  readonly source: GridSource;
}

/** How many rows there are, of how many, in what order, and what they cost. */
function ResultFoot({ state, result, statement, selected, source }: ResultFootProps) {
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
      {selected && cellsIn(selected) > 1 && <Selected source={source} range={selected} />}
      <span className="grow" />
      {statement.progress && statement.progress.bytes > 0 && <span>{format.bytes(statement.progress.bytes)}</span>}
      {statement.duration !== undefined && <span>{format.duration(statement.duration)}</span>}
    </footer>
  );
}

/** How large the selection is, and what its numbers come to. */
function Selected({ source, range }: { readonly source: GridSource; readonly range: Range }) {
  const { grid } = useMessages();
  const summary = useSummary(source, range);
  const { top, bottom, left, right } = range;
  return (
    <span>
      {grid.selected(format.integer(bottom - top + 1), format.integer(right - left + 1))}
      {summary && ` · ${grid.values(format.integer(summary.values))}`}
      {summary?.sum !== undefined && ` · ${grid.sum(summary.sum)}`}
      {summary?.average !== undefined && ` · ${grid.average(String(summary.average))}`}
    </span>
  );
}
