/** What a long step tells while it works. Counts only grow. */
export interface ProgressSink {
  phase(name: ProgressPhase): void;
  add(counts: ProgressCounts): void;
  /** What is to be done in all, as far as it is known. */
  expect(totals: ProgressCounts): void;
  /** What became of a file of a COPY, once it is read. */
  fileDone(outcome: FileOutcome): void;
}

export type ProgressPhase =
  | 'planning'
  | 'listing'
  | 'fetching footers'
  | 'scanning'
  | 'executing'
  | 'writing'
  | 'committing';

export interface ProgressCounts {
  readonly files?: number;
  readonly rows?: number;
  /** Bytes read from files and stores. */
  readonly bytes?: number;
  /** Bytes that came over the network. */
  readonly networkBytes?: number;
  /** Rows that were put into the form of a file. */
  readonly written?: number;
  /** Of Parquet files. */
  readonly rowGroups?: number;
}

export interface FileOutcome {
  readonly file: string;
  /** Loaded. */
  readonly rows: number;
  readonly errors: number;
  readonly firstError: string | undefined;
  /** Counted from 1. */
  readonly firstLine: number | undefined;
}

export const NO_PROGRESS: ProgressSink = { phase: () => {}, add: () => {}, expect: () => {}, fileDone: () => {} };

/** For a part of what was told in all: its files and bytes are no more to come. */
export function withoutTotals(progress: ProgressSink): ProgressSink {
  const expect = ({ files: _files, bytes: _bytes, ...rest }: ProgressCounts) => {
    if (Object.keys(rest).length > 0) progress.expect(rest);
  };
  return { ...progress, expect };
}

/** For a file whose end is told by who reads it. */
export function withoutFiles(progress: ProgressSink): ProgressSink {
  const add = ({ files: _files, ...rest }: ProgressCounts) => {
    if (Object.keys(rest).length > 0) progress.add(rest);
  };
  return { ...withoutTotals(progress), add };
}

/** Passes everything on and adds it up. */
export function countingProgress(to: ProgressSink) {
  const counts = { rows: 0, bytes: 0, networkBytes: 0, rowGroups: 0, rowGroupsTotal: 0 };
  const add = (more: ProgressCounts) => {
    counts.rows += more.rows ?? 0;
    counts.bytes += more.bytes ?? 0;
    counts.networkBytes += more.networkBytes ?? 0;
    counts.rowGroups += more.rowGroups ?? 0;
    to.add(more);
  };
  const expect = (totals: ProgressCounts) => {
    counts.rowGroupsTotal += totals.rowGroups ?? 0;
    to.expect(totals);
  };
  return { counts, progress: { ...to, add, expect } satisfies ProgressSink };
}
