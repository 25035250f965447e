import { queryOptions } from '@tanstack/react-query';
import type { ResultInfo, ShowSettings } from '../../engine/index.ts';
import { type ChartForm, chartFrom, chartSql, MOST_POINTS, sampleStep } from './chart.ts';
import { bucketed, type ChartRows, type ChartSeries, chartSeries, histogramSeries } from './chart-points.ts';
import { measureOf } from './column-stats.ts';
import { resultRows } from './results.ts';
import { textRecords } from './rows.ts';
import { sessionOf } from './runs.ts';
import { type Bucket, bucketOver, bucketsFor, stretchText } from './time-bucket.ts';

export interface ChartSource {
  readonly worksheet: string;
  /** The statement that gives the rows; absent where it cannot be asked again. */
  readonly query: string | undefined;
  readonly result: ResultInfo;
  readonly settings: ShowSettings;
}

/** How many of the rows the points stand for. */
export type Coverage =
  | { readonly kind: 'all' | 'aggregated' | 'firstGroups' }
  | { readonly kind: 'sampled'; readonly step: number }
  | { readonly kind: 'first'; readonly rows: number };

export interface ChartAnswer {
  readonly series: readonly ChartSeries[];
  readonly coverage: Coverage;
  /** The statement that gave the points; absent where they are the rows on hand. */
  readonly sql: string | undefined;
  /** By which times are taken together. */
  readonly bucket: Bucket | undefined;
}

/** Asked in the session of the worksheet; few rows as they are need no statement. */
export function chartAnswer(source: ChartSource, form: ChartForm) {
  const { query, result, settings } = source;
  return queryOptions({
    queryKey: ['chart', result.id, settings.timezone, form, query, result.rows],
    gcTime: 0,
    queryFn: async ({ signal }): Promise<ChartAnswer> => {
      const bucket = await bucketOf(source, form, signal);
      const sql = statementFor(source, form, bucket);
      const rows = sql === undefined ? await heldRows(source, form, signal) : await asked(source, sql, signal);
      const series = bucketed(seriesOf(rows, form, source), bucket, typeOf(result, form.x));
      return { series, coverage: coverageOf(rows, form, source), sql, bucket };
    },
  });
}

/** The one that was chosen, or the shortest that is not too many over the times that there are. */
async function bucketOf(source: ChartSource, form: ChartForm, signal: AbortSignal): Promise<Bucket | undefined> {
  const usable = bucketsFor(typeOf(source.result, form.x));
  if (source.query === undefined || usable.length === 0 || !isBucketed(form) || form.bucket === 'none')
    return undefined;
  const chosen = usable.find((bucket) => bucket === form.bucket);
  if (chosen) return chosen;
  const [ends = {}] = textRecords(await asked(source, stretchText(chartFrom(source.query), form.x), signal));
  const { low, high } = ends;
  return low && high ? bucketOver(timeOf(high) - timeOf(low), usable) : undefined;
}

const timeOf = (text: string) => Date.parse(`${text.slice(0, 10)}T${text.slice(11, 23) || '00:00'}Z`);

/** Whether times are taken together: what is not aggregated is drawn where it stands. */
export function isBucketed({ kind, aggregate }: ChartForm): boolean {
  return kind !== 'histogram' && aggregate !== 'none';
}

function statementFor({ query, result }: ChartSource, form: ChartForm, bucket: Bucket | undefined): string | undefined {
  const isPlain = form.aggregate === 'none' && form.kind !== 'histogram';
  if (query === undefined || (isPlain && result.rows <= MOST_POINTS)) return undefined;
  return chartSql(query, form, { x: measureOf(typeOf(result, form.x)?.kind), rows: result.rows, bucket });
}

const asked = ({ worksheet }: ChartSource, sql: string, signal: AbortSignal) => sessionOf(worksheet).query(sql, signal);

const typeOf = ({ columns }: ResultInfo, column: string) => columns.find(({ name }) => name === column)?.type;

async function heldRows({ result }: ChartSource, form: ChartForm, signal: AbortSignal): Promise<ChartRows> {
  const { columns } = result;
  const names = [form.x, ...(form.series === undefined ? [] : [form.series]), ...form.y];
  const places = names.map((wanted) => columns.findIndex(({ name }) => name === wanted));
  const batch = await resultRows(result).page(0, Math.min(result.rows, MOST_POINTS), signal);
  return { columns: places.flatMap((place) => columns[place] ?? []), batches: [batch.selectAt(places)] };
}

function seriesOf(rows: ChartRows, form: ChartForm, { result, settings }: ChartSource): readonly ChartSeries[] {
  const type = typeOf(result, form.x);
  if (form.kind === 'histogram') return type ? histogramSeries(rows, { form, type, settings }) : [];
  const series = chartSeries(rows, form, settings);
  // The last one was asked only to learn that there are more.
  return countOf(rows) > MOST_POINTS && form.aggregate !== 'none'
    ? series.map((one) => ({ ...one, points: one.points.slice(0, MOST_POINTS) }))
    : series;
}

const countOf = ({ batches }: ChartRows) => batches.reduce((sum, { numRows }) => sum + numRows, 0);

function coverageOf(rows: ChartRows, form: ChartForm, { query, result }: ChartSource): Coverage {
  if (form.kind === 'histogram') return { kind: 'all' };
  if (form.aggregate !== 'none') return { kind: countOf(rows) > MOST_POINTS ? 'firstGroups' : 'aggregated' };
  const step = sampleStep(form, result.rows);
  if (step === 1) return { kind: 'all' };
  return query === undefined ? { kind: 'first', rows: MOST_POINTS } : { kind: 'sampled', step };
}
