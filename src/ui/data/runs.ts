import {
  type Progress,
  type ResultInfo,
  type RunEvent,
  type Session,
  type Span,
  SqlError,
  toSqlError,
} from '../../engine/index.ts';
import { type FilledText, fillParameters, type ParameterValues } from '../lib/parameters.ts';
import { type Store, store } from '../lib/store.ts';
import { bytesLimit } from './bytes-limit.ts';
import { refreshChanged, refreshHistory } from './client.ts';
import { engine } from './engine.ts';
import { forgetRows } from './kept-rows.ts';
import { forgetRun, keepRun, keepShown, keptRun } from './kept-runs.ts';
import { forgetEnd, tellEnd, type UnseenEnd } from './run-ends.ts';

export type RunState = 'running' | 'finished' | 'failed' | 'cancelled' | 'skipped';

/** What became of one statement of a run. */
export interface StatementRun {
  readonly index: number;
  readonly head: string;
  /** Into the text of the run. */
  readonly span: Span;
  /** What was run: with the values of its parameters, and the words before it. */
  readonly sql: string;
  /** Where that begins in what the engine was given. */
  readonly start: number;
  readonly state: RunState;
  readonly progress: Progress | undefined;
  readonly result: ResultInfo | undefined;
  readonly error: SqlError | undefined;
  /** Milliseconds; undefined while it runs. */
  readonly duration: number | undefined;
  readonly startedAt: number;
  /** Of an earlier visit, with rows that were not kept. */
  readonly isGone?: boolean | undefined;
}

/** One press of Run: the text as it was then, whatever is typed meanwhile. */
export interface Run {
  readonly id: number;
  readonly text: string;
  /** From places of what the engine was given to those of the text. */
  readonly back: (span: Span) => Span;
  readonly startedAt: number;
  readonly isActive: boolean;
  readonly isCancelling: boolean;
  readonly statements: readonly StatementRun[];
  /** The statement whose result is shown. */
  readonly shown: number;
  /** It ended in an earlier visit. */
  readonly isKept?: boolean | undefined;
}

export interface RunRequest {
  /** The whole worksheet. */
  readonly text: string;
  /** What of it is run. */
  readonly span: Span;
  readonly continueOnError: boolean;
  /** Words put before it, such as EXPLAIN; they stand nowhere in the text. */
  readonly prefix?: string | undefined;
  readonly parameters?: ParameterValues | undefined;
  /** The person knows how much it reads. */
  readonly isConfirmed?: boolean | undefined;
}

interface Slot {
  readonly run: Store<Run | undefined>;
  /** What was asked for last. */
  request: RunRequest | undefined;
  session: Session | undefined;
  controller: AbortController | undefined;
  /** What an earlier visit has kept was looked for. */
  isRestored: boolean;
}

const slots = new Map<string, Slot>();
let lastRun = 0;

function slotOf(worksheet: string): Slot {
  const present = slots.get(worksheet);
  if (present) return present;
  const slot: Slot = {
    ...{ run: store<Run | undefined>(undefined), request: undefined, session: undefined, controller: undefined },
    isRestored: false,
  };
  slots.set(worksheet, slot);
  return slot;
}

/** The last run of a worksheet. */
export function runOf(worksheet: string): Store<Run | undefined> {
  return slotOf(worksheet).run;
}

/** The session of a worksheet: its current database, settings and variables. */
export function sessionOf(worksheet: string): Session {
  const slot = slotOf(worksheet);
  slot.session ??= engine().session();
  return slot.session;
}

/** Shows the last run of a worksheet as an earlier visit saw its end, once; what is run meanwhile goes before it. */
export async function restoreRun(worksheet: string): Promise<void> {
  const slot = slotOf(worksheet);
  if (slot.isRestored || slot.run.get()) return;
  slot.isRestored = true;
  const kept = await keptRun(worksheet).catch(() => undefined);
  if (!kept) return;
  if (slot.run.get() || slots.get(worksheet) !== slot) return forgetResults(kept.run.statements);
  slot.request = kept.request;
  slot.run.set({ ...kept.run, back: scriptOf(kept.request).back, id: ++lastRun, isKept: true });
}

