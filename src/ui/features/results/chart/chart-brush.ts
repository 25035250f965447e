import type { Column } from '../../../../engine/index.ts';
import { isNumeric } from '../../../../engine/index.ts';
import type { ChartPoint } from '../../../data/chart-points.ts';
import type { ViewFilter } from '../../../data/result-view.ts';
import { categories, type Drawn, inPlace } from './drawn.ts';

/** A part of the horizontal axis: places of words, numbers, or milliseconds of the shown clock. */
export interface Brush {
  readonly from: number;
  readonly to: number;
}

/** The rows that a part of the axis stands for; undefined where there are none. */
export function brushFilter(drawn: Drawn, { from, to }: Brush, x: Column): ViewFilter | undefined {
  const [low, high] = from <= to ? [from, to] : [to, from];
  if (drawn.axis === 'category') {
    const names = new Set(categories(drawn).slice(Math.max(0, Math.round(low)), Math.round(high) + 1));
    return wordsFilter(
      drawn.series.flatMap(({ points }) => points.filter((point) => names.has(point.x))),
      x,
    );
  }
  const points = drawn.series.flatMap((series) => series.points);
  if (points.some(({ ends }) => ends)) {
    const covered = points.filter(({ xAt = Number.NaN }) => xAt >= low && xAt <= high);
    return wordsFilter(covered, x);
  }
  const text = (at: number) => (drawn.axis === 'time' ? timeText(at, x) : String(at));
  return between(text(low), text(high), x);
}

/** The rows that one point stands for. */
export function pointFilter(point: ChartPoint, x: Column): ViewFilter | undefined {
  return wordsFilter([point], x);
}

function wordsFilter(points: readonly ChartPoint[], x: Column): ViewFilter | undefined {
  const parts = inPlace(points).flatMap(({ ends }) => (ends ? [ends] : []));
  const [first, last] = [parts[0], parts.at(-1)];
  if (first && last) return between(first[0], last[1], x);
  const texts = [...new Set(points.filter(({ isNull }) => !isNull).map((point) => point.x))];
  if (texts.length > 0) {
    return { kind: 'OneOf', column: x.name, values: texts.map((text) => ({ text, isNumber: isNumeric(x.type) })) };
  }
  return points.length > 0 ? { kind: 'Null', column: x.name } : undefined;
}

function between(low: string, high: string, { name, type }: Column): ViewFilter {
  const isNumber = isNumeric(type);
  return { kind: 'Between', column: name, low: { text: low, isNumber }, high: { text: high, isNumber } };
}

/** As the grid writes it: `2024-01-02 03:04:05.678`; the day alone for dates. */
function timeText(at: number, { type }: Column): string {
  const text = new Date(at).toISOString();
  return type.kind === 'Date' ? text.slice(0, 10) : text.slice(0, 23).replace('T', ' ');
}
