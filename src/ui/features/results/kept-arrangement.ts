import type { Widths } from '../../components/DataGrid/columns.ts';
import { persisted } from '../../lib/persisted.ts';
import type { Store } from '../../lib/store.ts';
import { type Arrangement, AS_IT_CAME } from './arrangement.ts';

type Kept = readonly (readonly [worksheet: string, arrangement: Arrangement])[];

/** Of so many worksheets, those arranged last. */
const MOST_KEPT = 50;

const kept: Store<Kept> = persisted('arrangements', [], readArrangements);

/** How the columns of a worksheet's results were put; it holds when a statement is run again, and over a reload. */
export function arrangementOf(worksheet: string): Store<Arrangement> {
  return {
    get: () => kept.get().find(([id]) => id === worksheet)?.[1] ?? AS_IT_CAME,
    set: (next) =>
      kept.set([...kept.get().filter(([id]) => id !== worksheet), entry(worksheet, next)].slice(-MOST_KEPT)),
    subscribe: kept.subscribe,
  };
}

function entry(worksheet: string, arrangement: Arrangement): readonly [string, Arrangement] {
  return [worksheet, arrangement];
}

/** What has another shape is left out. */
export function readArrangements(value: unknown): Kept | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item: unknown) => {
    if (!Array.isArray(item) || typeof item[0] !== 'string') return [];
    const arrangement = readArrangement(item[1]);
    return arrangement ? [entry(item[0], arrangement)] : [];
  });
}

function readArrangement(value: unknown): Arrangement | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('hidden' in value && 'pinned' in value && 'order' in value)) return undefined;
  const { hidden, pinned, order } = value;
  if (!(areNames(hidden) && areNames(pinned) && areNames(order))) return undefined;
  return { hidden, pinned, order, widths: readWidths(value), rows: readRows(value) };
}

/** What an older page kept has neither widths nor rows. */
function readWidths(value: object): Widths {
  if (!('widths' in value) || typeof value.widths !== 'object' || value.widths === null) return {};
  return Object.fromEntries(Object.entries(value.widths).filter(([, width]) => typeof width === 'number'));
}

function readRows(value: object): readonly number[] {
  return 'rows' in value && Array.isArray(value.rows) ? value.rows.filter(Number.isSafeInteger) : [];
}

function areNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}
