import { useEffect } from 'react';
import { Place } from '../components/frame/Place.tsx';
import { ownWorksheet, useWorksheets, worksheets } from '../data/worksheets.ts';
import { LessonPanel } from '../features/learn/LessonPanel.tsx';
import { runAll } from '../features/worksheet/actions.ts';
import { replaceText } from '../features/worksheet/editor-handle.ts';
import { openShared } from '../features/worksheet/share.ts';
import { useMessages } from '../lib/messages/messages.ts';
import { useRoute } from '../lib/router.ts';
import { useStore } from '../lib/store.ts';
import { WorkArea } from './WorkArea.tsx';
import { useWorkDetail } from './work-detail.tsx';

/** The worksheet of the course; it has a tab only when it is opened as one. */
const SHEET = 'course';

/** The course at the left, and at its right a worksheet to try it in. */
export function LearnPlace() {
  const { learn: words } = useMessages();
  const detail = useWorkDetail();
  const sheet = useWorksheets().get(SHEET);
  const isRead = useStore(worksheets) !== undefined;
  useEffect(() => {
    if (isRead) ownWorksheet(SHEET, words.worksheet);
  }, [isRead, words]);
  const hasSheet = sheet !== undefined;
  const { sql } = useRoute().query;
  useEffect(() => {
    if (hasSheet && sql !== undefined) openShared(SHEET);
  }, [hasSheet, sql]);
  return (
    <Place title={words.title} {...detail}>
      <div className="learn">
        <LessonPanel worksheet={SHEET} onInsert={replaceText} onRun={() => sheet && void runAll(sheet)} />
        {sheet && <WorkArea sheet={sheet} />}
      </div>
    </Place>
  );
}