/** What is kept is a convenience: a full disk or a private window has none. */
function unkept(): void {}

/** Runs a part of a worksheet; false when a run is still going on. Resolves at the end of the run. */
export async function startRun(worksheet: string, request: RunRequest): Promise<boolean> {
  const { text, span, continueOnError, isConfirmed = false } = request;
  const slot = slotOf(worksheet);
  if (slot.controller) return false;
  slot.request = request;
  forgetResults(slot.run.get()?.statements);
  forgetRun(worksheet).catch(unkept);
  const controller = new AbortController();
  slot.controller = controller;
  lastRun++;
  const startedAt = Date.now();
  const script = scriptOf(request);
  slot.run.set({
    ...{ id: lastRun, text, back: script.back, startedAt, isActive: true, isCancelling: false },
    ...{ statements: [], shown: 0 },
  });
  try {
    await sessionOf(worksheet).run(script.text, {
      ...{ signal: controller.signal, continueOnError, offset: 0 },
      bytesLimit: isConfirmed ? undefined : bytesLimit.get(),
      onEvent: (event) => {
        if (event.kind === 'finished') refreshChanged(event.changes);
        change(slot, (run) => afterEvent(run, placed(event, script)));
      },
    });
  } catch (error) {
    change(slot, (run) => afterCrash(run, span, toSqlError(error)));
  } finally {
    slot.controller = undefined;
    change(slot, (run) => ({ ...run, isActive: false, isCancelling: false }));
    refreshHistory();
    const ended = slots.get(worksheet) === slot ? slot.run.get() : undefined;
    if (ended) keepRun(worksheet, { run: ended, request }, () => shownOf(worksheet, ended)).catch(unkept);
    const end = endOf(ended);
    if (end) tellEnd(worksheet, end, Date.now() - startedAt);
  }
  return true;
}

/** Runs a statement of the last run again, however much it reads. */
export function runAnyway(worksheet: string, { span }: StatementRun): void {
  const { request } = slotOf(worksheet);
  if (request) void startRun(worksheet, { ...request, span, isConfirmed: true });
}

/** Runs a statement of the last run again, in the text as it has become, such as with a fresh link. */
export function runChanged(worksheet: string, { span }: StatementRun, changed: (text: string) => string): void {
  const { request } = slotOf(worksheet);
  if (!request) return;
  const [before, own] = [request.text.slice(0, span.start), request.text.slice(span.start, span.end)].map(changed);
  const [start, length] = [before?.length ?? 0, own?.length ?? 0];
  const text = `${before}${own}${changed(request.text.slice(span.end))}`;
  void startRun(worksheet, { ...request, text, span: { start, end: start + length } });
}

/** The statement of a run that is shown; undefined once another has taken its place, or the worksheet is closed. */
function shownOf(worksheet: string, { id }: Run): number | undefined {
  const run = slots.get(worksheet)?.run.get();
  return run?.id === id ? run.shown : undefined;
}

/** How a run ended; undefined for one that a person ended. */
function endOf(run: Run | undefined): UnseenEnd | undefined {
  if (!run) return undefined;
  const states = run.statements.map(({ state }) => state);
  if (states.includes('cancelled')) return undefined;
  return states.includes('failed') ? 'failed' : 'finished';
}

export function cancelRun(worksheet: string): void {
  const slot = slotOf(worksheet);
  if (!slot.controller) return;
  change(slot, (run) => ({ ...run, isCancelling: true }));
  slot.controller.abort();
}

export function showStatement(worksheet: string, index: number): void {
  change(slotOf(worksheet), (run) => ({ ...run, shown: index }));
  keepShown(worksheet, index).catch(unkept);
}

/** The worksheet is closed: its run is ended and its results are freed. */
export function endRuns(worksheet: string): void {
  const slot = slots.get(worksheet);
  slot?.controller?.abort();
  forgetResults(slot?.run.get()?.statements);
  slot?.session?.close();
  slots.delete(worksheet);
  forgetRun(worksheet).catch(unkept);
  forgetEnd(worksheet);
}

