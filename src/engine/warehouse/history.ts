import { mapConcurrently } from '../base/async.ts';
import { SqlError } from '../base/errors.ts';
import type { TableLog } from '../table/layout.ts';
import { readCommits } from '../table/log.ts';
import type { Commit } from '../table/snapshot.ts';
import type { Warehouse } from './contract.ts';
import type { TableRecord } from './object.ts';
import { tableFolder } from './paths.ts';

/** A version of a table, as time travel names it. */
export interface TableMoment {
  readonly version: number;
  /** 32 hex digits: those of the transaction that made it. */
  readonly snapshotId: string;
  /** Milliseconds since 1970; never before the one of an older version. */
  readonly timestamp: number;
  /** As Delta's history has it: `WRITE`, `UPDATE`, `OPTIMIZE`. */
  readonly operation: string;
}

type Source = Pick<Warehouse, 'store' | 'state'>;

const VERSIONS_AT_A_TIME = 16;

/** The versions of a table, the newest first, as far back as its log goes. */
export function tableHistory(
  { store, state }: Source,
  table: TableRecord,
  signal: AbortSignal,
): AsyncGenerator<TableMoment, void, undefined> {
  return logHistory({ store, folder: tableFolder(table) }, state().tableVersions.get(table.id)?.version ?? -1, signal);
}

/** The same of any Delta log, from a version down. */
export async function* logHistory(
  log: TableLog,
  newest: number,
  signal: AbortSignal,
): AsyncGenerator<TableMoment, void, undefined> {
  let to = newest;
  while (to >= 0) {
    const from = Math.max(to - VERSIONS_AT_A_TIME, -1);
    const commits = await knownCommits(log, from, to, signal);
    for (const commit of commits.toReversed()) yield momentOf(commit);
    if (commits.length < to - from) return;
    to = from;
  }
}

/** Those after the last hole: VACUUM removes the oldest ones. */
async function knownCommits(log: TableLog, from: number, to: number, signal: AbortSignal): Promise<Commit[]> {
  const versions = Array.from({ length: to - from }, (_, index) => from + index);
  const read = (version: number) => readCommits(log, version, version + 1, signal).catch(endOfLog);
  const commits = await mapConcurrently(versions, VERSIONS_AT_A_TIME, read);
  return commits.slice(commits.lastIndexOf(undefined) + 1).flatMap((commit) => commit ?? []);
}

function endOfLog(error: unknown): undefined {
  if (error instanceof SqlError && error.kind === 'StorageNotFound') return undefined;
  throw error;
}

function momentOf({ version, actions }: Commit): TableMoment {
  const info = actions.find((action) => action.kind === 'CommitInfo');
  return {
    version,
    snapshotId: info?.txnId ?? '',
    timestamp: info?.timestamp ?? 0,
    operation: info?.operation ?? '',
  };
}

/** The newest version of a history that is such. Throws HistoricalDataNotFound where none is. */
export async function firstVersion(
  history: AsyncIterable<TableMoment>,
  matches: (moment: TableMoment) => boolean,
): Promise<number> {
  for await (const moment of history) if (matches(moment)) return moment.version;
  throw new SqlError('HistoricalDataNotFound', 'No historical data found at given point');
}
