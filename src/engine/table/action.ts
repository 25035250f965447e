import { SqlError, unreachable } from '../base/errors.ts';

/** The actions of a Delta log, as far as they decide what a table holds. What the log says beyond that is not kept. */
export type Action = AddFile | RemoveFile | MetaData | Protocol | DomainMetadata | SetTransaction | CommitInfo;

/** A data file of the table. */
export interface AddFile {
  readonly kind: 'Add';
  /** Decoded; relative to the table's folder, or a whole URL. */
  readonly path: string;
  readonly partitionValues: Readonly<Record<string, string | null>>;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modificationTime: number;
  readonly dataChange: boolean;
  /** JSON as the writer gave it; see `statistics.ts`. */
  readonly stats: string | undefined;
  /** Rows in the file, deleted ones included, where the statistics say it. */
  readonly rows: number | undefined;
  /** Rows of the file that are no part of the table. */
  readonly deletionVector: DeletionVector | undefined;
  /** Row id of the file's first row; the others follow by position unless the file has materialised ids. */
  readonly baseRowId: number | undefined;
  readonly defaultRowCommitVersion: number | undefined;
}

export interface RemoveFile {
  readonly kind: 'Remove';
  readonly path: string;
  readonly partitionValues: Readonly<Record<string, string | null>>;
  readonly size: number | undefined;
  readonly deletionTimestamp: number | undefined;
  readonly dataChange: boolean;
  readonly deletionVector: DeletionVector | undefined;
  readonly baseRowId: number | undefined;
  readonly defaultRowCommitVersion: number | undefined;
}

export interface DeletionVector {
  readonly storageType: string;
  readonly pathOrInlineDv: string;
  readonly offset: number | undefined;
  readonly sizeInBytes: number;
  /** Rows that it deletes. */
  readonly cardinality: number;
}

export interface MetaData {
  readonly kind: 'MetaData';
  readonly id: string;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly schemaString: string;
  readonly partitionColumns: readonly string[];
  readonly configuration: Readonly<Record<string, string>>;
  readonly createdTime: number | undefined;
}

export interface Protocol {
  readonly kind: 'Protocol';
  readonly minReaderVersion: number;
  readonly minWriterVersion: number;
  readonly readerFeatures: readonly string[] | undefined;
  readonly writerFeatures: readonly string[] | undefined;
}

interface DomainMetadata {
  readonly kind: 'DomainMetadata';
  readonly domain: string;
  readonly configuration: string;
  readonly removed: boolean;
}

/** Marks how far an application has written. */
interface SetTransaction {
  readonly kind: 'SetTransaction';
  readonly appId: string;
  readonly version: number;
  readonly lastUpdated: number | undefined;
}

/** Who committed, when and what for. */
export interface CommitInfo {
  readonly kind: 'CommitInfo';
  /** The time in the commit where the table keeps one: it never goes back, as the writer's clock may. */
  readonly timestamp: number | undefined;
  readonly operation: string | undefined;
  readonly txnId: string | undefined;
  readonly isBlindAppend: boolean | undefined;
}

/** Identifies a logical file: the same data file may stand in a table with different deletion vectors over time. */
export function fileKey({ path, deletionVector }: Pick<AddFile, 'path' | 'deletionVector'>): string {
  if (!deletionVector) return path;
  const { storageType, pathOrInlineDv, offset } = deletionVector;
  return `${path}\n${storageType}${pathOrInlineDv}${offset === undefined ? '' : `@${offset}`}`;
}

