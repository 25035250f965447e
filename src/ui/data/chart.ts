import type { Column, Schema } from '../../engine/index.ts';
import { nameText } from './catalog.ts';
import { binsText, type Measure, measureOf } from './column-stats.ts';
import { withoutEnd } from './result-view.ts';
import { type Bucket, bucketText } from './time-bucket.ts';

export const CHART_KINDS = ['bar', 'line', 'area', 'scatter', 'heatmap', 'histogram'] as const;
export const AGGREGATES = ['none', 'count', 'sum', 'avg', 'min', 'max'] as const;

export type ChartKind = (typeof CHART_KINDS)[number];
export type Aggregate = (typeof AGGREGATES)[number];

/** What of a result is drawn, and how. */
export interface ChartForm {
  readonly kind: ChartKind;
  readonly x: string;
  /** Columns of numbers; a count and a histogram need none. */
  readonly y: readonly string[];
  /** Whose values part the rows into series. */
  readonly series: string | undefined;
  readonly aggregate: Aggregate;
  /** How the times of x are taken together; by how long they stretch if absent. */
  readonly bucket?: Bucket | 'none' | undefined;
}

/** More points than these are hidden by one another; a result with more rows is sampled. */
export const MOST_POINTS = 2000;
export const BINS = 30;

/** A name that two columns share cannot be said in a statement. */
export function chartColumns(columns: Schema): readonly Column[] {
  return columns.filter(
    ({ name, type }, index) =>
      measureOf(type.kind) !== 'none' && columns.findIndex((one) => one.name === name) === index,
  );
}

const withMeasure = (columns: readonly Column[], measure: Measure) =>
  columns.filter(({ type }) => measureOf(type.kind) === measure).map(({ name }) => name);

/** Such a column tells single rows apart, not groups of them. */
const isKey = (name: string) => /(^|_)(id|uuid|key|hash)$/i.test(name);

/** Times are drawn as lines, words as bars, two numbers as points, one number by how it is spread. */
export function guessForm(columns: Schema, rows: number, canAsk: boolean): ChartForm | undefined {
  const usable = chartColumns(columns);
  const [time] = withMeasure(usable, 'time');
  const words = withMeasure(usable, 'word').toSorted((a, b) => Number(isKey(a)) - Number(isKey(b)));
  const [word, second] = words;
  const parts = (name: string | undefined) => (name === undefined || isKey(name) ? undefined : name);
  const numbers = withMeasure(usable, 'number');
  const areFew = !canAsk || rows <= MOST_POINTS / 4;
  const aggregate: Aggregate = numbers.length === 0 && canAsk ? 'count' : areFew ? 'none' : 'sum';
  const y = numbers.slice(0, 1);
  if (time !== undefined) return { kind: 'line', x: time, y, series: parts(word), aggregate };
  if (word !== undefined) return { kind: 'bar', x: word, y, series: parts(second), aggregate };
  const [first, other] = numbers;
  if (first === undefined) return undefined;
  if (other !== undefined) return { kind: 'scatter', x: first, y: [other], series: undefined, aggregate: 'none' };
  return { kind: canAsk ? 'histogram' : 'line', x: first, y, series: undefined, aggregate: 'none' };
}

/** A form that was chosen for other columns does not fit. */
export function formFits({ x, y, series }: ChartForm, columns: Schema): boolean {
  const names = new Set(chartColumns(columns).map(({ name }) => name));
  return [x, ...y, ...(series === undefined ? [] : [series])].every((name) => names.has(name));
}

/** How many rows of the result one point stands for, where it is not aggregated. */
export function sampleStep({ kind, aggregate }: ChartForm, rows: number): number {
  return kind === 'histogram' || aggregate !== 'none' ? 1 : Math.max(1, Math.ceil(rows / MOST_POINTS));
}

export interface ChartGround {
  readonly x: Measure;
  readonly rows: number;
  /** By which the times of x are taken together. */
  readonly bucket?: Bucket | undefined;
}

export function chartFrom(query: string): string {
  return `(\n${withoutEnd(query)}\n) AS result`;
}

/** The columns that a chart's statement gives, in order: x, the series where there is one, then each y. */
export function chartSql(query: string, form: ChartForm, { x, rows, bucket }: ChartGround): string {
  const from = chartFrom(query);
  if (form.kind === 'histogram') return binsText({ from, column: form.x, measure: x }, BINS);
  const keys = [
    `${bucket ? bucketText(form.x, bucket) : nameText(form.x)} AS x`,
    ...(form.series === undefined ? [] : [`${nameText(form.series)} AS series`]),
  ];
  const select = `SELECT ${[...keys, ...values(form)].join(', ')} FROM ${from}`;
  if (form.aggregate === 'none') {
    const step = sampleStep(form, rows);
    return step === 1 ? select : `${select} QUALIFY (row_number() OVER () - 1) % ${step} = 0`;
  }
  const by = keys.map((_, index) => index + 1).join(', ');
  const order = x === 'word' && form.series === undefined ? '2 DESC, 1' : '1';
  return `${select} GROUP BY ${by} ORDER BY ${order} LIMIT ${MOST_POINTS + 1}`;
}

function values({ aggregate, y }: ChartForm): readonly string[] {
  if (aggregate === 'count') return ['count(*) AS y0'];
  return y.map((name, index) => {
    const value = aggregate === 'none' ? nameText(name) : `${aggregate}(${nameText(name)})`;
    return `${value} AS y${index}`;
  });
}

/** What a y is called: `sum(fare)`. */
export function valueNames({ aggregate, y, kind }: ChartForm): readonly string[] {
  if (aggregate === 'count' || kind === 'histogram') return ['count(*)'];
  return aggregate === 'none' ? y : y.map((name) => `${aggregate}(${name})`);
}
