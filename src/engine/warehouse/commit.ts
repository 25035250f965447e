import { SqlError } from '../base/errors.ts';
import { printActions } from '../table/action.ts';
import { netChanges } from '../table/changes.ts';
import { writeCheckpoint } from '../table/checkpoint.ts';
import { commitPath } from '../table/layout.ts';
import { checkpointInterval } from '../table/metadata.ts';
import { advance, type Commit, type TableSnapshot } from '../table/snapshot.ts';
import { stageCommit, type TableChange } from '../table/write.ts';
import { type CatalogCommit, wantsCheckpoint } from './catalog-file.ts';
import { NEVER, putCatalogCommit, writeCatalogCheckpoint } from './catalog-log.ts';
import { type CatalogChange, replay } from './change.ts';
import type { CommitResult } from './contract.ts';
import type { Engine } from './engine.ts';
import type { ObjectId, TableRecord, TableVersion } from './object.ts';
import { changedObjects } from './object-change.ts';
import { conflict, decideAll, gone, type Operation } from './operation.ts';
import { COMMIT_LOCK, dataFilePath, tableFolder } from './paths.ts';
import type { CatalogState } from './state.ts';
import { changeOf, rebaseDraft, type TableDraft } from './table-draft.ts';
import type { TransactionFiles } from './transaction-files.ts';

export interface PendingTransaction {
  readonly id: string;
  readonly operations: readonly Operation[];
  readonly drafts: ReadonlyMap<ObjectId, TableDraft>;
  readonly files: TransactionFiles;
}

/**
 * Data files are there already; then come the tables' log files and then the one catalog commit, which makes all of it
 * visible. All under a lock, so that normally nobody else is first; where engines share no lock, the catalog commit is
 * put if absent, and the loser decides again on what the winner left.
 */
export async function commitTransaction(
  engine: Engine,
  pending: PendingTransaction,
  signal: AbortSignal,
): Promise<CommitResult> {
  if (pending.operations.length === 0 && pending.drafts.size === 0) {
    await pending.files.finish(new Set());
    return { version: engine.state().version, changes: [] };
  }
  const published = await publishUnderLock(engine, pending, signal);
  const { before, staged } = published;
  const { state } = staged;
  const { version } = state;
  engine.learn(state);
  for (const { table, next } of staged.tables) engine.keepSnapshot(table, next);
  const changes = changedObjects(before, staged.changes);
  engine.announce(version, changes);
  engine.later(() => pending.files.finish(keptFiles(staged)));
  checkpointLater(engine, state, staged);
  return { version, changes };
}

async function publishUnderLock(engine: Engine, pending: PendingTransaction, signal: AbortSignal): Promise<Published> {
  const outcome: Outcome = { isKnown: true };
  try {
    return await engine.host.locks.withLock(COMMIT_LOCK, signal, () => publish(engine, pending, outcome, signal));
  } catch (error) {
    if (outcome.isKnown) await pending.files.finish(new Set()).catch(ignoreLeftovers);
    else pending.files.abandon();
    throw error;
  }
}

/** What cannot be removed now is found by `recover`. */
function ignoreLeftovers(): void {}

interface Outcome {
  /** False while files may be there that we do not know of: log files, or the catalog commit itself. */
  isKnown: boolean;
}

interface Published {
  /** The catalog that the commit follows. */
  readonly before: CatalogState;
  readonly staged: StagedCommit;
}

const MOST_ATTEMPTS = 10;

async function publish(
  engine: Engine,
  pending: PendingTransaction,
  outcome: Outcome,
  signal: AbortSignal,
): Promise<Published> {
  let overwrite = false;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const before = await engine.refresh(signal);
    const staged = await stageTransaction(engine, pending, before, signal);
    if (!(await writeLogs(engine, pending, { staged, overwrite, outcome }, signal))) {
      await fence(engine, before);
      overwrite = true;
      continue;
    }
    const { version } = staged.state;
    const commit = { version, transaction: pending.id, timestamp: engine.host.now(), changes: staged.changes };
    if (await put(engine, commit, outcome)) return { before, staged };
    overwrite = false;
  }
  throw conflict('other writers were first again and again');
}

async function put(engine: Engine, commit: CatalogCommit, outcome: Outcome): Promise<boolean> {
  outcome.isKnown = false;
  const isOurs = await putCatalogCommit(engine.store, commit, NEVER);
  outcome.isKnown = true;
  return isOurs;
}

/**
 * Takes the next catalog version with an empty commit: a write of it that a crashed engine may still have under way
 * then comes to nothing, and what that engine left can be overwritten.
 */
export async function fence({ store, host }: Engine, { version }: CatalogState): Promise<void> {
  const commit = { version: version + 1, transaction: host.newId(), timestamp: host.now(), changes: [] };
  await putCatalogCommit(store, commit, NEVER);
}

interface StagedTable {
  readonly table: TableRecord;
  readonly change: TableChange;
  readonly commit: Commit;
  readonly next: TableSnapshot;
}

