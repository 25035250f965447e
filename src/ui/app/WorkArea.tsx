import './WorkArea.css';
import { useEffect, useRef } from 'react';
import type { Span } from '../../engine/index.ts';
import { Splitter } from '../components/frame/Splitter.tsx';
import { showRunsOf } from '../data/run-ends.ts';
import { runOf } from '../data/runs.ts';
import { leaveCells } from '../data/shown-cell.ts';
import { closeStatsOf } from '../data/shown-stats.ts';
import { openWorksheet, type Worksheet } from '../data/worksheets.ts';
import { Results } from '../features/results/Results.tsx';
import { EditorPane } from '../features/worksheet/EditorPane.tsx';
import { editorHandle, marks } from '../features/worksheet/editor-handle.ts';
import { cx } from '../lib/cx.ts';
import { useMessages } from '../lib/messages/messages.ts';
import { movedSpan } from '../lib/moved-span.ts';
import { panes, setPanes } from '../lib/panes.ts';
import { useStore } from '../lib/store.ts';

export interface WorkAreaProps {
  readonly sheet: Worksheet;
  /** Of two side by side, the one that the console's commands are about. */
  readonly isActive?: boolean;
}

/** A worksheet at work: the editor over the results. */
export function WorkArea({ sheet, isActive = true }: WorkAreaProps) {
  const { worksheet: words } = useMessages();
  const { editorShare } = useStore(panes);
  useEffect(() => showRunsOf(sheet.id), [sheet.id]);
  useEffect(() => () => leave(sheet.id), [sheet.id]);
  const area = useRef<HTMLDivElement>(null);
  const height = area.current?.clientHeight ?? 800;
  const activate = () => {
    if (!isActive) openWorksheet(sheet.id);
  };
  /** The text may have changed since it was run. */
  const placeNow = (span: Span) => {
    const text = editorHandle.get()?.text() ?? sheet.text;
    return movedSpan(runOf(sheet.id).get()?.text ?? text, text, span);
  };
  return (
    <div className={cx('work', isActive && 'is-active')} ref={area} onFocusCapture={activate}>
      <div className="work-editor" style={{ flexBasis: `${editorShare * 100}%` }}>
        <EditorPane sheet={sheet} isActive={isActive} />
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
        isActive={isActive}
        onFix={(span, fix) => {
          const place = placeNow(span);
          if (place) editorHandle.get()?.replace(place, fix);
          editorHandle.get()?.focus();
        }}
        onGoTo={(span) => {
          const place = placeNow(span);
          if (place) editorHandle.get()?.select(place);
          else editorHandle.get()?.focus();
        }}
        onMark={marks.set}
      />
    </div>
  );
}

/** What stands at the right of its rows goes with them. */
function leave(worksheet: string): void {
  leaveCells({ worksheet });
  closeStatsOf(worksheet);
}
