import { queryOptions } from '@tanstack/react-query';
import type { QueryRows, Session, TypeKind } from '../../engine/index.ts';
import { nameText } from './catalog.ts';
import { engine } from './engine.ts';
import { cellRows, type TextRecord, textRecords } from './rows.ts';
import { sessionOf } from './runs.ts';

/** What the rows of a column are like. */
export interface ColumnStats {
  readonly rows: number;
  readonly nulls: number;
  /** An estimate. */
  readonly distinct: number | undefined;
  readonly min: string | undefined;
  readonly max: string | undefined;
  readonly mean: number | undefined;
  /** How many values fall into each of equal parts between min and max. */
  readonly bins: readonly number[] | undefined;
  /** What the parts lie between: times are days or microseconds. */
  readonly ends: readonly [low: number, high: number] | undefined;
  /** Of texts and flags: the values that occur most. */
  readonly top: readonly TopValue[] | undefined;
}

export interface TopValue {
  readonly value: string;
  readonly count: number;
}

/** What can be asked of values of a type. */
export type Measure = 'number' | 'time' | 'word' | 'none';

const MEASURES: { readonly [K in TypeKind]?: Measure } = {
  ...{ UInt8: 'number', UInt16: 'number', UInt32: 'number', UInt64: 'number' },
  ...{ Int8: 'number', Int16: 'number', Int32: 'number', Int64: 'number' },
  ...{ Float32: 'number', Float64: 'number', Decimal: 'number' },
  ...{ Date: 'time', Timestamp: 'time', TimestampTz: 'time', String: 'word', Boolean: 'word' },
};

export function measureOf(kind: TypeKind | undefined): Measure {
  return (kind && MEASURES[kind]) ?? 'none';
}

export interface StatsRequest {
  /** What stands behind FROM. */
  readonly from: string;
  readonly column: string;
  readonly measure: Measure;
  /** In whose session it is asked: names mean there what they meant to its statements. */
  readonly worksheet?: string | undefined;
  /** Only so many of the first rows are looked at. */
  readonly sample?: number | undefined;
}

const BINS = 20;
const TOP = 5;

/** Counts, ends and spread of a column in one statement. */
export function factsText({ from, column, measure }: StatsRequest): string {
  const name = nameText(column);
  const distinct = measure === 'none' ? 'NULL' : `approx_count_distinct(${name})`;
  const ends =
    measure === 'none' ? 'NULL AS low, NULL AS high' : `min(${name})::VARCHAR AS low, max(${name})::VARCHAR AS high`;
  const mean = measure === 'number' ? `avg(${name})` : 'NULL';
  return `SELECT count(*) AS total, count(${name}) AS present, ${distinct} AS kinds, ${ends}, ${mean} AS mean FROM ${from}`;
}

/** Which of equal parts between the ends each number or time lies in: part, count, ends. All values alike lie in the first. */
export function binsText({ from, column, measure }: StatsRequest, bins = BINS): string {
  const name = nameText(column);
  const value = measure === 'time' ? `to_int64(${name})::DOUBLE` : `${name}::DOUBLE`;
  // What is infinite or no number has no place between two ends.
  const values = `(SELECT ${value} AS value FROM ${from} WHERE ${value} - ${value} = 0)`;
  const ends = `(SELECT min(value) AS low, max(value) AS high FROM ${values} AS w)`;
  const bin = `least(${bins - 1}, floor((value - low) / nullif(high - low, 0) * ${bins})::INT)`;
  return `SELECT coalesce(${bin}, 0) AS bin, count(*) AS n, any_value(low) AS low, any_value(high) AS high FROM ${values} AS v, ${ends} AS e GROUP BY 1 ORDER BY 1`;
}

export function topText({ from, column }: StatsRequest): string {
  const name = nameText(column);
  return `SELECT ${name}::VARCHAR AS value, count(*) AS n FROM ${from} WHERE ${name} IS NOT NULL GROUP BY 1 ORDER BY n DESC, value LIMIT ${TOP}`;
}

let own: Session | undefined;

/** Statistics of tables have a session of their own: lists and previews do not wait for them. */
function ask({ worksheet }: StatsRequest, sql: string, signal: AbortSignal): Promise<QueryRows> {
  if (worksheet !== undefined) return sessionOf(worksheet).query(sql, signal);
  own ??= engine().session();
  return own.query(sql, signal);
}

