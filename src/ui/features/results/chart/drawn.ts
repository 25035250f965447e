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

/**
 * The same with texts that zrender can measure: it keeps widths in an object, finds `constructor` there before it put
 * it, and writes into the prototype of all objects. Such a text gets an end without a width.
 */
export function drawable({ series, xName, yName, ...rest }: Drawn): Drawn {
  const place = (point: ChartPoint) => (isMeasurable(point.x) ? point : { ...point, x: measurable(point.x) });
  const shown = series.map((one) => ({ ...one, name: measurable(one.name), points: one.points.map(place) }));
  return { ...rest, series: shown, xName: measurable(xName), yName: measurable(yName) };
}

const isMeasurable = (text: string) => !(text in Object.prototype);
const measurable = (text: string) => (isMeasurable(text) ? text : `${text}\u200b`);
