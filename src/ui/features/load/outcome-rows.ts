import type { FileOutcome } from '../../../engine/index.ts';

export type OutcomeState = 'loaded' | 'partly' | 'failed' | 'skipped' | 'empty';

export interface OutcomeRow extends FileOutcome {
  readonly state: OutcomeState;
}

/** One row for every file that was asked for: what COPY says nothing of was loaded before. */
export function outcomeRows(asked: readonly string[], told: readonly FileOutcome[]): readonly OutcomeRow[] {
  const byFile = new Map(told.map((file) => [file.file, file]));
  const known = told.map((file) => ({ ...file, state: stateOf(file) }));
  const rest = asked.filter((file) => !byFile.has(file)).map(skipped);
  return [...known, ...rest].sort((a, b) => (a.file < b.file ? -1 : 1));
}

function stateOf({ rows, errors }: FileOutcome): OutcomeState {
  if (errors === 0) return rows === 0 ? 'empty' : 'loaded';
  return rows === 0 ? 'failed' : 'partly';
}

function skipped(file: string): OutcomeRow {
  return { file, rows: 0, errors: 0, firstError: undefined, firstLine: undefined, state: 'skipped' };
}
