import { editor, MarkerSeverity } from 'monaco-editor/editor';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { hintText, type Span } from '../../../engine/index.ts';
import { runOf } from '../../data/runs.ts';
import { changeWorksheet, useTabs, type Worksheet } from '../../data/worksheets.ts';
import type { Language } from '../../lib/language.ts';
import { useLook, useShade } from '../../lib/look.ts';
import { currentLanguage, useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';
import { caret, editorHandle, marks, takeFocus } from './editor-handle.ts';
import {
  failureDecorations,
  lensAt,
  lensDecorations,
  markDecorations,
  runDecorations,
  statementDecorations,
} from './monaco/decorations.ts';
import { takeDrops } from './monaco/drops.ts';
import { caretOf, monacoHandle } from './monaco/handle.ts';
import { keepModels, modelOf } from './monaco/models.ts';
import { prepareMonaco } from './monaco/monaco.ts';
import { editorOptions, sizeOptions } from './monaco/options.ts';
import { rangeOfSpan } from './monaco/place.ts';
import { applyTheme } from './monaco/theme.ts';
import { speakInEditor } from './monaco/words.ts';
import { problemsOf } from './problems.ts';
import type { SplitText } from './statements.ts';
import { keepView, keptView } from './views.ts';

export interface SqlEditorProps {
  readonly worksheet: Worksheet;
  readonly split: SplitText;
  /** The statement that Run means. */
  readonly active: number | undefined;
  /** Of two side by side, the one that the console's commands are about. */
  readonly isActive: boolean;
  /** It takes the keys from the commit on that takes the plain editor away. */
  readonly onReady: () => void;
  /** A click on the glyph beside a line. */
  readonly onRunLine: (offset: number) => void;
}

type Code = editor.IStandaloneCodeEditor;

/** Monaco; one for all worksheets of a side, each with a model of its own. */
export function SqlEditor({ worksheet, split, active, isActive, onReady, onRunLine }: SqlEditorProps) {
  const { worksheet: words } = useMessages();
  const language = useEditorLanguage();
  const container = useRef<HTMLDivElement>(null);
  const code = useMonaco(container, language, onReady);
  useModel(code, worksheet);
  useHandle(code, worksheet.id, isActive);
  useDecorations(code, worksheet.id, { split, active });
  useQuietRuns(code, worksheet.id);
  usePointer(code, worksheet.id, onRunLine);
  useEffect(() => {
    code?.updateOptions({ ariaLabel: words.editor(worksheet.name), placeholder: words.placeholder });
  }, [code, words, worksheet.name]);
  return <div className="code" ref={container} />;
}

/** What Monaco speaks, which follows the console; undefined while its first words are on their way. */
function useEditorLanguage(): Language | undefined {
  useMessages(); // They come with another language.
  const wanted = currentLanguage();
  const [language, setLanguage] = useState<Language>();
  useEffect(() => {
    let isOver = false;
    void speakInEditor(wanted).then(() => isOver || setLanguage(wanted));
    return () => {
      isOver = true;
    };
  }, [wanted]);
  return language;
}

/** Made anew for another language: Monaco asks for its words once. */
function useMonaco(
  container: RefObject<HTMLDivElement | null>,
  language: Language | undefined,
  onReady: () => void,
): Code | undefined {
  const [code, setCode] = useState<Code>();
  const look = useLook();
  const shade = useShade();
  // No layout effect: those are undone while a place is hidden, and the model would be put into what is disposed of.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the look at the start; later looks are applied below.
  useEffect(() => {
    const element = container.current;
    if (!element || !language) return;
    prepareMonaco();
    const created = editor.create(element, editorOptions(look));
    setCode(created);
    onReady();
    const stopDrops = takeDrops(created);
    return () => {
      stopDrops();
      setCode(undefined);
      created.dispose();
    };
  }, [container, language]);
  useEffect(() => applyTheme(shade), [shade]);
  useEffect(() => code?.updateOptions(sizeOptions(look)), [code, look]);
  return code;
}

/** Shows the worksheet's model, where it was left; what is typed goes to the worksheet, what changed there to the model. */
function useModel(code: Code | undefined, worksheet: Worksheet): void {
  const { id, text } = worksheet;
  const { open } = useTabs();
  const first = useRef(text);
  first.current = text;
  useLayoutEffect(() => {
    if (!code) return;
    const model = modelOf(id, first.current);
    code.setModel(model);
    const view = keptView(id);
    if (view) code.restoreViewState(view);
    const selection = takeFocus(id);
    if (selection) {
      code.setSelection(rangeOfSpan(model, selection));
      code.focus();
    }
    const typing = model.onDidChangeContent(() => changeWorksheet(id, { text: model.getValue() }));
    const keep = () => keepView(id, code.saveViewState());
    const moving = [code.onDidChangeCursorSelection(keep), code.onDidScrollChange(keep)];
    return () => {
      keep();
      for (const listening of [typing, ...moving]) listening.dispose();
    };
  }, [code, id]);
  useLayoutEffect(() => {
    const model = code?.getModel();
    if (!model || model.getValue() === text) return;
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
  }, [code, text]);
  useEffect(() => keepModels([...open, id]), [open, id]);
}

/** Lets the console ask this editor, and tells where its caret is. */
function useHandle(code: Code | undefined, id: string, isActive: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another worksheet has a caret of its own.
  useLayoutEffect(() => {
    if (!code || !isActive) return;
    const handle = monacoHandle(code);
    editorHandle.set(handle);
    caret.set(caretOf(code));
    const moving = code.onDidChangeCursorSelection(() => caret.set(caretOf(code)));
    return () => {
      moving.dispose();
      if (editorHandle.get() === handle) editorHandle.set(undefined);
    };
  }, [code, id, isActive]);
}

interface Marks {
  readonly split: SplitText;
  readonly active: number | undefined;
}

function useDecorations(code: Code | undefined, id: string, { split, active }: Marks): void {
  const problems = useStore(problemsOf(id));
  const run = useStore(runOf(id));
  const marked = useStore(marks);
  const spoken = useMessages();
  useMarks(code, id, (model) => statementDecorations(model, split, active), [split, active]);
  useMarks(code, id, (model) => (run ? runDecorations(model, run) : []), [run, spoken, split.text]);
  useMarks(code, id, (model) => (run ? failureDecorations(model, run) : []), [run]);
  useMarks(code, id, (model) => lensDecorations(model, problems), [problems, spoken]);
  useMarks(code, id, (model) => markDecorations(model, marked), [marked]);
  useReveal(code, marked);
  useEffect(() => {
    const model = code?.getModel();
    if (!model) return;
    const markers = problems.map(({ span, message, hint, code: number }) => {
      const { startLineNumber, startColumn, endLineNumber, endColumn } = rangeOfSpan(model, span);
      return {
        ...{ startLineNumber, startColumn, endLineNumber, endColumn, severity: MarkerSeverity.Error },
        ...{ message: hint ? `${message}\n${hintText(hint, spoken.hints)}` : message, code: String(number) },
      };
    });
    editor.setModelMarkers(model, 'engine', markers);
  }, [code, problems, spoken]);
}

function useReveal(code: Code | undefined, marked: readonly Span[]): void {
  useEffect(() => {
    const model = code?.getModel();
    const [first] = marked;
    if (code && model && first) code.revealRangeInCenterIfOutsideViewport(rangeOfSpan(model, first));
  }, [code, marked]);
}

/** What was offered while typing does not stand over the results. */
function useQuietRuns(code: Code | undefined, id: string): void {
  const isActive = useStore(runOf(id))?.isActive === true;
  useEffect(() => {
    // Not when it ends: by then they offer what goes on with the next statement.
    if (isActive) code?.trigger('run', 'hideSuggestWidget', undefined);
  }, [code, isActive]);
}

/** Keeps one collection of decorations on the model; `undefined` leaves what is there, which moves with the text. */
function useMarks(
  code: Code | undefined,
  id: string,
  marks: (model: editor.ITextModel) => editor.IModelDeltaDecoration[] | undefined,
  when: readonly unknown[],
): void {
  const collection = useRef<editor.IEditorDecorationsCollection>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another worksheet has a model of its own.
  useEffect(() => {
    collection.current = code?.createDecorationsCollection();
    return () => collection.current?.clear();
  }, [code, id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the marks are made of is named by the caller.
  useEffect(() => {
    const model = code?.getModel();
    const next = model && marks(model);
    if (next) collection.current?.set(next);
  }, [code, id, ...when]);
}

function usePointer(code: Code | undefined, id: string, onRunLine: (offset: number) => void): void {
  const latest = useRef(onRunLine);
  latest.current = onRunLine;
  useEffect(() => {
    const listening = code?.onMouseDown(({ target }) => {
      const model = code.getModel();
      if (!model || !target.position) return;
      const lens = lensAt(target);
      const problem = lens === undefined ? undefined : problemsOf(id).get()[lens];
      if (problem?.fixes[0] !== undefined) editorHandle.get()?.replace(problem.span, problem.fixes[0]);
      else if (target.type === editor.MouseTargetType.GUTTER_GLYPH_MARGIN) {
        const { lineNumber } = target.position;
        latest.current(
          model.getOffsetAt({ lineNumber, column: model.getLineFirstNonWhitespaceColumn(lineNumber) || 1 }),
        );
      }
    });
    return () => listening?.dispose();
  }, [code, id]);
}
