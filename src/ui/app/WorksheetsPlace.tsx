import { useEffect } from 'react';
import { Button } from '../components/Button.tsx';
import { EmptyState } from '../components/Feedback.tsx';
import { Place } from '../components/frame/Place.tsx';
import { freeName, newWorksheet, useActiveWorksheet, worksheets } from '../data/worksheets.ts';
import { CatalogPane } from '../features/catalog/CatalogPane.tsx';
import { nodeText } from '../features/catalog/node-entries.ts';
import { insertAtCaret } from '../features/worksheet/editor-handle.ts';
import { openShared } from '../features/worksheet/share.ts';
import { WorksheetTabs } from '../features/worksheet/WorksheetTabs.tsx';
import { useMessages } from '../lib/messages/messages.ts';
import { useRoute } from '../lib/router.ts';
import { useStore } from '../lib/store.ts';
import { Sheets } from './Sheets.tsx';
import { useWorkDetail } from './work-detail.tsx';

/** Worksheets: the editor over the results, the tree at the left, the chosen cell at the right. */
export function WorksheetsPlace() {
  const { places, catalog } = useMessages();
  const detail = useWorkDetail();
  const sheet = useActiveWorksheet();
  useSharedWorksheet();
  return (
    <Place
      title={sheet?.name ?? places.worksheets}
      side={<CatalogPane onChoose={(node) => insertAtCaret(nodeText(node))} onInsert={insertAtCaret} />}
      sideLabel={catalog.title}
      {...detail}
    >
      <WorksheetTabs />
      {sheet ? <Sheets active={sheet} /> : <NoWorksheet />}
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
