import { showCell, type TypeKind } from '../../engine/index.ts';
import type { ColumnStats } from './column-stats.ts';
import type { ViewFilter } from './result-view.ts';

export interface Brushed {
  readonly column: string;
  readonly kind: TypeKind | undefined;
  readonly stats: ColumnStats;
  /** Parts of the histogram, both of them in it. */
  readonly first: number;
  readonly last: number;
}

/** The filter that keeps what lies in some parts of a histogram; undefined where the parts have no ends. */
export function binsFilter({ column, kind, stats, first, last }: Brushed): ViewFilter | undefined {
  const { ends, bins, min, max } = stats;
  if (!ends || !bins || min === undefined || max === undefined) return undefined;
  const [low, high] = ends;
  const edge = (part: number) => low + ((high - low) * part) / bins.length;
  const show = SHOWN[kind ?? 'Float64'];
  if (!show) return undefined;
  const isNumber = kind !== 'Date' && kind !== 'Timestamp';
  // The outer ends are exact; an inner one belongs to the part that begins there.
  const from = first === 0 ? min : show(edge(first), 'up');
  const to = last === bins.length - 1 ? max : show(edge(last + 1), 'down');
  return { kind: 'Between', column, low: { text: from, isNumber }, high: { text: to, isNumber } };
}

type Show = (value: number, to: 'up' | 'down') => string;

const whole: Show = (value, to) => String(to === 'up' ? Math.ceil(value) : Math.ceil(value) - 1);
const real: Show = (value) => String(value);
const UTC = { timezone: 'UTC' };

const SHOWN: { readonly [K in TypeKind]?: Show } = {
  ...{ UInt8: whole, UInt16: whole, UInt32: whole, UInt64: whole },
  ...{ Int8: whole, Int16: whole, Int32: whole, Int64: whole },
  ...{ Float32: real, Float64: real, Decimal: real },
  Date: (value, to) => showCell(Number(whole(value, to)), { kind: 'Date' }, UTC),
  Timestamp: (value, to) => showCell(BigInt(whole(value, to)), { kind: 'Timestamp' }, UTC),
};
