import { SqlError, toWire } from '../base/errors.ts';
import type { FileOutcome, ProgressCounts, ProgressSink } from '../base/progress.ts';
import type { Results, ResultWriter } from '../session/results.ts';
import type { RunListener } from '../session/run.ts';
import type { SessionChange } from '../statements/context.ts';
import type { ShowSettings } from '../types/show.ts';
import type { Schema } from '../types/type.ts';
import type { Change, Progress, ResultInfo } from './api.ts';
import type { WireEvent } from './wire.ts';

const MILLISECONDS_BETWEEN_REPORTS = 100;

/** Keeps the rows of a run in the results and tells the client what it should know, not more often than it can show. */
export function runEvents(
  results: Results,
  newId: () => string,
  emit: (event: WireEvent) => void,
  bytesLimit = Number.POSITIVE_INFINITY,
): RunListener {
  let limit = bytesLimit;
  const writers = new Map<
    number,
    {
      readonly id: string;
      readonly columns: Schema;
      readonly show: ShowSettings | undefined;
      readonly writer: ResultWriter;
    }
  >();
  let reported = 0;
  const files = fileEvents(emit);
  const info = (index: number, complete: boolean, affected: number): ResultInfo | undefined => {
    const found = writers.get(index);
    return (
      found && { id: found.id, columns: found.columns, rows: found.writer.rows, complete, affected, show: found.show }
    );
  };
  return {
    started: (index, statement) => {
      limit = READS.test(statement.head) ? bytesLimit : Number.POSITIVE_INFINITY;
      emit({ kind: 'started', index, statement });
    },
    skipped: (index, statement) => emit({ kind: 'skipped', index, statement }),
    progress: (index) => ({
      ...progressSink((progress) => emit({ kind: 'progress', index, progress }), limit),
      fileDone: (outcome) => files.done(index, outcome),
    }),
    columns: (index, columns, show) => {
      const id = newId();
      writers.set(index, { id, columns, show, writer: results.open(id, columns) });
      reported = 0;
    },
    batch: async (index, batch) => {
      await writers.get(index)?.writer.append(batch, new AbortController().signal);
      const now = performance.now();
      const result = info(index, false, 0);
      if (!result || now - reported < MILLISECONDS_BETWEEN_REPORTS) return;
      reported = now;
      emit({ kind: 'rows', index, result });
    },
    finished: (index, { affected, duration, changes }) => {
      files.end();
      const result = info(index, true, affected);
      if (result) emit({ kind: 'finished', index, result, duration, changes: changes.map(wireChange) });
    },
    failed: (index, error, duration) => {
      files.end();
      const written = writers.get(index);
      // Nobody is told of its rows, so nobody else would free them.
      if (written) void results.forget(written.id);
      emit({ kind: 'failed', index, error: toWire(error), duration });
    },
    cancelled: (index, duration) => {
      files.end();
      emit({ kind: 'cancelled', index, result: info(index, true, 0), duration });
    },
  };
}

/** Named as the console names them: tables and views with their database. */
export function wireChange({ kind, database, name }: SessionChange): Change {
  return { kind: listedAs(kind), name: database === undefined ? name : `${database}.${name}` };
}

/** Where the console lists what changed. */
function listedAs(kind: SessionChange['kind']): Change['kind'] {
  switch (kind) {
    case 'Procedure':
    case 'Function':
    case 'Tag':
    case 'Sequence':
      return 'Session';
    case 'Notification':
      return 'Connection';
    default:
      return kind;
  }
}

/** What reads the rows of tables, or writes them anew; what loads files was chosen by its files. */
const READS = /^(SELECT|WITH|FROM|INSERT|UPDATE|DELETE|MERGE|REPLACE|CREATE|ALTER|OPTIMIZE|\()/i;

/** Tells each file once, those of a moment together. */
function fileEvents(emit: (event: WireEvent) => void) {
  let waiting: FileOutcome[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    clearTimeout(timer);
    timer = undefined;
    waiting = [];
  };
  return {
    done: (index: number, outcome: FileOutcome) => {
      waiting.push(outcome);
      timer ??= setTimeout(() => {
        const files = waiting;
        end();
        emit({ kind: 'files', index, files });
      }, MILLISECONDS_BETWEEN_REPORTS);
    },
    /** The statement's result says the rest. */
    end,
  };
}

/** Reports what is told to it, not more often than can be shown. */
export function progressSink(
  report: (progress: Progress) => void,
  bytesLimit = Number.POSITIVE_INFINITY,
): Omit<ProgressSink, 'fileDone'> {
  let last = 0;
  let progress: Progress = {
    phase: 'planning',
    files: 0,
    filesTotal: undefined,
    rows: 0,
    rowsTotal: undefined,
    bytes: 0,
    bytesTotal: undefined,
    networkBytes: 0,
    written: 0,
  };
  const change = (next: Progress) => {
    const isNewPhase = next.phase !== progress.phase;
    progress = next;
    const now = performance.now();
    if (!isNewPhase && now - last < MILLISECONDS_BETWEEN_REPORTS) return;
    last = now;
    report(progress);
  };
  const sum = (total: number | undefined, more: number | undefined) =>
    more === undefined ? total : (total ?? 0) + more;
  return {
    phase: (phase) => change({ ...progress, phase }),
    add: ({ files = 0, rows = 0, bytes = 0, networkBytes = 0, written = 0 }: ProgressCounts) =>
      change({
        ...progress,
        files: progress.files + files,
        rows: progress.rows + rows,
        bytes: progress.bytes + bytes,
        networkBytes: progress.networkBytes + networkBytes,
        written: progress.written + written,
      }),
    expect: ({ files, rows, bytes }) => {
      const wanted = (progress.bytesTotal ?? 0) + (bytes ?? 0);
      if (wanted > bytesLimit) throw tooMuch(wanted, bytesLimit);
      change({
        ...progress,
        filesTotal: sum(progress.filesTotal, files),
        rowsTotal: sum(progress.rowsTotal, rows),
        bytesTotal: sum(progress.bytesTotal, bytes),
      });
    },
  };
}

function tooMuch(bytes: number, limit: number): SqlError {
  const mebibytes = (count: number) => `${(count / 2 ** 20).toFixed(1)} MiB`;
  return new SqlError(
    'AbortedQuery',
    `Aborted query, because it would read ${mebibytes(bytes)} of files, more than ${mebibytes(limit)}`,
  );
}
