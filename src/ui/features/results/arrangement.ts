import type { Schema } from '../../../engine/index.ts';
import type { GridSource } from '../../components/DataGrid/source.ts';

/** How a person put the columns, by name: it holds for every result that has them. */
export interface Arrangement {
  readonly hidden: readonly string[];
  /** First, and always in view. */
  readonly pinned: readonly string[];
  /** Names that were moved, in their order; the others follow as they come. */
  readonly order: readonly string[];
}

export const AS_IT_CAME: Arrangement = { hidden: [], pinned: [], order: [] };

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

/** One step to the left or right among the columns that are shown; pinned ones stay before the others. */
export function move(arrangement: Arrangement, columns: Schema, name: string, step: -1 | 1): Arrangement {
  const { positions } = arrange(columns, arrangement);
  const names = positions.flatMap((position) => columns[position]?.name ?? []);
  const from = names.indexOf(name);
  const other = names[from + step];
  if (from < 0 || other === undefined) return arrangement;
  const next = names.map((one, index) => (index === from ? other : index === from + step ? name : one));
  const isPinned = new Set(arrangement.pinned);
  if (isPinned.has(name) !== isPinned.has(other)) return arrangement;
  return { ...arrangement, order: next, pinned: next.filter((one) => isPinned.has(one)) };
}
