/** One measured figure; printed as a line of JSON. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What else is worth knowing: how much was processed, in which time. */
  readonly [detail: string]: string | number;
}

export type Report = (figure: Figure) => void;

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

/** The fastest of some runs in seconds: what else the machine does only ever makes a run longer. */
export async function fastest(runs: number, task: () => Promise<void>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await task();
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
}
