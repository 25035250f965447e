import {
  ArrowDownAZ,
  ArrowUpAZ,
  ChartColumn,
  ChevronLeft,
  ChevronRight,
  EyeOff,
  Funnel,
  Pin,
  PinOff,
} from 'lucide-react';
import { type Cell, type Column, type Schema, type ShowSettings, showCell } from '../../../engine/index.ts';
import type { MenuEntry } from '../../components/Menu.tsx';
import type { ResultView, ViewFilter, ViewSort } from '../../data/result-view.ts';
import type { Messages } from '../../lib/messages/messages.ts';
import { type Arrangement, hide, move, togglePinned, toggleRow } from './arrangement.ts';
import { cellFilter, isFilterable } from './filter-form.ts';

export interface ColumnActions {
  readonly words: Messages['view'];
  readonly columns: Schema;
  /** Absent where the rows cannot be asked for again. */
  readonly view: ResultView | undefined;
  readonly arrangement: Arrangement;
  readonly settings: ShowSettings;
  readonly changeView: (part: Partial<ResultView>) => void;
  readonly addFilter: (filter: ViewFilter) => void;
  readonly arrangeAs: (arrangement: Arrangement) => void;
  readonly filter: (column: string) => void;
  readonly showStats: (column: Column) => void;
}

/** What can be done with a column, and with one of its cells. */
export function columnEntries(column: Column, cell: Cell | undefined, actions: ColumnActions): readonly MenuEntry[] {
  const { view, columns } = actions;
  // Of two columns by one name neither can be named in a statement.
  const isNamed = columns.filter(({ name }) => name === column.name).length === 1;
  return [
    ...(cell === undefined ? [] : ([{ kind: 'Line' }] as const)),
    ...(view && isNamed ? sortEntries(column, view, actions) : []),
    ...(view && isNamed && cell !== undefined && (cell === null || isFilterable(column))
      ? cellEntries(column, cell, actions)
      : []),
    ...(view && isNamed ? filterEntries(column, actions) : []),
    ...arrangeEntries(column, actions),
  ];
}

function sortEntries(
  { name }: Column,
  { sorts }: ResultView,
  { words, changeView }: ColumnActions,
): readonly MenuEntry[] {
  const others = sorts.filter((sort) => sort.column !== name);
  const by = (next: readonly ViewSort[]) => () => changeView({ sorts: next });
  const own = sorts.find((sort) => sort.column === name);
  const turn = by(sorts.map((sort) => (sort === own ? { ...own, isNullsFirst: !own.isNullsFirst } : sort)));
  const one = (isDown: boolean) => by([{ column: name, isDown }]);
  const more = (isDown: boolean) => by([...others, { column: name, isDown }]);
  return [
    { kind: 'Action', label: words.sortUp, icon: ArrowUpAZ, run: one(false) },
    { kind: 'Action', label: words.sortDown, icon: ArrowDownAZ, run: one(true) },
    ...(others.length > 0
      ? ([
          { kind: 'Action', label: words.thenUp, run: more(false) },
          { kind: 'Action', label: words.thenDown, run: more(true) },
        ] as const)
      : []),
    ...(own ? sortedEntries(own, words, { turn, drop: by(others) }) : []),
  ];
}

interface SortedActions {
  readonly turn: () => void;
  readonly drop: () => void;
}

function sortedEntries(own: ViewSort, words: ColumnActions['words'], { turn, drop }: SortedActions) {
  return [
    { kind: 'Action', label: own.isNullsFirst ? words.nullsLast : words.nullsFirst, run: turn },
    { kind: 'Action', label: words.unsort, run: drop },
  ] as const;
}

/** What can be done with a row, by its number from 0. */
export function rowEntries(
  row: number,
  { words, arrangement, arrangeAs }: Pick<ColumnActions, 'words' | 'arrangement' | 'arrangeAs'>,
): readonly MenuEntry[] {
  const isPinned = arrangement.rows.includes(row);
  return [
    { kind: 'Line' },
    {
      ...{ kind: 'Action', label: isPinned ? words.unpinRow : words.pinRow, icon: isPinned ? PinOff : Pin },
      run: () => arrangeAs(toggleRow(arrangement, row)),
    },
  ];
}

const MOST_SAID = 24;

function cellEntries(column: Column, cell: Cell, { words, settings, addFilter }: ColumnActions): readonly MenuEntry[] {
  const add = (sign: '=' | '<>') => () => addFilter(cellFilter(cell, column, sign, settings));
  const text = cell === null ? undefined : showCell(cell, column.type, settings);
  const said = text && text.length > MOST_SAID ? `${text.slice(0, MOST_SAID)}…` : text;
  return [
    { kind: 'Line' },
    { kind: 'Action', label: said === undefined ? words.onlyNull : words.onlyThis(said), icon: Funnel, run: add('=') },
    { kind: 'Action', label: said === undefined ? words.notNull : words.notThis(said), run: add('<>') },
  ];
}

function filterEntries(column: Column, { words, filter, showStats }: ColumnActions): readonly MenuEntry[] {
  return [
    { kind: 'Line' },
    { kind: 'Action', label: words.filter, icon: Funnel, run: () => filter(column.name) },
    { kind: 'Action', label: words.statistics, icon: ChartColumn, run: () => showStats(column) },
    { kind: 'Line' },
  ];
}

function arrangeEntries(
  { name }: Column,
  { words, columns, arrangement, arrangeAs }: ColumnActions,
): readonly MenuEntry[] {
  const isPinned = arrangement.pinned.includes(name);
  const step = (by: -1 | 1) => () => arrangeAs(move(arrangement, columns, name, by));
  return [
    {
      ...{ kind: 'Action', label: isPinned ? words.unpin : words.pin, icon: isPinned ? PinOff : Pin },
      run: () => arrangeAs(togglePinned(arrangement, name)),
    },
    { kind: 'Action', label: words.moveLeft, icon: ChevronLeft, run: step(-1) },
    { kind: 'Action', label: words.moveRight, icon: ChevronRight, run: step(1) },
    { kind: 'Action', label: words.hide, icon: EyeOff, run: () => arrangeAs(hide(arrangement, name)) },
  ];
}