/** The actions of one log file, one JSON object a line. Unknown actions are left out: features announce those that matter. */
export function parseActions(text: string): Action[] {
  return text.split('\n').flatMap((line) => {
    if (line.trim() === '') return [];
    const action = actionOf(parseJson(line));
    return action ? [action] : [];
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new SqlError('StorageOther', 'a Delta log file holds a line that is not JSON', { cause });
  }
}

/** One action from its JSON object or its row in a checkpoint; undefined when it is of a kind that we do not keep. */
export function actionOf(row: unknown): Action | undefined {
  const object = fields(row);
  for (const [name, read] of Object.entries(READERS)) {
    const body = object[name];
    if (body !== undefined && body !== null) return read(fields(body));
  }
  return undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const READERS: Readonly<Record<string, (body: Fields) => Action>> = {
  add: readAdd,
  remove: readRemove,
  metaData: readMetaData,
  protocol: (body) => ({
    kind: 'Protocol',
    minReaderVersion: count(body, 'minReaderVersion') ?? 1,
    minWriterVersion: count(body, 'minWriterVersion') ?? 1,
    readerFeatures: texts(body, 'readerFeatures'),
    writerFeatures: texts(body, 'writerFeatures'),
  }),
  domainMetadata: (body) => ({
    kind: 'DomainMetadata',
    domain: needed(body, 'domain'),
    configuration: text(body, 'configuration') ?? '',
    removed: flag(body, 'removed') ?? false,
  }),
  txn: (body) => ({
    kind: 'SetTransaction',
    appId: needed(body, 'appId'),
    version: count(body, 'version') ?? 0,
    lastUpdated: count(body, 'lastUpdated'),
  }),
  commitInfo: (body) => ({
    kind: 'CommitInfo',
    timestamp: count(body, 'inCommitTimestamp') ?? count(body, 'timestamp'),
    operation: text(body, 'operation'),
    txnId: text(body, 'txnId'),
    isBlindAppend: flag(body, 'isBlindAppend'),
  }),
};

function readAdd(body: Fields): AddFile {
  const { stats_parsed: parsed, deletionVector } = body;
  const stats = text(body, 'stats') ?? structText(parsed);
  return {
    kind: 'Add',
    path: decodePath(needed(body, 'path')),
    partitionValues: nullableTexts(body, 'partitionValues'),
    size: count(body, 'size') ?? 0,
    modificationTime: count(body, 'modificationTime') ?? 0,
    dataChange: flag(body, 'dataChange') ?? true,
    stats,
    rows: recordCount(stats),
    deletionVector: readDeletionVector(deletionVector),
    baseRowId: count(body, 'baseRowId'),
    defaultRowCommitVersion: count(body, 'defaultRowCommitVersion'),
  };
}

function readRemove(body: Fields): RemoveFile {
  const { deletionVector } = body;
  return {
    kind: 'Remove',
    path: decodePath(needed(body, 'path')),
    partitionValues: nullableTexts(body, 'partitionValues'),
    size: count(body, 'size'),
    deletionTimestamp: count(body, 'deletionTimestamp'),
    dataChange: flag(body, 'dataChange') ?? true,
    deletionVector: readDeletionVector(deletionVector),
    baseRowId: count(body, 'baseRowId'),
    defaultRowCommitVersion: count(body, 'defaultRowCommitVersion'),
  };
}

function readMetaData(body: Fields): MetaData {
  return {
    kind: 'MetaData',
    id: text(body, 'id') ?? '',
    name: text(body, 'name'),
    description: text(body, 'description'),
    schemaString: text(body, 'schemaString') ?? '{"type":"struct","fields":[]}',
    partitionColumns: texts(body, 'partitionColumns') ?? [],
    configuration: Object.fromEntries(
      Object.entries(nullableTexts(body, 'configuration')).map(([key, value]) => [key, value ?? '']),
    ),
    createdTime: count(body, 'createdTime'),
  };
}

function readDeletionVector(value: unknown): DeletionVector | undefined {
  if (value === undefined || value === null) return undefined;
  const body = fields(value);
  return {
    storageType: needed(body, 'storageType'),
    pathOrInlineDv: needed(body, 'pathOrInlineDv'),
    offset: count(body, 'offset'),
    sizeInBytes: count(body, 'sizeInBytes') ?? 0,
    cardinality: count(body, 'cardinality') ?? 0,
  };
}

function fields(value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new SqlError('StorageOther', 'a Delta log holds an action that is not an object');
}

function text(body: Fields, name: string): string | undefined {
  const value = body[name];
  return typeof value === 'string' ? value : undefined;
}

function needed(body: Fields, name: string): string {
  const value = text(body, name);
  if (value === undefined) throw new SqlError('StorageOther', `a Delta log holds an action without '${name}'`);
  return value;
}

function count(body: Fields, name: string): number | undefined {
  const value = body[name];
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
}

function flag(body: Fields, name: string): boolean | undefined {
  const value = body[name];
  return typeof value === 'boolean' ? value : undefined;
}

function texts(body: Fields, name: string): readonly string[] | undefined {
  const value = body[name];
  return Array.isArray(value) ? value.map(String) : undefined;
}

function nullableTexts(body: Fields, name: string): Readonly<Record<string, string | null>> {
  const value = body[name];
  if (value === undefined || value === null) return {};
  return Object.fromEntries(
    Object.entries(fields(value)).map(([key, entry]) => [key, typeof entry === 'string' ? entry : null]),
  );
}

/** Statistics that a checkpoint has as columns, as the JSON text that they stand for. */
function structText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return JSON.stringify(value, (_, entry: unknown) => {
    if (typeof entry !== 'bigint') return entry;
    return Number.isSafeInteger(Number(entry)) ? Number(entry) : String(entry);
  });
}

/** Writers put it first, and then the rest, which only pruning needs, is not parsed. */
function recordCount(stats: string | undefined): number | undefined {
  if (stats === undefined) return undefined;
  const first = /^\s*\{\s*"numRecords"\s*:\s*(\d+)\s*[,}]/.exec(stats);
  return first ? Number(first[1]) : parsedCount(stats);
}

function parsedCount(stats: string): number | undefined {
  try {
    const rows = count(fields(JSON.parse(stats)), 'numRecords');
    return rows !== undefined && Number.isSafeInteger(rows) && rows >= 0 ? rows : undefined;
  } catch {
    // Statistics may be absent; those that cannot be read are no better.
    return undefined;
  }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // Some writers do not encode; what cannot be decoded is meant as it stands.
    return path;
  }
}

/** The text of a log file. */
export function printActions(actions: readonly Action[]): string {
  return actions.map((action) => `${JSON.stringify(jsonOf(action))}\n`).join('');
}

/** An action as the log has it; absent values are left out. */
function jsonOf(action: Action): object {
  const { kind: _, ...body } = action;
  switch (action.kind) {
    case 'Add':
      return { add: { ...body, path: encodePath(action.path), rows: undefined } };
    case 'Remove':
      return { remove: { ...body, path: encodePath(action.path), extendedFileMetadata: action.size !== undefined } };
    case 'MetaData':
      return { metaData: { ...body, format: { provider: 'parquet', options: {} } } };
    case 'Protocol':
      return { protocol: body };
    case 'DomainMetadata':
      return { domainMetadata: body };
    case 'SetTransaction':
      return { txn: body };
    case 'CommitInfo':
      return { commitInfo: { ...body, operationParameters: {}, engineInfo: 'Boathouse' } };
    default:
      return unreachable(action);
  }
}

/** Paths are percent-encoded in the log; slashes and what makes a URL stay. */
export function encodePath(path: string): string {
  return encodeURI(path).replace(/[?#]/g, encodeURIComponent);
}
