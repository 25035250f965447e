import type { RecordBatch } from 'apache-arrow';
import { type Cell, type Schema, type ShowSettings, type SqlType, showCell } from '../../engine/index.ts';
import { BINS, type ChartForm, valueNames } from './chart.ts';
import { measureOf } from './column-stats.ts';
import { cellRows } from './rows.ts';
import { type Bucket, bucketEnds } from './time-bucket.ts';

/** One mark of a chart: its exact texts, and where it stands. */
export interface ChartPoint {
  readonly x: string;
  /** Undefined for words: they stand beside one another. Times are milliseconds of the shown clock. */
  readonly xAt: number | undefined;
  readonly y: string;
  /** Undefined for NULL. */
  readonly yAt: number | undefined;
  /** x is NULL. */
  readonly isNull?: boolean | undefined;
  /** Of a part of a histogram or of times taken together, exactly. */
  readonly ends?: readonly [low: string, high: string] | undefined;
}

export interface ChartSeries {
  readonly name: string;
  readonly points: readonly ChartPoint[];
}

/** Rows whose columns are x, the series where there is one, then each y. */
export interface ChartRows {
  readonly columns: Schema;
  readonly batches: readonly RecordBatch[];
}

const NULL = 'NULL';

export function chartSeries(rows: ChartRows, form: ChartForm, settings: ShowSettings): readonly ChartSeries[] {
  const [xType, ...others] = rows.columns.map(({ type }) => type);
  if (!xType) return [];
  const isParted = form.series !== undefined;
  const names = valueNames(form);
  const found = new Map<string, ChartPoint[]>();
  for (const [x = null, ...rest] of cellRows(rows)) {
    const part = isParted ? text(rest[0] ?? null, others[0], settings) : undefined;
    names.forEach((name, index) => {
      const at = index + (isParted ? 1 : 0);
      const series = part === undefined ? name : names.length === 1 ? part : `${part} · ${name}`;
      const point = pointOf([x, xType], [rest[at] ?? null, others[at]], settings);
      const points = found.get(series);
      if (points) points.push(point);
      else found.set(series, [point]);
    });
  }
  return [...found].map(([name, points]) => ({ name, points }));
}

type Typed = readonly [cell: Cell, type: SqlType | undefined];

function pointOf([x, xType]: Typed, [y, yType]: Typed, settings: ShowSettings): ChartPoint {
  const xText = text(x, xType, settings);
  const yText = text(y, yType, settings);
  return {
    ...{ isNull: x === null, x: xText, xAt: x === null ? undefined : place(xText, xType) },
    ...{ y: yText, yAt: y === null ? undefined : finite(Number(yText)) },
  };
}

const text = (cell: Cell, type: SqlType | undefined, settings: ShowSettings) =>
  cell === null || !type ? NULL : showCell(cell, type, settings);

const finite = (value: number) => (Number.isFinite(value) ? value : undefined);

function place(shown: string, type: SqlType | undefined): number | undefined {
  const measure = measureOf(type?.kind);
  if (measure === 'number') return finite(Number(shown));
  // The clock that is shown, without its zone: the axis shows the same.
  return measure === 'time'
    ? finite(Date.parse(`${shown.slice(0, 10)}T${shown.slice(11, 23) || '00:00'}Z`))
    : undefined;
}

/** Each point with the first and the last moment that it stands for. */
export function bucketed(
  series: readonly ChartSeries[],
  bucket: Bucket | undefined,
  type: SqlType | undefined,
): readonly ChartSeries[] {
  if (!bucket || !type) return series;
  const ended = (point: ChartPoint) =>
    point.xAt === undefined ? point : { ...point, ends: bucketEnds(point.xAt, bucket, type) };
  return series.map(({ name, points }) => ({ name, points: points.map(ended) }));
}

/** The parts of a histogram, the empty ones too; each is named by its ends. */
export function histogramSeries(
  rows: ChartRows,
  { form, type, settings }: { readonly form: ChartForm; readonly type: SqlType; readonly settings: ShowSettings },
): readonly ChartSeries[] {
  const counts = new Map<number, Cell>();
  let ends: readonly [low: number, high: number] | undefined;
  for (const [bin = null, count = null, low, high] of cellRows(rows)) {
    counts.set(Number(bin), count);
    ends = [Number(low), Number(high)];
  }
  if (!ends) return [];
  const [low, high] = ends;
  const parts = low === high ? 1 : BINS;
  const at = (index: number) => (index === parts ? high : low + ((high - low) * index) / parts);
  const points = Array.from({ length: parts }, (_, bin) => {
    const count = counts.get(bin) ?? 0;
    const [from, to] = [edge(at(bin), type, settings), edge(at(bin + 1), type, settings)];
    const x = `${from.shown} – ${to.shown}`;
    return { x, xAt: undefined, y: String(count), yAt: Number(count), ends: [from.exact, to.exact] as const };
  });
  return [{ name: valueNames(form)[0] ?? '', points }];
}

/** Where two parts meet: in few signs, and exactly. */
function edge(
  value: number,
  type: SqlType,
  settings: ShowSettings,
): { readonly shown: string; readonly exact: string } {
  if (measureOf(type.kind) !== 'time') return { shown: String(Number(value.toPrecision(6))), exact: String(value) };
  const isDate = type.kind === 'Date';
  const exact = isDate
    ? showCell(Math.floor(value), type, settings)
    : showCell(BigInt(Math.floor(value)), { kind: 'Timestamp' }, settings);
  return { shown: exact.slice(0, 19), exact };
}