async function records(request: StatsRequest, sql: string, signal: AbortSignal): Promise<readonly TextRecord[]> {
  return textRecords(await ask(request, sql, signal));
}

/** Asked when it is shown and given up when it is not; `key` names the rows, and changes with them. */
export function columnStats(key: readonly unknown[], request: StatsRequest) {
  return queryOptions({
    queryKey: [...key, 'stats', request.column, request.sample ?? 'exact'],
    queryFn: ({ signal }) =>
      inTurn({ signal, isSample: request.sample !== undefined }, () => measure(sampled(request), signal)),
  });
}

function sampled(request: StatsRequest): StatsRequest {
  const { from, column, sample } = request;
  if (sample === undefined) return request;
  return { ...request, from: `(SELECT ${nameText(column)} FROM ${from} LIMIT ${sample}) AS sample` };
}

/** How many values of each column are NULL, all columns in one statement. */
export function columnNulls(key: readonly unknown[], from: string, columns: readonly string[]) {
  return queryOptions({
    queryKey: [...key, 'nulls', from],
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, number>> => {
      const counts = columns.map((name) => `count(*) - count(${nameText(name)})`);
      const [row = []] = cellRows(
        await ask({ from, column: '', measure: 'none' }, `SELECT ${counts.join(', ')} FROM ${from}`, signal),
      );
      return new Map(columns.map((name, index) => [name, Number(row[index])]));
    },
  });
}

interface Turn {
  readonly signal: AbortSignal;
  readonly isSample: boolean;
  readonly run: () => Promise<void>;
}

let waiting: readonly Turn[] = [];
let isBusy = false;

/**
 * One column after another: the first is done before the second begins, and those out of view never begin. Samples go
 * before what is counted over all rows.
 */
function inTurn<T>(of: Pick<Turn, 'signal' | 'isSample'>, task: () => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    waiting = [...waiting, { ...of, run: () => task().then(resolve, reject) }];
    of.signal.addEventListener('abort', () => reject(of.signal.reason), { once: true });
    void nextTurn();
  });
}

async function nextTurn(): Promise<void> {
  if (isBusy) return;
  waiting = waiting.filter(({ signal }) => !signal.aborted);
  const turn = waiting.find(({ isSample }) => isSample) ?? waiting[0];
  if (!turn) return;
  waiting = waiting.filter((other) => other !== turn);
  isBusy = true;
  await turn.run();
  isBusy = false;
  void nextTurn();
}

async function measure(request: StatsRequest, signal: AbortSignal): Promise<ColumnStats> {
  const [record = {}] = await records(request, factsText(request), signal);
  const { total, present, kinds, low, high, mean } = record;
  const rows = Number(total ?? 0);
  return {
    ...{ rows, nulls: rows - Number(present ?? 0) },
    distinct: kinds ? Math.min(Number(kinds), Number(present)) : undefined,
    ...{ min: low ?? undefined, max: high ?? undefined, mean: mean ? Number(mean) : undefined },
    ...(await spread(request, signal)),
  };
}

type Spread = Pick<ColumnStats, 'bins' | 'ends' | 'top'>;

async function spread(request: StatsRequest, signal: AbortSignal): Promise<Spread> {
  switch (request.measure) {
    case 'none':
      return { bins: undefined, ends: undefined, top: undefined };
    case 'word':
      return {
        bins: undefined,
        ends: undefined,
        top: (await records(request, topText(request), signal)).map(topValue),
      };
    case 'number':
    case 'time':
      return { ...(await binsOf(request, signal)), top: undefined };
  }
}

async function binsOf(request: StatsRequest, signal: AbortSignal): Promise<Pick<ColumnStats, 'bins' | 'ends'>> {
  const bins = new Array<number>(BINS).fill(0);
  let ends: ColumnStats['ends'];
  for (const [bin, count, low, high] of cellRows(await ask(request, binsText(request), signal))) {
    bins[Number(bin)] = Number(count);
    ends = [Number(low), Number(high)];
  }
  return { bins, ends };
}

function topValue({ value, n }: TextRecord): TopValue {
  return { value: value ?? '', count: Number(n ?? 0) };
}
