import { lazy, Suspense, useEffect } from 'react';
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
import { caret, editorHandle } from './editor-handle.ts';
import { loadEditor } from './load-editor.ts';
import { PlainEditor } from './PlainEditor.tsx';
import { diagnose } from './problems.ts';
import { statementAt } from './statement-at.ts';
import { type SplitText, useStatements } from './statements.ts';
import { Toolbar } from './Toolbar.tsx';

const SqlEditor = lazy(loadEditor);

const DIAGNOSE_AFTER = 200;
const isTouch = matchMedia('(pointer: coarse)').matches;

/** Toolbar and editor of the worksheet that is shown. */
export function EditorPane({ sheet }: { readonly sheet: Worksheet }) {
  const { worksheet: words } = useMessages();
  const run = useStore(runOf(sheet.id));
  const split = useStatements(sheet.id, sheet.text);
  const { offset } = useStore(caret);
  const active = split.text === sheet.text ? statementAt(split.text, split.statements, offset) : undefined;
  useDiagnosis(sheet);
  useEditorCommands(sheet, run?.isActive === true);
  const plain = <PlainEditor worksheet={sheet} />;
  return (
    <>
      <Toolbar sheet={sheet} run={run} />
      <section className="editor-pane" data-region="editor" aria-label={words.editorRegion}>
        {isTouch ? (
          plain
        ) : (
          <Suspense fallback={plain}>
            <SqlEditor
              worksheet={sheet}
              split={split}
              active={active}
              onRunLine={(at) => void runAtOffset(sheet, at)}
            />
          </Suspense>
        )}
      </section>
      <EditorStatus split={split} active={active} />
    </>
  );
}

function useDiagnosis({ id, text }: Worksheet): void {
  const isReady = useStore(engineState).kind === 'Ready';
  useEffect(() => {
    if (!isReady) return;
    const controller = new AbortController();
    const timer = setTimeout(() => void diagnose(id, text, controller.signal), DIAGNOSE_AFTER);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [id, text, isReady]);
}

/** What is asked of an engine that still starts is done once it has. */
function useEditorCommands(sheet: Worksheet, isRunning: boolean): void {
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
