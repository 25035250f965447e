import { sharedMap } from '../base/shared-map.ts';
import { type AddFile, fileKey } from '../table/action.ts';
import { scanSet } from '../table/scan-set.ts';
import { cellReader } from '../types/cell.ts';
import { sameCell } from '../types/same-cell.ts';
import { type ChangeMark, changeChunk, type FileChunk, pickRows } from './change-chunk.ts';
import type { Chunk, ChunkColumn, ScanRequest } from './chunk.ts';
import { inFileOrder } from './file-order.ts';
import { GONE, numbersOf, type RowStates, readStates, TOUCHED, UPDATED } from './row-states.ts';
import { type OpenTable, scanDataFile } from './table.ts';

/** A range of a table's history: the table at its end, and the files that came and went. */
export interface OpenChanges {
  readonly table: OpenTable;
  readonly added: readonly AddFile[];
  readonly removed: readonly AddFile[];
  /** Rows that were there before are left out, whatever became of them. */
  readonly appendOnly: boolean;
}

const INSERTED: ChangeMark = { action: 'INSERT', isUpdate: false };
const DELETED: ChangeMark = { action: 'DELETE', isUpdate: false };
const NEW_VALUES: ChangeMark = { action: 'INSERT', isUpdate: true };
const OLD_VALUES: ChangeMark = { action: 'DELETE', isUpdate: true };

/**
 * The net difference by row id. Columns are those of the table, then the action, whether it is half of an update, and
 * the row's id. Only files that came or went are read; where none went, what came needs no comparison.
 */
export async function* scanChanges(
  changes: OpenChanges,
  request: ScanRequest,
  signal: AbortSignal,
): AsyncGenerator<Chunk> {
  const { added, removed, appendOnly } = changes;
  const files = appendOnly ? added : [...added, ...removed];
  request.progress.expect({ files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) });
  let missing = request.limit ?? Number.POSITIVE_INFINITY;
  for await (const chunk of chunksOf(changes, request, signal)) {
    missing -= chunk.batch.numRows;
    yield chunk;
    if (missing <= 0) return;
  }
}

function chunksOf(changes: OpenChanges, request: ScanRequest, signal: AbortSignal): AsyncGenerator<Chunk> {
  if (changes.removed.length === 0) return scanAdded(changes, request, signal);
  // Of rows that are read some do not come out: files are no shorter for a limit.
  const whole = { ...request, limit: undefined };
  return changes.appendOnly ? scanNew(changes, whole, signal) : scanDifference(changes, whole, signal);
}

/** Nothing went: all that came is new. */
function scanAdded(changes: OpenChanges, request: ScanRequest, signal: AbortSignal): AsyncGenerator<Chunk> {
  const { table } = changes;
  return inFileOrder(mayMatch(changes, request), async function* (file) {
    const known = unreadRows(table, file, request);
    if (known) yield changeChunk(known, INSERTED);
    else for await (const part of scanFile(table, file, request, signal)) yield changeChunk(part, INSERTED);
    request.progress.add({ files: 1 });
  });
}

/** Rows of which only the action is wanted are counted by statistics. */
function unreadRows(table: OpenTable, file: AddFile, { columns: wanted }: ScanRequest): FileChunk | undefined {
  const { rows, deletionVector } = file;
  const first = table.snapshot.fields.length;
  if (rows === undefined || deletionVector || wanted.some((index) => index < first || index > first + 1))
    return undefined;
  return { table, file, columns: [], ids: new Float64Array(0), numbers: numbersFrom(0), rows, wanted };
}

/** Of what came, the rows that were not there under another file's name. */
async function* scanNew(changes: OpenChanges, request: ScanRequest, signal: AbortSignal): AsyncGenerator<Chunk> {
  const { table, removed } = changes;
  const { find } = await readStates({ table, removed, added: [] }, request, signal);
  for (const file of mayMatch(changes, request)) {
    for await (const part of scanFile(table, file, { ...request, withIds: true }, signal)) {
      yield* marked(part, INSERTED, (id) => find(id) < 0);
    }
    request.progress.add({ files: 1 });
  }
}

function mayMatch({ table, added }: OpenChanges, { predicates }: ScanRequest): AddFile[] {
  return scanSet({ ...table.snapshot, files: sharedMap(added.map((file) => [fileKey(file), file])) }, predicates);
}

interface Comparison {
  readonly table: OpenTable;
  readonly rows: RowStates;
  readonly old: OldRows;
  readonly request: FileRequest;
  readonly signal: AbortSignal;
}

/** Rows of what went that are gone or changed, and rows of what came that are new or changed. */
async function* scanDifference(changes: OpenChanges, request: ScanRequest, signal: AbortSignal): AsyncGenerator<Chunk> {
  const { table, added, removed } = changes;
  const rows = await readStates(changes, request, signal);
  // A row is an update by any of its columns, whatever the query wants of it.
  const all = { ...request, predicates: [], withIds: true, withAll: rows.states.includes(TOUCHED) };
  const comparison: Comparison = { table, rows, old: oldRows(rows.states.length), request: all, signal };
  yield* scanRemoved(removed, comparison);
  for (const file of added) yield* scanArrived(file, comparison);
  for (const { part, first } of comparison.old.parts) {
    yield* marked(part, OLD_VALUES, (_, row) => rows.states[first + row] === UPDATED);
  }
}

