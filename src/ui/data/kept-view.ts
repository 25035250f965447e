import type { Schema } from '../../engine/index.ts';
import { type ResultView, type ViewFilter, type ViewValue, WHOLE } from './result-view.ts';

/** What was brushed outlives a reload, for as long as the tab: values of rows are not left behind. */
const PREFIX = 'boathouse.brushed.';
const name = (worksheet: string) => `${PREFIX}${worksheet}`;

type Brushed = Extract<ViewFilter, { readonly kind: 'Between' | 'OneOf' }>;

const isBrushed = (filter: ViewFilter): filter is Brushed => filter.kind === 'Between' || filter.kind === 'OneOf';

/** Worksheets whose rows have been shown since the page was loaded. */
const seen = new Set<string>();

/** For the first rows of a worksheet since the page was loaded: the filters that were on it, where their columns are there. */
export function viewAtStart(worksheet: string, columns: Schema): ResultView {
  if (seen.has(worksheet)) return WHOLE;
  const names = new Set(columns.map((column) => column.name));
  const filters = readFilters(load(worksheet)).filter(({ column }) => names.has(column));
  return filters.length === 0 ? WHOLE : { ...WHOLE, filters };
}

export function keepView(worksheet: string, { filters }: ResultView): void {
  seen.add(worksheet);
  const brushed = filters.filter(isBrushed);
  try {
    if (brushed.length === 0) sessionStorage.removeItem(name(worksheet));
    else sessionStorage.setItem(name(worksheet), JSON.stringify(brushed));
  } catch {
    // Storage is switched off or full; the filters then last as long as the page.
  }
}

/** The worksheet is closed. */
export function forgetView(worksheet: string): void {
  keepView(worksheet, WHOLE);
}

/** Those of all worksheets. */
export function forgetViews(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // As above.
  }
}

function load(worksheet: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(name(worksheet)) ?? '[]');
  } catch {
    return []; // As above, or not ours.
  }
}

/** What has another shape is left out. */
export function readFilters(kept: unknown): readonly Brushed[] {
  return Array.isArray(kept) ? kept.flatMap(readFilter) : [];
}

function readFilter(kept: unknown): readonly Brushed[] {
  if (typeof kept !== 'object' || kept === null || !('kind' in kept && 'column' in kept)) return [];
  const { kind, column } = kept;
  if (typeof column !== 'string') return [];
  if (kind === 'Between' && 'low' in kept && 'high' in kept) {
    const { low, high } = kept;
    return isValue(low) && isValue(high) ? [{ kind, column, low, high }] : [];
  }
  if (kind !== 'OneOf' || !('values' in kept && Array.isArray(kept.values))) return [];
  return [{ kind, column, values: kept.values.filter(isValue) }];
}

function isValue(kept: unknown): kept is ViewValue {
  if (typeof kept !== 'object' || kept === null || !('text' in kept && 'isNumber' in kept)) return false;
  return typeof kept.text === 'string' && typeof kept.isNumber === 'boolean';
}
