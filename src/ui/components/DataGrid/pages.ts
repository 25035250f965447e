import type { RecordBatch } from 'apache-arrow';
import { type Cell, type CellReader, cellReader, isAbort } from '../../../engine/index.ts';
import type { GridSource } from './source.ts';

const PAGE_ROWS = 1024;
const MOST_PAGES = 96;

/** Both ends are in it. */
export type RowRange = readonly [first: number, last: number];

/** The rows of a source near what is shown, read page by page; the ones used longest ago are dropped. */
export interface GridPages {
  /** Undefined while it is not there. */
  cell(row: number, column: number): Cell | undefined;
  /** Reads the pages that hold these rows, ends what is being read elsewhere. */
  ensure(ranges: readonly RowRange[]): void;
  /** The same result has come further. */
  update(source: GridSource): void;
  error(): unknown;
  subscribe(listener: () => void): () => void;
  /** Changes with every page that comes. */
  version(): number;
  close(): void;
}

interface Page {
  readonly rows: number;
  /** The readers of each batch it came in, with the row that the batch begins at. */
  readonly parts: readonly { readonly first: number; readonly readers: readonly CellReader[] }[];
}

export function gridPages(initial: GridSource): GridPages {
  let source = initial;
  let turn = 0;
  let failure: unknown;
  const pages = new Map<number, Page>();
  const reading = new Map<number, AbortController>();
  const listeners = new Set<() => void>();

  const changed = () => {
    turn++;
    for (const listener of [...listeners]) listener();
  };

  const isWhole = (index: number) => {
    const wanted = Math.min(PAGE_ROWS, source.rows - index * PAGE_ROWS);
    return (pages.get(index)?.rows ?? 0) >= wanted;
  };

  const read = async (index: number) => {
    const controller = new AbortController();
    reading.set(index, controller);
    try {
      const parts = await readPage(source, index, controller.signal);
      keep(index, parts);
      failure = undefined;
    } catch (error) {
      if (!isAbort(error)) failure = error;
    } finally {
      reading.delete(index);
      changed();
    }
  };

  const keep = (index: number, page: Page) => {
    pages.delete(index);
    pages.set(index, page);
    const [oldest] = pages.keys();
    if (pages.size > MOST_PAGES && oldest !== undefined) pages.delete(oldest);
  };

  return {
    cell(row, column) {
      const page = pages.get(Math.floor(row / PAGE_ROWS));
      const at = row % PAGE_ROWS;
      if (!page || at >= page.rows) return undefined;
      const part = page.parts.findLast(({ first }) => first <= at);
      return part?.readers[column]?.(at - part.first);
    },
    ensure(ranges) {
      const wanted = new Set(ranges.flatMap(pagesOf));
      for (const [index, controller] of reading) if (!wanted.has(index)) controller.abort();
      for (const index of wanted) if (!isWhole(index) && !reading.has(index)) void read(index);
    },
    update(next) {
      source = next;
    },
    error: () => failure,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: () => turn,
    close() {
      for (const controller of reading.values()) controller.abort();
    },
  };
}

function pagesOf([first, last]: RowRange): readonly number[] {
  const [from, to] = [Math.floor(first / PAGE_ROWS), Math.floor(last / PAGE_ROWS)];
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** A source may give less than was asked for at the end of one of its chunks: the rest is asked for once more. */
async function readPage(source: GridSource, index: number, signal: AbortSignal): Promise<Page> {
  const start = index * PAGE_ROWS;
  const wanted = Math.min(PAGE_ROWS, source.rows - start);
  const parts: { first: number; readers: readonly CellReader[] }[] = [];
  let rows = 0;
  while (rows < wanted) {
    const batch = await source.page(start + rows, wanted - rows, signal);
    if (batch.numRows === 0) break;
    parts.push({ first: rows, readers: batchReaders(source, batch) });
    rows += batch.numRows;
  }
  return { rows, parts };
}

export function batchReaders({ columns }: Pick<GridSource, 'columns'>, batch: RecordBatch): readonly CellReader[] {
  return columns.map(({ type }, column) => {
    const data = batch.data.children[column];
    return data ? cellReader(data, type) : () => null;
  });
}
