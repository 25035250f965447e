import { ChevronDown, Columns3, Copy, Download, FolderArchive, Funnel, Search, SquareTerminal, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, IconButton } from '../../components/Button.tsx';
import { TextField } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Menu, type MenuEntry } from '../../components/Menu.tsx';
import { Segments } from '../../components/Tabs.tsx';
import { EXPORTS, type ExportFormat } from '../../data/export.ts';
import { showSql } from '../../data/open-files.ts';
import { type ResultView, type ViewFilter, WHOLE } from '../../data/result-view.ts';
import { announce } from '../../lib/announce.ts';
import { copyText } from '../../lib/clipboard.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import type { ViewState } from './use-result-view.ts';

/** How the rows are looked at; a map stands beside the table. */
export type RowsLook = 'table' | 'chart' | 'map';

export interface ResultBarProps {
  readonly state: ViewState;
  /** The statement that gives what is seen: these rows, and only the columns that are shown, in their order. */
  readonly sql: string;
  /** The rows can be asked for again: a view of them is possible. */
  readonly isQuery: boolean;
  readonly columns: { readonly shown: string; readonly all: string };
  readonly look: RowsLook;
  /** Some column may hold places. */
  readonly hasMap: boolean;
  readonly onLook: (look: RowsLook) => void;
  readonly onFilter: () => void;
  readonly onColumns: () => void;
  readonly onExport: (format: ExportFormat) => void;
  readonly onStageExport: () => void;
}

/** What is filtered, and the way to find, arrange, copy and export. */
export function ResultBar(props: ResultBarProps) {
  const { state, sql, isQuery, columns, look, hasMap, onLook, onFilter, onColumns, onExport, onStageExport } = props;
  const { view: words, chart, map } = useMessages();
  const { view, change } = state;
  const isAll = columns.shown === columns.all;
  const arranged = isAll ? words.columns(columns.all) : words.columnsHidden(columns.shown, columns.all);
  return (
    <div className="toolbar result-bar" role="toolbar" aria-label={words.bar}>
      {isQuery && (
        <>
          <FindField view={view} onFind={(find) => change({ find })} />
          <Pills view={view} onChange={change} />
          <Button size="s" look="quiet" icon={Funnel} className="folds" title={words.addFilter} onClick={onFilter}>
            {words.addFilter}
          </Button>
        </>
      )}
      <span className="grow" />
      <Segments<RowsLook>
        label={chart.views}
        items={[
          { id: 'table', label: chart.table },
          { id: 'chart', label: chart.chart },
          ...(hasMap ? [{ id: 'map', label: map.map } as const] : []),
        ]}
        value={look}
        onChange={onLook}
      />
      <Button size="s" look="quiet" icon={Columns3} className="folds" title={arranged} onClick={onColumns}>
        {arranged}
      </Button>
      {isQuery && (
        <>
          <SqlMenu sql={sql} />
          <Menu
            align="end"
            entries={exportEntries(words, onExport, onStageExport)}
            trigger={
              <Button size="s" look="quiet" icon={Download} className="folds" title={words.export}>
                {words.export}
                <Icon of={ChevronDown} size="s" />
              </Button>
            }
          />
        </>
      )}
    </div>
  );
}

function exportEntries(
  words: Words,
  onExport: ResultBarProps['onExport'],
  onStageExport: () => void,
): readonly MenuEntry[] {
  return [
    ...EXPORTS.map(
      (format) => ({ kind: 'Action', label: words.exports[format], run: () => onExport(format) }) as const,
    ),
    { kind: 'Line' },
    { kind: 'Action', label: words.intoStage, icon: FolderArchive, run: onStageExport },
  ];
}

function SqlMenu({ sql }: { readonly sql: string }) {
  const { view: words } = useMessages();
  const copy = async () => {
    await copyText(`${sql};`);
    announce(words.copied);
  };
  return (
    <Menu
      align="end"
      entries={[
        { kind: 'Action', label: words.copySql, icon: Copy, run: () => void copy() },
        { kind: 'Action', label: words.openSql, icon: SquareTerminal, run: () => showSql(words.worksheet, `${sql};`) },
      ]}
      trigger={
        <Button size="s" look="quiet" icon={SquareTerminal} className="folds" title={words.sql}>
          {words.sql}
        </Button>
      }
    />
  );
}

const PAUSE = 300;

/** Asked for once typing pauses, or at once by Enter. */
function FindField({ view, onFind }: { readonly view: ResultView; readonly onFind: (find: string) => void }) {
  const { view: words } = useMessages();
  const [text, setText] = useState(view.find);
  useEffect(() => setText(view.find), [view.find]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: typing alone starts the wait.
  useEffect(() => {
    if (text === view.find) return;
    const timer = setTimeout(() => onFind(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <TextField
      className="result-find"
      label={words.find}
      hideLabel
      placeholder={words.find}
      look="quiet"
      size="s"
      icon={Search}
      type="search"
      spellCheck={false}
      value={text}
      onChange={setText}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onFind(text);
      }}
    />
  );
}

interface PillsProps {
  readonly view: ResultView;
  readonly onChange: (part: Partial<ResultView>) => void;
}

function Pills({ view, onChange }: PillsProps) {
  const { view: words } = useMessages();
  const { filters, sorts } = view;
  if (filters.length === 0 && sorts.length === 0) return null;
  return (
    <>
      {filters.map((filter, index) => {
        const text = filterWords(filter, words);
        return (
          <span key={text} className="pill">
            <span className="cut" title={text}>
              {text}
            </span>
            <IconButton
              icon={X}
              size="s"
              label={words.remove(text)}
              onClick={() => onChange({ filters: filters.filter((_, other) => other !== index) })}
            />
          </span>
        );
      })}
      <Button size="s" look="quiet" onClick={() => onChange(WHOLE)}>
        {words.clear}
      </Button>
    </>
  );
}

type Words = ReturnType<typeof useMessages>['view'];

/** `risk is at least 0.6` */
function filterWords(filter: ViewFilter, { kinds }: Words): string {
  const { column } = filter;
  switch (filter.kind) {
    case 'Compare':
      return `${column} ${filter.sign === 'IS DISTINCT FROM' ? '<>' : filter.sign} ${filter.value.text}`;
    case 'Between':
      return `${column} ${filter.low.text} … ${filter.high.text}`;
    case 'OneOf':
      return `${column}: ${filter.values.map(({ text }) => text).join(', ')}`;
    case 'Contains':
      return `${column} ${kinds.Contains} ${filter.text}`;
    case 'Null':
    case 'NotNull':
      return `${column} ${kinds[filter.kind]}`;
  }
}
