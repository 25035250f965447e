import { queryOptions } from '@tanstack/react-query';
import {
  type FileOutcome,
  type Progress,
  type QueryRows,
  type ResultInfo,
  type Session,
  type SqlError,
  showCell,
  toSqlError,
} from '../../engine/index.ts';
import { refreshChanged, refreshHistory } from './client.ts';
import { engine } from './engine.ts';
import { keys } from './keys.ts';
import { ask, cellRows, type TextRecord, textRecords } from './rows.ts';
import { type FilePlace, fullPath } from './staged-file.ts';
import { type FileKind, stagePath } from './uploads.ts';

/** A row that a COPY left out. */
export interface RejectedRow {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly error: string;
  /** The text of the line. */
  readonly raw: string;
}

export interface LoadOutcome {
  readonly files: readonly FileOutcome[];
  readonly rejected: readonly RejectedRow[];
  readonly error: SqlError | undefined;
  readonly isCancelled: boolean;
  /** Milliseconds. */
  readonly duration: number;
}

export interface LoadOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** All files that the statement which runs is done with. */
  readonly onFiles?: ((files: readonly FileOutcome[]) => void) | undefined;
}

const REJECTED = 'SELECT * FROM system.rejected_rows';

/** Runs the statements of a load, the COPY last, in a session of its own; tells what became of each file. */
export async function runLoad(sql: string, options: LoadOptions): Promise<LoadOutcome> {
  const session = engine().session();
  const start = performance.now();
  try {
    const { results, error, isCancelled } = await runAll(session, sql, options);
    const rejected = await session.query(REJECTED, new AbortController().signal);
    const copied = results.at(-1);
    return {
      files: error || isCancelled || !copied ? [] : textRecords(copied).map(fileOutcome),
      ...{ rejected: textRecords(rejected).map(rejectedRow), error, isCancelled },
      duration: performance.now() - start,
    };
  } finally {
    session.close();
    refreshHistory();
  }
}

function fileOutcome(record: TextRecord): FileOutcome {
  const { file, rows_loaded: rows, errors_seen: errors, first_error: error, first_error_line: line } = record;
  return {
    ...{ file: file ?? '', rows: Number(rows ?? 0), errors: Number(errors ?? 0) },
    ...{ firstError: error ?? undefined, firstLine: line ? Number(line) : undefined },
  };
}

function rejectedRow({ file, line, error, raw }: TextRecord): RejectedRow {
  return { file: file ?? '', line: Number(line ?? 0), error: error ?? '', raw: raw ?? '' };
}

interface ScriptEnd {
  /** Of the statements that gave rows. */
  readonly results: readonly QueryRows[];
  /** Of the statement that failed. */
  readonly error: SqlError | undefined;
  readonly isCancelled: boolean;
}

/** Runs a script to its end or its first failure. */
async function runAll(session: Session, sql: string, { signal, onProgress, onFiles }: LoadOptions): Promise<ScriptEnd> {
  const finished: ResultInfo[] = [];
  let error: SqlError | undefined;
  let isCancelled = false;
  const done = new Map<string, FileOutcome>();
  await session.run(sql, {
    ...{ signal, continueOnError: false, offset: 0 },
    onEvent: (event) => {
      if (event.kind === 'started') done.clear();
      if (event.kind === 'progress') onProgress?.(event.progress);
      if (event.kind === 'files') {
        for (const file of event.files) done.set(file.file, file);
        onFiles?.([...done.values()]);
      }
      if (event.kind === 'cancelled') isCancelled = true;
      if (event.kind === 'failed') error = event.error;
      if (event.kind !== 'finished') return;
      refreshChanged(event.changes);
      finished.push(event.result);
    },
  });
  const withRows = finished.filter(({ columns }) => columns.length > 0);
  const results = await Promise.all(withRows.map(rowsOf));
  for (const { id } of finished) engine().forget(id);
  return { results, error, isCancelled };
}

async function rowsOf({ id, columns, rows }: ResultInfo): Promise<QueryRows> {
  const { signal } = new AbortController();
  const batches = [];
  for (let start = 0; start < rows; ) {
    const batch = await engine().rows(id, start, rows - start, signal);
    if (batch.numRows === 0) break;
    batches.push(batch);
    start += batch.numRows;
  }
  return { columns, batches };
}

/** What some rows of one file would become. */
export interface DryRun {
  readonly file: string;
  readonly rows: QueryRows | undefined;
  readonly rejected: readonly RejectedRow[];
  readonly error: SqlError | undefined;
}

/** Runs a load into a table of its own; the last statement drops that, whatever came before. */
export async function dryRunFile(file: string, statements: readonly string[], signal: AbortSignal): Promise<DryRun> {
  const session = engine().session();
  try {
    const { results, error } = await runAll(session, `${statements.slice(0, -1).join(';\n')};`, { signal });
    const [, rejected, rows] = results;
    return { file, rows, rejected: rejected ? textRecords(rejected).map(rejectedRow) : [], error };
  } catch (error) {
    if (signal.aborted) throw error;
    return { file, rows: undefined, rejected: [], error: toSqlError(error) };
  } finally {
    await runAll(session, statements.at(-1) ?? '', { signal: new AbortController().signal });
    session.close();
  }
}

/** The first row of a file as texts, by column; fields of lines are `$1`, `$2`. */
export function firstRow(place: FilePlace, kind: FileKind) {
  return queryOptions({
    queryKey: keys.file(place.stage, place.path, 'first'),
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, string>> => {
      if (kind.reading === 'positions') return new Map();
      const what = kind.reading === 'columns' ? '*' : '$1';
      const from = `${stagePath(fullPath(place))} (FILE_FORMAT => '${kind.format}')`;
      const rows = await ask(`SELECT ${what} FROM ${from} LIMIT 1`, signal);
      return kind.reading === 'columns' ? textsOf(rows) : fieldsOf([...textsOf(rows).values()][0]);
    },
  });
}

function textsOf(rows: QueryRows): ReadonlyMap<string, string> {
  const [cells = []] = cellRows(rows);
  return new Map(
    rows.columns.map(({ name, type }, index) => {
      const cell = cells[index];
      return [name, cell === null || cell === undefined ? 'NULL' : showCell(cell, type, { timezone: 'UTC' })];
    }),
  );
}

function fieldsOf(document: string | undefined): ReadonlyMap<string, string> {
  const value: unknown = document === undefined ? undefined : JSON.parse(document);
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(
    Object.entries(value).map(([name, field]) => [name, typeof field === 'string' ? field : JSON.stringify(field)]),
  );
}
