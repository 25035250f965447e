import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import { sharedMap } from '../base/shared-map.ts';
import type { Action, AddFile } from '../table/action.ts';
import { fileKey } from '../table/action.ts';
import { actionsOf, type EarlierFiles, formerFile, NO_FILES, netChanges } from '../table/changes.ts';
import { commitPath } from '../table/layout.ts';
import { readCommits } from '../table/log.ts';
import type { Commit, TableSnapshot } from '../table/snapshot.ts';
import { sameType } from '../types/type.ts';
import type { Warehouse } from './contract.ts';
import type { StreamRecord, TableColumn, TableRecord } from './object.ts';
import { tableFolder } from './paths.ts';

/** A state of a table that stays the same while a statement reads it. */
export interface TablePoint {
  readonly snapshot: TableSnapshot;
}

/** What became of a table's files from one point of its history to another. */
export interface TableRange extends TablePoint {
  readonly added: readonly AddFile[];
  readonly removed: readonly AddFile[];
  /** Where a stream stands that has read all of it. */
  readonly end: StreamOffset;
  /** Names the range for good; undefined where it holds files that are not committed. */
  readonly key: string | undefined;
}

export type StreamOffset = Pick<StreamRecord, 'offset' | 'ahead'>;

export interface RangeRequest {
  readonly from: StreamOffset;
  /** The table as the reader sees it, with the files that its transaction has not committed. */
  readonly now: TableSnapshot;
  /** An older version to end at. */
  readonly to?: number | undefined;
  /** Take whole commits while they change no more rows than this, and one at least. */
  readonly mostRows?: number | undefined;
}

/** Throws IllegalStream where the history does not reach back that far. */
export async function readRange(
  { store, snapshot }: Pick<Warehouse, 'store' | 'snapshot'>,
  table: TableRecord,
  request: RangeRequest,
  signal: AbortSignal,
): Promise<TableRange> {
  const { from, now } = request;
  const { to = now.version } = request;
  const log = { store, folder: tableFolder(table) };
  const commits = to > from.offset ? await readCommits(log, from.offset, to, signal).catch(tooOld(table)) : [];
  const committed = to < 0 ? undefined : await snapshot(table, signal, now.version);
  const own = request.to === undefined ? ownActions(committed, now) : [];
  const taken = takenCommits(commits, own, request.mostRows);
  const { added, removed } = netChanges([...actionsOf(taken.commits), ...taken.own], from.ahead);
  const end = { offset: taken.commits.at(-1)?.version ?? from.offset, ahead: aheadOf(from.ahead, taken) };
  return {
    snapshot: now,
    // Files of the snapshot are the same objects for all readers, so that what is known of them is found out once.
    added: added.map((file) => now.files.get(fileKey(file)) ?? file),
    removed: removed.map(formerFile),
    end,
    key: taken.own.length > 0 || from.ahead ? undefined : `${table.folder} ${from.offset} ${end.offset}`,
  };
}

const historyEnded = (table: string) => `The history of table '${table}' no longer reaches back to the offset`;

/** Why the changes since an offset cannot be read any more, though they were tracked; empty while they can. */
export async function lostHistory(
  { store, state }: Pick<Warehouse, 'store' | 'state'>,
  table: TableRecord,
  { offset }: StreamOffset,
  signal: AbortSignal,
): Promise<string> {
  if (offset >= (state().tableVersions.get(table.id)?.version ?? -1)) return '';
  const next = await store.head(commitPath(tableFolder(table), offset + 1), signal);
  return next ? '' : historyEnded(table.name);
}

function tooOld({ name }: TableRecord): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof SqlError) || error.kind !== 'StorageNotFound') throw error;
    throw new SqlError('IllegalStream', historyEnded(name), {
      cause: error,
      hint: hint('streamAnew'),
    });
  };
}

/** What a transaction that has not committed does to the table. */
function ownActions(committed: TableSnapshot | undefined, now: TableSnapshot): readonly Action[] {
  if (committed === now) return [];
  const gone = [...(committed?.files ?? [])].filter(([key]) => !now.files.has(key));
  const come = [...now.files].filter(([key]) => !committed?.files.has(key));
  const removed = gone.map(([, file]): Action => {
    const { path, partitionValues, size, deletionVector, baseRowId, defaultRowCommitVersion } = file;
    const values = { path, partitionValues, size, deletionVector, baseRowId, defaultRowCommitVersion };
    return { kind: 'Remove', deletionTimestamp: undefined, dataChange: true, ...values };
  });
  return [...removed, ...come.map(([, file]) => file)];
}

interface Taken {
  readonly commits: readonly Commit[];
  readonly own: readonly Action[];
}

function takenCommits(commits: readonly Commit[], own: readonly Action[], mostRows: number | undefined): Taken {
  if (mostRows === undefined) return { commits, own };
  const steps = [...commits.map(({ actions }) => actions), own];
  let [rows, count] = [0, 0];
  for (const actions of steps) {
    const changed = changedRows(actions);
    if (rows > 0 && rows + changed > mostRows) break;
    rows += changed;
    count++;
  }
  return { commits: commits.slice(0, count), own: count === steps.length ? own : [] };
}

function changedRows(actions: readonly Action[]): number {
  return actions.reduce(
    (sum, action) => sum + (action.kind === 'Add' && action.dataChange ? (action.rows ?? 0) : 0),
    0,
  );
}

/** Files of later versions that are read now, and those read before that are not reached yet. */
function aheadOf(before: EarlierFiles = NO_FILES, { commits, own }: Taken): EarlierFiles | undefined {
  const reached = new Set(
    actionsOf(commits).flatMap((action) => (action.kind === 'Add' || action.kind === 'Remove' ? fileKey(action) : [])),
  );
  const keys = (kind: 'Add' | 'Remove', old: readonly string[]) => [
    ...new Set([
      ...old.filter((key) => !reached.has(key)),
      ...own.flatMap((action) => (action.kind === kind ? fileKey(action) : [])),
    ]),
  ];
  const [added, removed] = [keys('Add', before.added), keys('Remove', before.removed)];
  return added.length + removed.length === 0 ? undefined : { added, removed };
}

/** The table as it was at a stream's offset. */
export async function snapshotAtOffset(
  { store, snapshot }: Pick<Warehouse, 'store' | 'snapshot'>,
  table: TableRecord,
  { offset, ahead }: StreamOffset,
  signal: AbortSignal,
): Promise<TableSnapshot> {
  const at = await snapshot(table, signal, offset);
  if (!ahead) return at;
  const newest = (await snapshot(table, signal)).version;
  const actions = actionsOf(await readCommits({ store, folder: tableFolder(table) }, offset, newest, signal));
  const files = new Map(at.files);
  for (const key of ahead.removed) files.delete(key);
  for (const action of actions) {
    if (action.kind === 'Add' && ahead.added.includes(fileKey(action))) files.set(fileKey(action), action);
  }
  return { ...at, files: sharedMap(files), rows: undefined };
}

/** Defaults and comments, which only the catalog knows, as they are now. */
export function formerColumns({ columns }: TableRecord, { fields }: TableSnapshot): readonly TableColumn[] {
  return fields.map(({ name, type, nullable }) => {
    const now = columns.find((column) => column.name === name);
    return now && sameType(now.type, type) ? { ...now, nullable } : { name, type, nullable };
  });
}
