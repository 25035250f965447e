import { type Schema, typeName } from '../../engine/index.ts';
import { type ResultView, type ViewFilter, type ViewValue, WHOLE } from './result-view.ts';

/** What was brushed outlives a reload, for as long as the tab: values of rows are not left behind. */
const PREFIX = 'boathouse.brushed.';
const name = (worksheet: string) => `${PREFIX}${worksheet}`;

type Brushed = Extract<ViewFilter, { readonly kind: 'Between' | 'OneOf' }>;

const isBrushed = (filter: ViewFilter): filter is Brushed => filter.kind === 'Between' || filter.kind === 'OneOf';

/** Worksheets whose rows have been shown since the page was loaded. */
const seen = new Set<string>();

/** What is filtered: the same statement whose result has the same columns. */
export interface Viewed {
  readonly query: string;
  readonly columns: Schema;
}

/** For the first rows of a worksheet since the page was loaded: the filters that were on them, if they are the same. */
export function viewAtStart(worksheet: string, viewed: Viewed): ResultView {
  if (seen.has(worksheet)) return WHOLE;
  const filters = readFilters(load(worksheet), viewed);
  return filters.length === 0 ? WHOLE : { ...WHOLE, filters };
}

export function keepView(worksheet: string, viewed: Viewed, { filters }: ResultView): void {
  seen.add(worksheet);
  const brushed = filters.filter(isBrushed);
  try {
    if (brushed.length === 0) sessionStorage.removeItem(name(worksheet));
    else sessionStorage.setItem(name(worksheet), JSON.stringify({ of: markOf(viewed), filters: brushed }));
  } catch {
    // Storage is switched off or full; the filters then last as long as the page.
  }
}

/** The worksheet is closed. */
export function forgetView(worksheet: string): void {
  seen.add(worksheet);
  try {
    sessionStorage.removeItem(name(worksheet));
  } catch {
    // As above.
  }
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

/** Those that were kept of the same statement and columns; what has another shape is left out. */
export function readFilters(kept: unknown, viewed: Viewed): readonly Brushed[] {
  if (typeof kept !== 'object' || kept === null || !('of' in kept && 'filters' in kept)) return [];
  return kept.of === markOf(viewed) && Array.isArray(kept.filters) ? kept.filters.flatMap(readFilter) : [];
}

/** Tells statements and columns apart without saying them: the text of a worksheet is not left behind. FNV-1a. */
export function markOf({ query, columns }: Viewed): number {
  const text = JSON.stringify([query, columns.map((column) => [column.name, typeName(column.type), column.nullable])]);
  let mark = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) mark = Math.imul(mark ^ text.charCodeAt(at), 0x01000193);
  return mark >>> 0;
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
