import { knownHint, type Span, SqlError } from '../../engine/index.ts';
import { changeRecord, deleteRecord, getRecord, putRecord } from './database.ts';
import { lendRows, readRows, rowsToIpc } from './kept-rows.ts';
import type { Run, RunRequest, StatementRun } from './runs.ts';
import { type Sealed, seal, sealBytes, unseal, unsealBytes } from './vault.ts';

/** Larger results are told as they were, without their rows. */
const MOST_ROWS = 10_000;
const MOST_BYTES = 1024 * 1024;
const MOST_BYTES_OF_A_RUN = 4 * MOST_BYTES;

interface KeptRows {
  readonly index: number;
  readonly sealed: Sealed;
}

/** The last run of a worksheet; its text and its rows are as secret as the worksheet. */
interface Kept {
  readonly sealed: Sealed;
  readonly rows: readonly KeptRows[];
  /** The statement whose result is shown. */
  readonly shown: number;
}

export interface KeptRun {
  /** Its `back` is not kept: it follows from what was asked for. */
  readonly run: Omit<Run, 'back'>;
  readonly request: RunRequest;
}

interface WireError extends Pick<SqlError, 'kind' | 'message' | 'hint' | 'suggestions' | 'snippet'> {
  readonly span: Span | undefined;
}

/** As JSON: an error without what only this page knows of it. */
function wireError(error: SqlError | undefined): WireError | undefined {
  if (!error) return undefined;
  const { kind, message, span, hint, suggestions, snippet } = error;
  return { kind, message, span, hint, suggestions, snippet };
}

function errorOf(wire: WireError | undefined): SqlError | undefined {
  if (!wire) return undefined;
  const { kind, message, snippet } = wire;
  const isKnown = snippet && knownHint(snippet.title);
  return new SqlError(kind, message, { ...wire, hint: knownHint(wire.hint), snippet: isKnown ? snippet : undefined });
}

/**
 * Keeps how a run ended, so that it is there when the page is opened again; a failure costs no more than that. `shownOf`
 * gives the statement that is shown by then; undefined where the run has been forgotten meanwhile.
 */
export async function keepRun(
  worksheet: string,
  { run, request }: KeptRun,
  shownOf: () => number | undefined,
): Promise<void> {
  const rows = await sealedRows(run);
  const statements = run.statements.map(({ error, ...rest }) => ({ ...rest, error: wireError(error) }));
  const sealed = await seal(JSON.stringify({ run: { ...run, statements }, request }));
  const shown = shownOf();
  if (shown !== undefined) await putRecord('runs', worksheet, { sealed, rows, shown } satisfies Kept);
}

async function sealedRows({ statements }: KeptRun['run']): Promise<readonly KeptRows[]> {
  const found: KeptRows[] = [];
  let left = MOST_BYTES_OF_A_RUN;
  for (const { index, head, result } of statements) {
    if (!result || result.rows === 0 || result.rows > MOST_ROWS || isSecret(head)) continue;
    const ipc = rowsToIpc(await readRows(result.id, 0, result.rows, new AbortController().signal));
    if (ipc.byteLength > Math.min(MOST_BYTES, left)) continue;
    left -= ipc.byteLength;
    found.push({ index, sealed: await sealBytes(ipc) });
  }
  return found;
}

/** A signed link opens its file for whoever has it. */
const isSecret = (head: string) => /^PRESIGN\b/i.test(head);

export async function keepShown(worksheet: string, shown: number): Promise<void> {
  // The store holds nothing else.
  await changeRecord('runs', worksheet, (kept) => ({ ...(kept as Kept), shown }) satisfies Kept);
}

export async function forgetRun(worksheet: string): Promise<void> {
  await deleteRecord('runs', worksheet);
}

/** The last run of a worksheet as it ended; undefined where none was kept, or the key is another. */
export async function keptRun(worksheet: string): Promise<KeptRun | undefined> {
  const kept = (await getRecord('runs', worksheet)) as Kept | undefined;
  if (!kept) return undefined;
  // Written by `keepRun` alone, and sealed: nothing else can stand there.
  const { run, request } = JSON.parse(await unseal(kept.sealed)) as KeptRun;
  const ids = new Map<number, string>();
  for (const { index, sealed } of kept.rows) ids.set(index, lendRows(await unsealBytes(sealed)));
  const statements = run.statements.map((statement) => revived(statement, ids.get(statement.index)));
  return { run: { ...run, isActive: false, isCancelling: false, shown: kept.shown, statements }, request };
}

type WireStatement = Omit<StatementRun, 'error'> & { readonly error?: WireError | undefined };

function revived(statement: WireStatement, id: string | undefined): StatementRun {
  const { result } = statement;
  const isGone = result !== undefined && result.rows > 0 && id === undefined;
  return {
    ...statement,
    progress: undefined,
    result: result && { ...result, id: id ?? result.id },
    error: errorOf(statement.error),
    duration: statement.duration,
    ...(isGone ? { isGone } : {}),
  };
}
