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
