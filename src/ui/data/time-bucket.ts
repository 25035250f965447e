import type { SqlType } from '../../engine/index.ts';
import { nameText } from './catalog.ts';

/** How times are taken together, the shortest first. */
export const BUCKETS = ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'] as const;

export type Bucket = (typeof BUCKETS)[number];

const SECOND = 1000;
const DAY = 86_400 * SECOND;

const LENGTHS: { readonly [bucket in Bucket]: number } = {
  ...{ second: SECOND, minute: 60 * SECOND, hour: 3600 * SECOND },
  ...{ day: DAY, week: 7 * DAY, month: 30 * DAY, year: 365 * DAY },
};

/** More would stand too near to one another to be told apart. */
const MOST_BUCKETS = 200;

/** Those that a type can be taken together by; none for what is no time, or one with a zone of its own. */
export function bucketsFor(type: SqlType | undefined): readonly Bucket[] {
  if (type?.kind === 'Timestamp') return BUCKETS;
  return type?.kind === 'Date' ? BUCKETS.slice(BUCKETS.indexOf('day')) : [];
}

/** The shortest that is not too many over a stretch of time, in milliseconds. */
export function bucketOver(stretch: number, usable: readonly Bucket[]): Bucket | undefined {
  return usable.find((bucket) => stretch / LENGTHS[bucket] <= MOST_BUCKETS) ?? usable.at(-1);
}

export function bucketText(column: string, bucket: Bucket): string {
  return `date_trunc('${bucket}', ${nameText(column)})`;
}

/** The statement that tells how long the stretch of time of a column is. */
export function stretchText(from: string, column: string): string {
  const name = nameText(column);
  return `SELECT min(${name})::VARCHAR AS low, max(${name})::VARCHAR AS high FROM ${from}`;
}

/** The first and the last moment of a bucket that begins at some time of the shown clock, as a filter says them. */
export function bucketEnds(start: number, bucket: Bucket, type: SqlType): readonly [low: string, high: string] {
  const [low, last] = [new Date(start).toISOString(), new Date(nextStart(start, bucket) - 1).toISOString()];
  if (type.kind === 'Date') return [low.slice(0, 10), last.slice(0, 10)];
  const text = (time: string) => time.slice(0, 23).replace('T', ' ');
  return [text(low), `${text(last)}999`];
}

function nextStart(start: number, bucket: Bucket): number {
  const time = new Date(start);
  if (bucket === 'month') return time.setUTCMonth(time.getUTCMonth() + 1);
  if (bucket === 'year') return time.setUTCFullYear(time.getUTCFullYear() + 1);
  return start + LENGTHS[bucket];
}
