import { SqlError } from '../../base/errors.ts';
import { hint } from '../../base/hints.ts';
import type { FileOutcome } from '../../base/progress.ts';
import type { RowError } from '../../formats/format.ts';
import type { RejectedRow } from '../../system/table.ts';
import { plain, type Schema } from '../../types/type.ts';
import { type Outcome, rowsOutcome } from '../context.ts';
import type { CopyIntoTable } from '../syntax/copy-table.ts';

/** What became of each file, and what ON_ERROR does with a bad row. */
export interface CopyReport {
  loaded(file: string, rows: number): void;
  /** Returns when the row is to be left out. Throws BadBytes when that ends the statement. */
  failed(file: string, error: RowError): void;
  /** What became of a file so far; undefined where nothing is to be said of it. */
  fileOutcome(file: string): FileOutcome | undefined;
  outcome(): Outcome;
  readonly rejected: readonly RejectedRow[];
}

interface FileCounts {
  rows: number;
  errors: number;
  first: RowError | undefined;
}

const COLUMNS: Schema = [
  { name: 'File', type: plain('String'), nullable: false },
  { name: 'Rows_loaded', type: plain('Int32'), nullable: false },
  { name: 'Errors_seen', type: plain('Int32'), nullable: false },
  { name: 'First_error', type: plain('String'), nullable: true },
  { name: 'First_error_line', type: plain('Int32'), nullable: true },
];

/** Beyond this rows are only counted. */
const MOST_REJECTED = 10_000;

export function copyReport({ onError, returnFailedOnly }: CopyIntoTable): CopyReport {
  const files = new Map<string, FileCounts>();
  const rejected: RejectedRow[] = [];
  let seen = 0;
  const countsOf = (file: string): FileCounts => {
    const known = files.get(file) ?? { rows: 0, errors: 0, first: undefined };
    files.set(file, known);
    return known;
  };
  const isTold = ({ rows, errors }: FileCounts) => (returnFailedOnly ? errors > 0 : rows + errors > 0);
  return {
    rejected,
    loaded: (file, rows) => {
      countsOf(file).rows += rows;
    },
    failed: (file, error) => {
      seen++;
      endOfPatience(onError, seen, file, error);
      if (rejected.length < MOST_REJECTED)
        rejected.push({ file, line: error.line + 1, error: error.message, raw: error.raw });
      const counts = countsOf(file);
      // ABORT_n leaves rows out silently: only CONTINUE reports them.
      if (onError?.action !== 'CONTINUE') return;
      counts.errors++;
      if (!counts.first || error.line < counts.first.line) counts.first = error;
    },
    fileOutcome: (file) => {
      const counts = files.get(file);
      return counts && isTold(counts) ? outcomeOf(file, counts) : undefined;
    },
    outcome: () => {
      const rows = [...files]
        .filter(([, counts]) => isTold(counts))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, counts]) => {
          const { file, rows: loaded, errors, firstError, firstLine } = outcomeOf(name, counts);
          return [file, loaded, errors, firstError ?? null, firstLine ?? null];
        });
      const affected = [...files.values()].reduce((sum, { rows: loaded }) => sum + loaded, 0);
      return rowsOutcome(COLUMNS, rows, affected);
    },
  };
}

function outcomeOf(file: string, { rows, errors, first }: FileCounts): FileOutcome {
  return { file, rows, errors, firstError: first?.message, firstLine: first && first.line + 1 };
}

function endOfPatience(onError: CopyIntoTable['onError'], seen: number, file: string, error: RowError): void {
  if (onError?.action === 'CONTINUE') return;
  const most = onError?.count ?? 1;
  if (seen < most) return;
  const prefix = most > 1 ? `abort after ${most} errors! the last error: ` : '';
  throw new SqlError('BadBytes', `${prefix}${error.message}\nat file '${file}', line ${error.line}`, {
    hint: hint('continueOnError'),
  });
}
