import type { Span } from '../../../engine/index.ts';
import { isAbort, toSqlError } from '../../../engine/index.ts';
import { cancelRun, runOf, sessionOf, startRun } from '../../data/runs.ts';
import { keepVersion } from '../../data/versions.ts';
import { type Worksheet, worksheets } from '../../data/worksheets.ts';
import { announce } from '../../lib/announce.ts';
import { messages } from '../../lib/messages/messages.ts';
import { fillParameters, givenValue, isGiven, type ParameterValues, parameterNames } from '../../lib/parameters.ts';
import { persisted } from '../../lib/persisted.ts';
import { toast } from '../../lib/toasts.ts';
import { editorHandle } from './editor-handle.ts';
import { fromNames, parameterFieldId, toNames } from './parameter-text.ts';
import { mayRun } from './shared.ts';
import { statementAt, wholeStatements } from './statement-at.ts';
import { splitText } from './statements.ts';

/** Whether Run all goes on after a statement that failed. */
export const continueOnError = persisted('continueOnError', false, (kept) =>
  typeof kept === 'boolean' ? kept : undefined,
);

/** Runs the statements that the selection touches, or the one at the caret. */
export async function runAtCaret({ id, text: kept }: Worksheet): Promise<void> {
  const handle = editorHandle.get();
  const text = handle?.text() ?? kept;
  const selection = handle?.selection() ?? { start: 0, end: 0 };
  const statements = await splitText(id, text);
  const selected = selection.end > selection.start ? wholeStatements(statements, selection) : undefined;
  const at = statementAt(text, statements, selection.start);
  await run(id, text, selected ?? (at === undefined ? undefined : statements[at]?.span));
}

/** Shows how the statement at the caret would run, or, with other words before it, how it did. */
export async function explainAtCaret({ id, text: kept }: Worksheet, prefix = 'EXPLAIN '): Promise<void> {
  const handle = editorHandle.get();
  const text = handle?.text() ?? kept;
  const statements = await splitText(id, text);
  const at = statementAt(text, statements, handle?.selection().start ?? 0);
  await run(id, text, at === undefined ? undefined : statements[at]?.span, prefix);
}

/** Runs the statement that stands at a place of the text. */
export async function runAtOffset({ id, text: kept }: Worksheet, offset: number): Promise<void> {
  const text = editorHandle.get()?.text() ?? kept;
  const statements = await splitText(id, text);
  const at = statementAt(text, statements, offset);
  await run(id, text, at === undefined ? undefined : statements[at]?.span);
}

export async function runAll({ id, text: kept }: Worksheet): Promise<void> {
  const text = editorHandle.get()?.text() ?? kept;
  const statements = await splitText(id, text);
  await run(id, text, statements.length === 0 ? undefined : { start: 0, end: text.length });
}

async function run(id: string, text: string, span: Span | undefined, prefix?: string): Promise<void> {
  const { worksheet } = messages();
  if (!span) return announce(worksheet.nothingToRun);
  const parameters = worksheets.get()?.get(id)?.parameters ?? {};
  const missing = missingParameter(text.slice(span.start, span.end), parameters);
  if (missing !== undefined) return askFor(id, missing);
  if (!(await mayRun(id, fillParameters(text.slice(span.start, span.end), parameters).text))) return;
  const request = { text, span, continueOnError: continueOnError.get(), prefix, parameters };
  if (runOf(id).get()?.isActive) return announce(worksheet.busy);
  const ended = startRun(id, request);
  // Running goes on where the browser keeps nothing.
  await keepVersion(id, text).catch(() => undefined);
  await ended;
}

/** The first parameter that has no value of its type. */
function missingParameter(text: string, given: ParameterValues): string | undefined {
  return parameterNames(text).find(({ name, type }) => !isGiven(givenValue(given, name) ?? { type, text: '' }))?.name;
}

function askFor(id: string, name: string): void {
  announce(messages().worksheet.parameterMissing(name));
  document.getElementById(parameterFieldId(id, name))?.querySelector<HTMLElement>('input, select')?.focus();
}

export function cancel({ id }: Worksheet): void {
  cancelRun(id);
}

/** Lays the text out anew; it can be undone. */
export async function formatWorksheet({ id }: Worksheet): Promise<void> {
  const handle = editorHandle.get();
  if (!handle) return;
  const { worksheet } = messages();
  const text = handle.text();
  try {
    const formatted = fromNames(await sessionOf(id).format(toNames(text)));
    if (formatted === text) return toast({ title: worksheet.alreadyFormatted });
    if (handle.text() !== text) return;
    handle.replace({ start: 0, end: text.length }, formatted);
    announce(worksheet.formatted);
  } catch (error) {
    if (!isAbort(error)) toast({ title: worksheet.notFormatted(toSqlError(error).message), isFailure: true });
  }
}
