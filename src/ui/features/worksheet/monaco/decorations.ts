import { type editor, type IRange, Range } from 'monaco-editor/editor';
import type { Diagnostic, Span } from '../../../../engine/index.ts';
import type { Run, RunState, StatementRun } from '../../../data/runs.ts';
import { format } from '../../../lib/format.ts';
import { keysOf } from '../../../lib/hotkeys/dispatch.ts';
import { platform, showKeys } from '../../../lib/hotkeys/keys.ts';
import { messages } from '../../../lib/messages/messages.ts';
import { movedSpan } from '../../../lib/moved-span.ts';
import { finishedWords } from '../../../lib/outcome.ts';
import type { SplitText } from '../statements.ts';
import { escapeMarkdown } from './markdown.ts';
import { rangeOfSpan } from './place.ts';

type Decoration = editor.IModelDeltaDecoration;

const GAP = '\u00a0\u00a0\u00a0';
const MOST_MESSAGE = 72;

/** The bar and the wash of the statement that Run means, with the glyph that runs it on its first line. */
export function statementDecorations(
  model: editor.ITextModel,
  { text, statements }: SplitText,
  active: number | undefined,
): Decoration[] {
  if (text !== model.getValue()) return [];
  const statement = active === undefined ? undefined : statements[active];
  if (!statement) return [];
  const range = rangeOfSpan(model, statement.span);
  const options = { isWholeLine: true, className: 'stmt-active', marginClassName: 'stmt-active-margin' };
  const glyph = {
    glyphMarginClassName: 'glyph run',
    glyphMarginHoverMessage: { value: messages().worksheet.gutterRun },
  };
  return [
    { range, options },
    { range: firstLine(range), options: { ...glyph, zIndex: 2 } },
  ];
}

/** Where statements of the last run failed. */
export function failureDecorations(model: editor.ITextModel, run: Run): Decoration[] {
  return run.statements.flatMap(({ error }) => {
    const span = error?.span && movedSpan(run.text, model.getValue(), error.span);
    if (!error || !span) return [];
    const options = { className: 'squiggly-error', hoverMessage: { value: escapeMarkdown(error.message) } };
    return [{ range: rangeOfSpan(model, span), options: { ...options, stickiness: STAYS } }];
  });
}

/** Does not grow with what is typed at its edges; the number of Monaco's NeverGrowsWhenTypingAtEdges. */
const STAYS = 1;

/** What became of each statement of the last run, behind its first line, as long as it stands there unchanged. */
export function runDecorations(model: editor.ITextModel, run: Run): Decoration[] {
  return run.statements.flatMap((statement) => {
    const span = movedSpan(run.text, model.getValue(), statement.span);
    if (!span) return [];
    const { startLineNumber: line } = rangeOfSpan(model, span);
    const end = model.getLineMaxColumn(line);
    const options = {
      showIfCollapsed: true,
      glyphMarginClassName: `glyph ${statement.state}`,
      after: { content: `${GAP}${outcome(statement)}${GAP}`, inlineClassName: 'ghost' },
    };
    return [{ range: new Range(line, end, line, end), options }];
  });
}

/** A few words: how long, how many rows. */
export function outcome({ head, state, result, duration }: StatementRun): string {
  const { results } = messages();
  const words: { readonly [K in RunState]: string } = {
    running: results.running,
    finished: result ? finishedWords(head, result) : results.done,
    failed: results.failed,
    cancelled: results.cancelled,
    skipped: results.skipped,
  };
  return duration === undefined || state === 'skipped'
    ? words[state]
    : `${format.duration(duration)} · ${words[state]}`;
}

/** The first fix of each problem, behind its line; a click on it applies it. */
export function lensDecorations(model: editor.ITextModel, problems: readonly Diagnostic[]): Decoration[] {
  const { error } = messages();
  const keys = showKeys(keysOf('quickFix')[0] ?? '', platform()).join(' ');
  return problems.flatMap((problem, index) => {
    const [fix] = problem.fixes;
    if (fix === undefined) return [];
    const line = rangeOfSpan(model, problem.span).startLineNumber;
    const end = model.getLineMaxColumn(line);
    const message =
      problem.message.length > MOST_MESSAGE ? `${problem.message.slice(0, MOST_MESSAGE)}…` : problem.message;
    const content = `\u00a0${error.lens(message, fix, keys)}\u00a0`;
    const before = { content: GAP, inlineClassName: 'ghost' };
    const after = { content, inlineClassName: 'lens', attachedData: { lens: index } };
    return [{ range: new Range(line, end, line, end), options: { showIfCollapsed: true, before, after } }];
  });
}

/** Which problem the lens under the pointer is of. */
export function lensAt(target: editor.IMouseTarget): number | undefined {
  const detail: unknown = 'detail' in target ? target.detail : undefined;
  const data = property(property(property(detail, 'injectedText'), 'options'), 'attachedData');
  const index = property(data, 'lens');
  return typeof index === 'number' ? index : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

/** Parts that are pointed at from elsewhere. */
export function markDecorations(model: editor.ITextModel, marked: readonly Span[]): Decoration[] {
  return marked.map((span) => ({ range: rangeOfSpan(model, span), options: { className: 'marked' } }));
}

function firstLine(range: IRange): Range {
  return new Range(range.startLineNumber, 1, range.startLineNumber, 1);
}