async function* scanRemoved(removed: readonly AddFile[], comparison: Comparison): AsyncGenerator<Chunk> {
  const { table, rows, old, request, signal } = comparison;
  let place = 0;
  for (const file of removed) {
    for await (const part of scanFile(table, file, request, signal)) {
      const first = place;
      place += part.rows;
      old.keep(part, first, rows.states);
      yield* marked(part, DELETED, (_, row) => rows.states[first + row] === GONE);
    }
    request.progress.add({ files: 1 });
  }
}

async function* scanArrived(file: AddFile, { table, rows, old, request, signal }: Comparison): AsyncGenerator<Chunk> {
  for await (const part of scanFile(table, file, request, signal)) {
    yield* marked(part, INSERTED, (id) => rows.find(id) < 0);
    yield* marked(part, NEW_VALUES, updated(part, old, rows));
  }
  request.progress.add({ files: 1 });
}

type RowTest = (id: number, row: number) => boolean;

function* marked(part: FileChunk, mark: ChangeMark, matches: RowTest): Generator<Chunk> {
  const rows = rowsWhere(part.ids, matches);
  if (rows.length > 0) yield changeChunk(pickRows(part, rows), mark);
}

function rowsWhere(ids: Float64Array, matches: RowTest): number[] {
  const rows: number[] = [];
  for (let row = 0; row < ids.length; row++) if (matches(ids[row] ?? Number.NaN, row)) rows.push(row);
  return rows;
}

interface OldPart {
  readonly part: FileChunk;
  /** Place of its first row. */
  readonly first: number;
}

interface OldRows {
  readonly parts: readonly OldPart[];
  keep(part: FileChunk, first: number, states: Uint8Array): void;
  partOf(place: number): OldPart | undefined;
}

/** Rows that may have been updated, in the columns that they came in. */
function oldRows(rows: number): OldRows {
  const parts: OldPart[] = [];
  const owners = new Int32Array(rows).fill(-1);
  return {
    parts,
    keep(part, first, states) {
      const end = first + part.rows;
      if (!states.subarray(first, end).includes(TOUCHED)) return;
      owners.fill(parts.length, first, end);
      parts.push({ part, first });
    },
    partOf: (place) => parts[owners[place] ?? -1],
  };
}

/** Whether a row has another value than before; it is marked so. */
function updated(part: FileChunk, old: OldRows, { states, find }: RowStates): RowTest {
  const comparers = new Map<OldPart, (row: number, oldRow: number) => boolean>();
  return (id, row) => {
    const place = find(id);
    const before = place >= 0 && states[place] === TOUCHED ? old.partOf(place) : undefined;
    if (!before) return false;
    const same = comparers.get(before) ?? comparer(part, before.part);
    comparers.set(before, same);
    if (same(row, place - before.first)) return false;
    states[place] = UPDATED;
    return true;
  };
}

function comparer(now: FileChunk, before: FileChunk): (row: number, oldRow: number) => boolean {
  const columns = now.columns.map(({ type, data }, position) => {
    const old = before.columns[position];
    return { now: cellReader(data, type), before: old ? cellReader(old.data, old.type) : () => null };
  });
  return (row, oldRow) => columns.every((column) => sameCell(column.now(row), column.before(oldRow)));
}

interface FileRequest extends ScanRequest {
  readonly withIds?: boolean;
  /** All of the table's columns, and not only those that are wanted. */
  readonly withAll?: boolean;
}

async function* scanFile(
  table: OpenTable,
  file: AddFile,
  request: FileRequest,
  signal: AbortSignal,
): AsyncGenerator<FileChunk> {
  const count = table.snapshot.fields.length;
  const own = request.withAll
    ? Array.from({ length: count }, (_, index) => index)
    : request.columns.filter((index) => index < count);
  const withIds = request.withIds || request.columns.includes(count + 2);
  // The rows of a file without ids are told by their number in it, which takes all of them.
  const predicates = file.baseRowId === undefined ? [] : request.predicates;
  const columns = withIds ? [...own, count] : own;
  let first = 0;
  for await (const { batch, types } of scanDataFile(table, file, { ...request, columns, predicates }, signal)) {
    const read = columns.flatMap((index, position): ChunkColumn[] => {
      const [type, data] = [types[position], batch.data.children[position]];
      return type && data ? [{ index, type, data }] : [];
    });
    const ids = withIds ? numbersOf(read.at(-1)?.data, batch.numRows) : new Float64Array(0);
    const values = withIds ? read.slice(0, -1) : read;
    const numbers = numbersFrom(first);
    yield { table, file, columns: values, ids, numbers, rows: batch.numRows, wanted: request.columns };
    first += batch.numRows;
  }
}

const numbersFrom = (first: number) => (row: number) => first + row;