interface StagedCommit {
  readonly tables: readonly StagedTable[];
  /** The catalog after the commit. */
  readonly state: CatalogState;
  readonly changes: readonly CatalogChange[];
}

/** Decides the transaction on the newest catalog. Throws what makes that impossible. */
async function stageTransaction(
  engine: Engine,
  pending: PendingTransaction,
  newest: CatalogState,
  signal: AbortSignal,
): Promise<StagedCommit> {
  const decided = decideAll(newest, pending.operations);
  const tables: StagedTable[] = [];
  const written: CatalogChange[] = [];
  for (const draft of pending.drafts.values()) {
    const { id } = draft.table;
    const isDropped = !decided.state.objects.has(id);
    if (isDropped && draft.base !== undefined && !newest.objects.has(id)) throw gone(draft.table);
    if (isDropped && draft.base === undefined) continue;
    const current = newest.tableVersions.get(id);
    const change = await currentChange(engine, draft, current, signal);
    if (isEmpty(change.change)) continue;
    const now = Math.max(engine.host.now(), current?.updatedOn ?? 0);
    const commit = stageCommit(change.base, change.change, { transaction: pending.id, now });
    const next = advance(change.base, [commit]);
    tables.push({ table: draft.table, change: change.change, commit, next });
    written.push({ kind: 'Wrote', table: id, version: tableVersion(next, now) });
  }
  const changes = [...written, ...settledOffsets(decided.state, tables)];
  const state = replay(decided.state, changes, newest.version + 1);
  return { tables, state, changes: [...decided.changes, ...changes] };
}

/** A stream that has read all that its own transaction writes stands at the version that this becomes. */
function settledOffsets({ objects }: CatalogState, tables: readonly StagedTable[]): CatalogChange[] {
  return [...objects.values()].flatMap((stream): CatalogChange[] => {
    if (stream.kind !== 'Stream' || (!stream.ahead && stream.offset >= 0)) return [];
    const { tableId, offset, ahead } = stream;
    const own = tables.find(({ table }) => table.id === tableId);
    if (own?.next.version !== offset + 1) return [];
    const { added, removed } = netChanges(own.commit.actions, ahead);
    if (added.length + removed.length > 0) return [];
    return [{ kind: 'Put', object: { ...stream, offset: own.next.version, ahead: undefined } }];
  });
}

async function currentChange(
  engine: Engine,
  draft: TableDraft,
  current: TableVersion | undefined,
  signal: AbortSignal,
): Promise<{ readonly base: TableSnapshot | undefined; readonly change: TableChange }> {
  if (draft.base === undefined || !current) return { base: undefined, change: changeOf(draft, undefined) };
  const seen = await engine.snapshotAt(draft.table, draft.base, signal);
  const base = await engine.snapshotAt(draft.table, current.version, signal);
  return { base, change: rebaseDraft(draft, seen, base) };
}

function isEmpty({ metadata, added, removed, restored }: TableChange): boolean {
  return !metadata && added.length + removed.length + restored.length === 0;
}

function tableVersion({ version, rows, bytes, files }: TableSnapshot, updatedOn: number): TableVersion {
  return { version, rows, bytes, files: files.size, updatedOn };
}

interface LogWrite {
  readonly staged: StagedCommit;
  readonly overwrite: boolean;
  readonly outcome: Outcome;
}

/** False when a crashed engine left a log file of a version that was never committed. */
async function writeLogs(
  { store }: Engine,
  { files }: PendingTransaction,
  { staged, overwrite, outcome }: LogWrite,
  signal: AbortSignal,
): Promise<boolean> {
  const written: string[] = [];
  try {
    for (const { table, commit } of staged.tables) {
      await files.mark(table, signal);
      const path = commitPath(tableFolder(table), commit.version);
      const bytes = new TextEncoder().encode(printActions(commit.actions));
      // Even a write that failed may have been done.
      written.push(path);
      await store.write(path, bytes, { ifAbsent: !overwrite, signal });
    }
    signal.throwIfAborted();
    return true;
  } catch (error) {
    const isThere = error instanceof SqlError && error.kind === 'InvalidOperation';
    if (isThere) written.pop();
    outcome.isKnown = false;
    for (const path of written) await store.remove(path, NEVER);
    outcome.isKnown = true;
    if (isThere && !overwrite) return false;
    throw error;
  }
}

function keptFiles({ tables }: StagedCommit): ReadonlySet<string> {
  return new Set(tables.flatMap(({ table, change }) => change.added.map(({ path }) => dataFilePath(table, path))));
}

function checkpointLater(engine: Engine, state: CatalogState, { tables }: StagedCommit): void {
  const { store, host, encode } = engine;
  if (wantsCheckpoint(state)) engine.later(() => writeCatalogCheckpoint(store, state));
  for (const { table, next } of tables) {
    if (next.version === 0 || next.version % checkpointInterval(next.files.size) !== 0) continue;
    const log = { store, folder: tableFolder(table) };
    engine.later(() => writeCheckpoint(log, next, { encode, now: host.now() }, NEVER));
  }
}
