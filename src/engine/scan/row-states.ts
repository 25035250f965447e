import type { Data } from 'apache-arrow';
import type { AddFile } from '../table/action.ts';
import type { ScanRequest } from './chunk.ts';
import { type OpenTable, scanDataFile } from './table.ts';

/** What became of the rows of files that went, by their place in these files. */
export interface RowStates {
  /** `GONE`, `MOVED` or `TOUCHED` by place. */
  readonly states: Uint8Array;
  /** Rows of the files that came. */
  readonly arrived: number;
  /** The place of the row with an id; -1 where there was none. */
  find(id: number): number;
}

export const GONE = 0;
/** It is in another file now, as it was. */
export const MOVED = 1;
/** It may have another value in a column. */
export const TOUCHED = 2;
/** It has. */
export const UPDATED = 3;

export interface FileMoves {
  readonly table: OpenTable;
  readonly added: readonly AddFile[];
  readonly removed: readonly AddFile[];
}

/** Reads the ids and versions of rows, and nothing else. */
export async function readStates(moves: FileMoves, request: ScanRequest, signal: AbortSignal): Promise<RowStates> {
  const { table, added, removed } = moves;
  const old = await readKeys(table, removed, request, signal);
  const states = new Uint8Array(old.ids.length);
  const find = finder(old.ids);
  let arrived = 0;
  for (const file of added) {
    const { ids, versions } = await readKeys(table, [file], request, signal);
    arrived += ids.length;
    for (let row = 0; row < ids.length; row++) {
      const place = find(ids[row] ?? Number.NaN);
      if (place >= 0) states[place] = versions[row] === old.versions[place] ? MOVED : TOUCHED;
    }
  }
  return { states, arrived, find };
}

/** NaN where a row has none yet: it is not committed. */
interface RowKeys {
  readonly ids: Float64Array;
  readonly versions: Float64Array;
}

async function readKeys(
  table: OpenTable,
  files: readonly AddFile[],
  request: ScanRequest,
  signal: AbortSignal,
): Promise<RowKeys> {
  const first = table.snapshot.fields.length;
  const keys = { ...request, columns: [first, first + 1], predicates: [], limit: undefined };
  const ids: Float64Array[] = [];
  const versions: Float64Array[] = [];
  for (const file of files) {
    for await (const { batch } of scanDataFile(table, file, keys, signal)) {
      ids.push(numbersOf(batch.data.children[0], batch.numRows));
      versions.push(numbersOf(batch.data.children[1], batch.numRows));
    }
  }
  return { ids: joined(ids), versions: joined(versions) };
}

/** A column of INT64 as numbers; ids and versions are safe integers. */
export function numbersOf(data: Data | undefined, rows: number): Float64Array {
  const numbers = new Float64Array(rows).fill(Number.NaN);
  const values: unknown = data?.values;
  if (!data || !(values instanceof BigInt64Array)) return numbers;
  for (let row = 0; row < rows; row++) {
    if (data.nullCount === 0 || data.getValid(row)) numbers[row] = Number(values[row]);
  }
  return numbers;
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Ids mostly stand in their order already; where they do not, a sorted list of places does. */
function finder(ids: Float64Array): RowStates['find'] {
  const places = isAscending(ids)
    ? undefined
    : Uint32Array.from(ids.keys()).sort((a, b) => (ids[a] ?? 0) - (ids[b] ?? 0));
  const placeAt = (at: number) => places?.[at] ?? at;
  return (id) => {
    let [low, high] = [0, ids.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ids[placeAt(middle)] ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    const place = placeAt(low);
    return low < ids.length && ids[place] === id ? place : -1;
  };
}

function isAscending(ids: Float64Array): boolean {
  for (let at = 1; at < ids.length; at++) if ((ids[at - 1] ?? 0) >= (ids[at] ?? 0)) return false;
  return true;
}