/** What the engine is given, and the way from its places back to those of the worksheet. */
interface Script {
  readonly text: string;
  back(span: Span): Span;
}

function scriptOf({ text, span, prefix = '', parameters = {} }: RunRequest): Script {
  const filled = fillParameters(text.slice(span.start, span.end), parameters);
  return { text: prefix + filled.text, back: backFrom(filled, prefix.length, span.start) };
}

function backFrom(filled: FilledText, ours: number, start: number): Script['back'] {
  return (span) => {
    const found = filled.back({ start: Math.max(0, span.start - ours), end: Math.max(0, span.end - ours) });
    return { start: found.start + start, end: found.end + start };
  };
}

function placed(event: RunEvent, { text, back }: Script): PlacedEvent {
  if (event.kind === 'failed') return { ...event, error: moved(event.error, back) };
  if (event.kind !== 'started' && event.kind !== 'skipped') return event;
  const { head, span } = event.statement;
  return { ...event, statement: { head, span: back(span) }, sql: text.slice(span.start, span.end), start: span.start };
}

function moved(error: SqlError, back: Script['back']): SqlError {
  const { kind, message, span, hint, suggestions, snippet, cause } = error;
  return span ? new SqlError(kind, message, { span: back(span), hint, suggestions, snippet, cause }) : error;
}

function change(slot: Slot, next: (run: Run) => Run): void {
  const run = slot.run.get();
  if (run) slot.run.set(next(run));
}

function forgetResults(statements: Run['statements'] = []): void {
  for (const { result } of statements) if (result) forgetRows(result.id);
}

type Begins = Extract<RunEvent, { readonly kind: 'started' | 'skipped' }>;

/** An event with the places of the worksheet. */
export type PlacedEvent = Exclude<RunEvent, Begins> | (Begins & Pick<StatementRun, 'sql' | 'start'>);

/** The run after an event of the engine; pure. */
export function afterEvent(run: Run, event: PlacedEvent): Run {
  switch (event.kind) {
    case 'started':
      return { ...put(run, begun(event, 'running')), shown: event.index };
    case 'skipped':
      return put(run, begun(event, 'skipped'));
    case 'progress':
      return update(run, event.index, { progress: event.progress });
    case 'files':
      return run;
    case 'rows':
      return update(run, event.index, { result: event.result });
    case 'finished':
      return update(run, event.index, { state: 'finished', result: event.result, duration: event.duration });
    case 'failed':
      return {
        ...update(run, event.index, { state: 'failed', error: event.error, duration: event.duration }),
        shown: event.index,
      };
    case 'cancelled':
      return update(run, event.index, { state: 'cancelled', result: event.result, duration: event.duration });
  }
}

/** What went wrong outside of any statement, such as a text that cannot be cut into statements. */
function afterCrash(run: Run, span: Span, error: SqlError): Run {
  const index = run.statements.length;
  const failed: StatementRun = {
    ...begun({ index, statement: { span, head: '' }, sql: '', start: 0 }, 'failed'),
    error,
    duration: 0,
  };
  return { ...put(run, failed), shown: index };
}

type Begun = Pick<Extract<PlacedEvent, { readonly kind: 'started' }>, 'index' | 'statement' | 'sql' | 'start'>;

function begun({ index, statement, sql, start }: Begun, state: RunState): StatementRun {
  return {
    ...{ index, head: statement.head, span: statement.span, sql, start, state },
    ...{ progress: undefined, result: undefined, error: undefined, duration: undefined, startedAt: Date.now() },
  };
}

function put(run: Run, statement: StatementRun): Run {
  const statements = [...run.statements];
  statements[statement.index] = statement;
  return { ...run, statements };
}

function update(run: Run, index: number, part: Partial<StatementRun>): Run {
  const statement = run.statements[index];
  return statement ? put(run, { ...statement, ...part }) : run;
}
