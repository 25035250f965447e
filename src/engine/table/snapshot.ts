import { SqlError, unreachable } from '../base/errors.ts';
import { type SharedMap, sharedMap } from '../base/shared-map.ts';
import { type Action, type AddFile, fileKey, type MetaData, type Protocol, type RemoveFile } from './action.ts';
import { parseSchema, type TableField } from './delta-schema.ts';
import { checkReadable } from './protocol.ts';

/** A Delta table at one version; immutable. */
export interface TableSnapshot {
  readonly version: number;
  readonly protocol: Protocol;
  readonly metadata: MetaData;
  /** The columns, which are also a `Schema`, with the form that data files have. */
  readonly fields: readonly TableField[];
  /** By `fileKey`, in the order in which they were added. */
  readonly files: SharedMap<string, AddFile>;
  /** Files of former versions that may still be read, by `fileKey`. */
  readonly tombstones: SharedMap<string, RemoveFile>;
  /** Configuration by domain. */
  readonly domains: ReadonlyMap<string, string>;
  /** Version by application id. */
  readonly transactions: ReadonlyMap<string, number>;
  /** Unknown where a file came without statistics. */
  readonly rows: number | undefined;
  readonly bytes: number;
}

/** The actions of one log file. */
export interface Commit {
  readonly version: number;
  readonly actions: readonly Action[];
}

/** What replaying a log fills in: changes to what the base has. */
interface Replay {
  readonly base: TableSnapshot | undefined;
  protocol: Protocol | undefined;
  metadata: MetaData | undefined;
  readonly files: Map<string, AddFile | undefined>;
  readonly tombstones: Map<string, RemoveFile | undefined>;
  readonly domains: Map<string, string>;
  readonly transactions: Map<string, number>;
}

/**
 * The snapshot after further commits, which follow each other; from nothing when `base` is undefined, where the first
 * may be the content of a checkpoint. Throws Unimplemented when the table needs a feature that we lack.
 */
export function advance(base: TableSnapshot | undefined, commits: readonly Commit[]): TableSnapshot {
  const replay: Replay = {
    base,
    protocol: base?.protocol,
    metadata: base?.metadata,
    files: new Map(),
    tombstones: new Map(),
    domains: new Map(base?.domains),
    transactions: new Map(base?.transactions),
  };
  for (const { actions } of commits) for (const action of actions) apply(replay, action);
  return finish(replay, commits.at(-1)?.version ?? base?.version ?? -1);
}

function apply(replay: Replay, action: Action): void {
  switch (action.kind) {
    case 'Add':
      change(replay.tombstones, fileKey(action), undefined);
      change(replay.files, fileKey(action), action);
      return;
    case 'Remove':
      change(replay.files, fileKey(action), undefined);
      change(replay.tombstones, fileKey(action), action);
      return;
    case 'MetaData':
      replay.metadata = action;
      return;
    case 'Protocol':
      replay.protocol = action;
      return;
    case 'DomainMetadata':
      if (action.removed) replay.domains.delete(action.domain);
      else replay.domains.set(action.domain, action.configuration);
      return;
    case 'SetTransaction':
      replay.transactions.set(action.appId, action.version);
      return;
    case 'CommitInfo':
      return;
    default:
      unreachable(action);
  }
}

/** What is set anew comes last. */
function change<Value>(changes: Map<string, Value | undefined>, key: string, value: Value | undefined): void {
  changes.delete(key);
  changes.set(key, value);
}

function finish(
  { base, protocol, metadata, domains, transactions, ...changes }: Replay,
  version: number,
): TableSnapshot {
  if (!protocol || !metadata) {
    throw new SqlError(
      'StorageOther',
      `the Delta log has no ${protocol ? 'metadata' : 'protocol'} at version ${version}`,
    );
  }
  if (protocol !== base?.protocol) checkReadable(protocol);
  const fields =
    base?.metadata.schemaString === metadata.schemaString ? base.fields : parseSchema(metadata.schemaString);
  const files = changedMap(base?.files, changes.files);
  const tombstones = changedMap(base?.tombstones, changes.tombstones);
  const size = base?.rows === undefined ? sizeOf(files.values()) : sizeAfter(base, changes.files);
  return { version, protocol, metadata, fields, files, tombstones, domains, transactions, ...size };
}

function changedMap<Value>(
  base: SharedMap<string, Value> | undefined,
  changes: ReadonlyMap<string, Value | undefined>,
): SharedMap<string, Value> {
  return (base ?? sharedMap<string, Value>()).changed(changes);
}

type Size = Pick<TableSnapshot, 'rows' | 'bytes'>;

/** From the base, whose rows are known, so that a commit costs what it changes. */
function sizeAfter(base: TableSnapshot, changes: ReadonlyMap<string, AddFile | undefined>): Size {
  const before = sizeOf([...changes.keys()].flatMap((key) => base.files.get(key) ?? []));
  const after = sizeOf([...changes.values()].flatMap((file) => file ?? []));
  const { rows = 0 } = base;
  return {
    rows: after.rows === undefined ? undefined : rows - (before.rows ?? 0) + after.rows,
    bytes: base.bytes - before.bytes + after.bytes,
  };
}

function sizeOf(files: Iterable<AddFile>): Size {
  let rows: number | undefined = 0;
  let bytes = 0;
  for (const file of files) {
    const deleted = file.deletionVector?.cardinality ?? 0;
    if (rows !== undefined) rows = file.rows === undefined ? undefined : rows + file.rows - deleted;
    bytes += file.size;
  }
  return { rows, bytes };
}

const ROW_TRACKING = 'delta.rowTracking';

/** The greatest row id given so far; -1 before the first. */
export function rowIdHighWaterMark(snapshot: TableSnapshot): number {
  const configuration = snapshot.domains.get(ROW_TRACKING);
  if (configuration === undefined) return -1;
  const { rowIdHighWaterMark: mark } = JSON.parse(configuration) as { readonly rowIdHighWaterMark?: number };
  return mark ?? -1;
}

export function highWaterMarkAction(mark: number): Action {
  const configuration = JSON.stringify({ rowIdHighWaterMark: mark });
  return { kind: 'DomainMetadata', domain: ROW_TRACKING, configuration, removed: false };
}
