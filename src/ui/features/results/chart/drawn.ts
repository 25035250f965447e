import type { ChartKind } from '../../../data/chart.ts';
import type { ChartPoint, ChartSeries } from '../../../data/chart-points.ts';

/** Colours and letters of the page at this moment. */
export interface ChartLook {
  readonly series: readonly string[];
  readonly ground: string;
  readonly line: string;
  readonly text: string;
  readonly faint: string;
  readonly font: string;
}

export interface Drawn {
  readonly kind: ChartKind;
  /** Only those that are shown; `at` is their place among all, and so their colour. */
  readonly series: readonly (ChartSeries & { readonly at: number })[];
  readonly axis: 'category' | 'value' | 'time';
  readonly xName: string;
  readonly yName: string;
}

/** Places on a line from left to right; words in the order in which they came. */
export function inPlace(points: readonly ChartPoint[]): readonly ChartPoint[] {
  if (points.every(({ xAt }) => xAt === undefined)) return points;
  return points.toSorted((a, b) => (a.xAt ?? Number.POSITIVE_INFINITY) - (b.xAt ?? Number.POSITIVE_INFINITY));
}

export function categories({ series }: Drawn): readonly string[] {
  return [...new Set(inPlace(series.flatMap(({ points }) => points)).map(({ x }) => x))];
}
