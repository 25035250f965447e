import type { Schema } from '../../../engine/index.ts';
import type { Widths } from '../../components/DataGrid/columns.ts';
import type { GridSource } from '../../components/DataGrid/source.ts';

/** How a person put the columns, by name: it holds for every result that has them. */
export interface Arrangement {
  readonly hidden: readonly string[];
  /** First, and always in view. */
  readonly pinned: readonly string[];
  /** Names that were moved, in their order; the others follow as they come. */
  readonly order: readonly string[];
  /** Pixels, of the columns that were made wider or narrower. */
  readonly widths: Widths;
  /** Rows that stay in view under the head, by their number from 0. */
  readonly rows: readonly number[];
}

export const AS_IT_CAME: Arrangement = { hidden: [], pinned: [], order: [], widths: {}, rows: [] };

/** Positions in the result, in the order they are shown, and how many of the first are pinned. */
export interface Arranged {
  readonly positions: readonly number[];
  readonly pinned: number;
}

export function arrange(columns: Schema, { hidden, pinned, order }: Arrangement): Arranged {
  const isHidden = new Set(hidden);
  const shown = columns.flatMap(({ name }, index) => (isHidden.has(name) ? [] : [{ name, index }]));
  const rank = new Map(order.map((name, index) => [name, index]));
  const isPinned = new Set(pinned);
  const place = ({ name, index }: { readonly name: string; readonly index: number }) =>
    isPinned.has(name) ? pinned.indexOf(name) - columns.length : (rank.get(name) ?? order.length + index);
  const positions = [...shown].sort((a, b) => place(a) - place(b)).map(({ index }) => index);
  return { positions, pinned: shown.filter(({ name }) => isPinned.has(name)).length };
}

/** The same rows with their columns so arranged. */
export function arrangedSource(source: GridSource, { positions }: Arranged): GridSource {
  const isSame = positions.length === source.columns.length && positions.every((position, index) => position === index);
  if (isSame) return source;
  return {
    id: `${source.id}/${positions.join()}`,
    rowsId: source.rowsId ?? source.id,
    columns: positions.flatMap((position) => source.columns[position] ?? []),
    rows: source.rows,
    page: async (start, count, signal) => (await source.page(start, count, signal)).selectAt([...positions]),
  };
}

export function hide(arrangement: Arrangement, name: string): Arrangement {
  return { ...arrangement, hidden: [...new Set([...arrangement.hidden, name])] };
}

export function toggleHidden(arrangement: Arrangement, name: string): Arrangement {
  const { hidden } = arrangement;
  return { ...arrangement, hidden: hidden.includes(name) ? hidden.filter((one) => one !== name) : [...hidden, name] };
}

export function togglePinned(arrangement: Arrangement, name: string): Arrangement {
  const { pinned } = arrangement;
  return { ...arrangement, pinned: pinned.includes(name) ? pinned.filter((one) => one !== name) : [...pinned, name] };
}

export function toggleRow(arrangement: Arrangement, row: number): Arrangement {
  const { rows } = arrangement;
  return { ...arrangement, rows: rows.includes(row) ? rows.filter((one) => one !== row) : [...rows, row] };
}

/** Those of a list that are hidden are shown, or all of them are hidden. */
export function setHidden(arrangement: Arrangement, names: readonly string[], isHidden: boolean): Arrangement {
  const others = arrangement.hidden.filter((name) => !names.includes(name));
  return { ...arrangement, hidden: isHidden ? [...others, ...names] : others };
}

/** One step to the left or right among the columns that are shown. */
export function move(arrangement: Arrangement, columns: Schema, name: string, step: -1 | 1): Arrangement {
  const from = arrange(columns, arrangement).positions.findIndex((position) => columns[position]?.name === name);
  return from < 0 ? arrangement : moveTo(arrangement, columns, from, from + step);
}

/** To another place among the columns that are shown; pinned ones stay before the others. */
export function moveTo(arrangement: Arrangement, columns: Schema, from: number, to: number): Arrangement {
  const { positions, pinned } = arrange(columns, arrangement);
  const names = positions.flatMap((position) => columns[position]?.name ?? []);
  const moved = names[from];
  const [first, last] = from < pinned ? [0, pinned - 1] : [pinned, names.length - 1];
  const target = Math.max(first, Math.min(last, to));
  if (moved === undefined || target === from) return arrangement;
  const order = names.toSpliced(from, 1).toSpliced(target, 0, moved);
  return { ...arrangement, order, pinned: [...order.slice(0, pinned), ...absent(arrangement.pinned, names)] };
}

/** Pinned names that this result has not keep their pin. */
function absent(pinned: readonly string[], names: readonly string[]): readonly string[] {
  const shown = new Set(names);
  return pinned.filter((name) => !shown.has(name));
}

/** The same rows, the pinned ones first. */
export function pinnedSource(source: GridSource, pinned: readonly number[]): GridSource {
  const first = pinned.filter((row) => row < source.rows);
  if (first.length === 0) return source;
  const ascending = first.toSorted((a, b) => a - b);
  const rowAt = (position: number) => {
    const own = first[position];
    if (own !== undefined) return own;
    return ascending.reduce((row, taken) => (taken <= row ? row + 1 : row), position - first.length);
  };
  return {
    ...source,
    id: `${source.id}#${first.join()}`,
    rowsId: source.rowsId ?? source.id,
    numberOf: rowAt,
    page: (start, count, signal) => {
      const row = rowAt(start);
      const next = ascending.find((taken) => taken > row) ?? source.rows;
      return source.page(row, start < first.length ? 1 : Math.min(count, next - row), signal);
    },
  };
}
