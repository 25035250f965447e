/** What a long step tells while it works. Counts only grow. */
export interface ProgressSink {
  phase(name: ProgressPhase): void;
  add(counts: ProgressCounts): void;
  /** What is to be done in all, as far as it is known. */
  expect(totals: ProgressCounts): void;
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
}

export const NO_PROGRESS: ProgressSink = { phase: () => {}, add: () => {}, expect: () => {} };
