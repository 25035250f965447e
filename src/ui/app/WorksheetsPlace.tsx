import './WorksheetsPlace.css';
import { useEffect, useRef } from 'react';
import { Button } from '../components/Button.tsx';
import { EmptyState } from '../components/Feedback.tsx';
import { Place } from '../components/frame/Place.tsx';
import { Splitter } from '../components/frame/Splitter.tsx';
import { freeName, newWorksheet, useActiveWorksheet, type Worksheet, worksheets } from '../data/worksheets.ts';
import { CatalogPane } from '../features/catalog/CatalogPane.tsx';
import { nodeText } from '../features/catalog/node-entries.ts';
import { CellPanel } from '../features/results/CellPanel.tsx';
import { shownCell, toggleCell } from '../features/results/chosen-cell.ts';
import { Results } from '../features/results/Results.tsx';
import { StatsPanel } from '../features/results/StatsPanel.tsx';
import { shownStats } from '../features/results/shown-stats.ts';
import { EditorPane } from '../features/worksheet/EditorPane.tsx';
import { editorHandle, insertAtCaret } from '../features/worksheet/editor-handle.ts';
import { openShared } from '../features/worksheet/share.ts';
import { WorksheetTabs } from '../features/worksheet/WorksheetTabs.tsx';
import { useCommand } from '../lib/hotkeys/dispatch.ts';
import { useMessages } from '../lib/messages/messages.ts';
import { panes, setPanes } from '../lib/panes.ts';
import { useRoute } from '../lib/router.ts';
import { useStore } from '../lib/store.ts';

/** Worksheets: the editor over the results, the tree at the left, the chosen cell at the right. */
export function WorksheetsPlace() {
  const { places, viewer, catalog, stats: words } = useMessages();
  const sheet = useActiveWorksheet();
  const cell = useStore(shownCell);
  const stats = useStore(shownStats);
  useCommand('toggleDetail', toggleCell);
  useSharedWorksheet();
  return (
    <Place
      title={sheet?.name ?? places.worksheets}
      side={<CatalogPane onChoose={(node) => insertAtCaret(nodeText(node))} onInsert={insertAtCaret} />}
      sideLabel={catalog.title}
      detail={stats ? <StatsPanel shown={stats} /> : cell && <CellPanel shown={cell} />}
      detailLabel={
        stats ? words.title(stats.column.name) : cell && viewer.title(cell.column.name, String(cell.place.row + 1))
      }
    >
      <WorksheetTabs />
      {sheet ? <Work sheet={sheet} /> : <NoWorksheet />}
    </Place>
  );
}

/** An address with SQL in it opens a worksheet, once those that were kept are read. */
function useSharedWorksheet(): void {
  const { query } = useRoute();
  const isRead = useStore(worksheets) !== undefined;
  const isShared = query['sql'] !== undefined;
  useEffect(() => {
    if (isRead && isShared) openShared();
  }, [isRead, isShared]);
}

function Work({ sheet }: { readonly sheet: Worksheet }) {
  const { worksheet: words } = useMessages();
  const { editorShare } = useStore(panes);
  const area = useRef<HTMLDivElement>(null);
  const height = area.current?.clientHeight ?? 800;
  return (
    <div className="work" ref={area}>
      <div className="work-editor" style={{ flexBasis: `${editorShare * 100}%` }}>
        <EditorPane sheet={sheet} />
      </div>
      <Splitter
        label={words.resize}
        orientation="horizontal"
        value={editorShare}
        limits={[0.12, 0.88]}
        perPixel={1 / height}
        step={0.04}
        onChange={(share) => setPanes({ editorShare: share })}
      />
      <Results
        key={sheet.id}
        worksheet={sheet.id}
        onFix={(span, fix) => {
          editorHandle.get()?.replace(span, fix);
          editorHandle.get()?.focus();
        }}
        onGoTo={(span) => editorHandle.get()?.select(span)}
      />
    </div>
  );
}

function NoWorksheet() {
  const { worksheet: words } = useMessages();
  const isRead = useStore(worksheets) !== undefined;
  if (!isRead) return null;
  return (
    <EmptyState
      actions={
        <Button look="primary" command="newWorksheet" onClick={() => newWorksheet(freeName(words.untitled))}>
          {words.new}
        </Button>
      }
    >
      {words.noneOpen}
    </EmptyState>
  );
}
