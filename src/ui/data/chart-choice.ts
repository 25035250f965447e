import { persisted } from '../lib/persisted.ts';
import { AGGREGATES, CHART_KINDS, type ChartForm } from './chart.ts';
import { BUCKETS } from './time-bucket.ts';

/** Whether a worksheet shows its rows as a chart, and which: kept, so that it is there after a reload. */
export interface ChartChoice {
  readonly isShown: boolean;
  readonly form: ChartForm | undefined;
}

export const NO_CHART: ChartChoice = { isShown: false, form: undefined };

export const chartChoices = persisted<{ readonly [worksheet: string]: ChartChoice }>('charts', {}, readChoices);

export function chooseChart(worksheet: string, change: Partial<ChartChoice>): void {
  const all = chartChoices.get();
  chartChoices.set({ ...all, [worksheet]: { ...(all[worksheet] ?? NO_CHART), ...change } });
}

function readChoices(kept: unknown): { readonly [worksheet: string]: ChartChoice } | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  return Object.fromEntries(Object.entries(kept).map(([worksheet, choice]) => [worksheet, readChoice(choice)]));
}

function readChoice(kept: unknown): ChartChoice {
  if (typeof kept !== 'object' || kept === null || !('isShown' in kept)) return NO_CHART;
  return { isShown: kept.isShown === true, form: 'form' in kept ? readForm(kept.form) : undefined };
}

/** A form as JSON has it; undefined for what is none. */
export function readForm(kept: unknown): ChartForm | undefined {
  if (typeof kept !== 'object' || kept === null || !('kind' in kept && 'x' in kept && 'y' in kept)) return undefined;
  const kind = CHART_KINDS.find((one) => one === kept.kind);
  const aggregate = 'aggregate' in kept ? AGGREGATES.find((one) => one === kept.aggregate) : undefined;
  const series = 'series' in kept && typeof kept.series === 'string' ? kept.series : undefined;
  if (!kind || !aggregate || typeof kept.x !== 'string' || !Array.isArray(kept.y)) return undefined;
  const bucket = 'bucket' in kept ? [...BUCKETS, 'none' as const].find((one) => one === kept.bucket) : undefined;
  return { kind, aggregate, series, x: kept.x, y: kept.y.map(String), ...(bucket && { bucket }) };
}
