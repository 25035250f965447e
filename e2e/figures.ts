import { expect, test } from 'playwright/test';

/** A busy machine may take so many times as long. */
const SLOWEST = 3;

/** Notes a time beside the one that is wanted. */
export function told(type: string, value: number, wanted: number): void {
  test.info().annotations.push({ type, description: `${Math.round(value)} ms (wanted: ${wanted} ms)` });
}

/** Notes a time; one far beyond the wanted fails. */
export function figure(type: string, value: number, wanted: number): void {
  told(type, value, wanted);
  expect(value, type).toBeLessThan(wanted * SLOWEST);
}

/** So often is a figure taken; the large counts belong to `npm run test:long`. */
export const TIMES = process.env['BOATHOUSE_LONG'] === '1' ? 5 : 1;

/** Takes a time once, or five times in the long form; their median is the figure. */
export async function fiveTimes(type: string, wanted: number, measure: () => Promise<number>): Promise<void> {
  const times: number[] = [];
  while (times.length < TIMES) times.push(await measure());
  medianFigure(type, times, wanted);
}

/** Notes the median of times as their figure. */
export function medianFigure(type: string, times: readonly number[], wanted: number): void {
  const all = times.map((time) => Math.round(time)).join(', ');
  figure(times.length === 1 ? type : `${type}, median of ${all}`, median(times), wanted);
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.POSITIVE_INFINITY;
}
