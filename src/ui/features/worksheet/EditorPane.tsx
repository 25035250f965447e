import './EditorPane.css';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { StatusItem, StatusItems } from '../../components/frame/StatusItems.tsx';
import { engineState } from '../../data/engine.ts';
import { runOf } from '../../data/runs.ts';
import { saving, type Worksheet } from '../../data/worksheets.ts';
import { format } from '../../lib/format.ts';
import { useCommand } from '../../lib/hotkeys/dispatch.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { PROFILE_PREFIX } from '../../lib/profile.ts';
import { useStore } from '../../lib/store.ts';
import { cancel, explainAtCaret, formatWorksheet, runAll, runAtCaret, runAtOffset } from './actions.ts';
import { ConflictBar } from './ConflictBar.tsx';
import { caret, editorHandle } from './editor-handle.ts';
import { loadEditor } from './load-editor.ts';
import { ParameterBar } from './ParameterBar.tsx';
import { PlainEditor } from './PlainEditor.tsx';
import { diagnose } from './problems.ts';
import { SharedDialog } from './SharedDialog.tsx';
import { statementAt } from './statement-at.ts';
import { type SplitText, useStatements } from './statements.ts';
import { Toolbar } from './Toolbar.tsx';

const SqlEditor = lazy(loadEditor);

const DIAGNOSE_AFTER = 200;
const isTouch = matchMedia('(pointer: coarse)').matches;

export interface EditorPaneProps {
  readonly sheet: Worksheet;
  /** Of two side by side, the one that the console's commands are about. */
  readonly isActive: boolean;
}

/** Toolbar and editor of a worksheet that is shown. */
export function EditorPane({ sheet, isActive }: EditorPaneProps) {
  const { worksheet: words } = useMessages();
  const run = useStore(runOf(sheet.id));
  const split = useStatements(sheet.id, sheet.text);
  const { offset } = useStore(caret);
  const active = isActive && split.text === sheet.text ? statementAt(split.text, split.statements, offset) : undefined;
  const [isReady, setIsReady] = useState(false);
  useDiagnosis(sheet, run?.isActive === true);
  return (
    <>
      <Toolbar sheet={sheet} run={run} />
      <ParameterBar sheet={sheet} />
      <ConflictBar key={sheet.id} sheet={sheet} />
      <section className="editor-pane" data-region="editor" aria-label={words.editorRegion}>
        {/* It takes keys until the very moment in which the other does. */}
        {!isReady && <PlainEditor worksheet={sheet} isActive={isActive} />}
        {!isTouch && (
          <Suspense>
            <SqlEditor
              {...{ worksheet: sheet, split, active, isActive }}
              onReady={() => setIsReady(true)}
              onRunLine={(at) => void runAtOffset(sheet, at)}
            />
          </Suspense>
        )}
      </section>
      {isActive && <EditorCommands sheet={sheet} isRunning={run?.isActive === true} />}
      {isActive && <SharedDialog />}
      {isActive && <EditorStatus split={split} active={active} />}
    </>
  );
}

/** A run may make what the text names, or drop it: its end is a reason to look again. */
function useDiagnosis(sheet: Worksheet, isRunning: boolean): void {
  const isReady = useStore(engineState).kind === 'Ready';
  const latest = useRef(sheet);
  latest.current = sheet;
  const { id, text, parameters } = sheet;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run is a reason to ask anew, a new name or another tab none.
  useEffect(() => {
    if (!isReady) return;
    const controller = new AbortController();
    const timer = setTimeout(() => void diagnose(latest.current, controller.signal), DIAGNOSE_AFTER);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [id, text, parameters, isReady, isRunning]);
}

/** What is asked of an engine that still starts is done once it has. */
function EditorCommands({ sheet, isRunning }: { readonly sheet: Worksheet; readonly isRunning: boolean }) {
  const canRun = useStore(engineState).kind !== 'Failed';
  useCommand('runStatement', () => void runAtCaret(sheet), canRun);
  useCommand('runAll', () => void runAll(sheet), canRun);
  useCommand('cancelRun', () => cancel(sheet), isRunning);
  useCommand('profileStatement', () => void explainAtCaret(sheet, PROFILE_PREFIX), canRun);
  useCommand('formatSql', () => void formatWorksheet(sheet), canRun);
  useCommand('focusEditor', () => editorHandle.get()?.focus());
  useCommand('nextError', () => editorHandle.get()?.goToProblem(1));
  useCommand('previousError', () => editorHandle.get()?.goToProblem(-1));
  useCommand('quickFix', () => editorHandle.get()?.quickFix());
  return null;
}

function EditorStatus({ split, active }: { readonly split: SplitText; readonly active: number | undefined }) {
  const { status } = useMessages();
  const { line, column } = useStore(caret);
  const state = useStore(saving);
  const saved = {
    Saved: state.kind === 'Saved' && state.at > 0 ? status.saved(format.clock(new Date(state.at))) : undefined,
    Saving: status.saving,
    NotSaved: status.notSaved,
  }[state.kind];
  return (
    <StatusItems>
      <StatusItem>{status.caret(line, column)}</StatusItem>
      {active !== undefined && <StatusItem>{status.statement(active + 1, split.statements.length)}</StatusItem>}
      {saved !== undefined && <StatusItem>{saved}</StatusItem>}
    </StatusItems>
  );
}
