import type { BrowserContext } from 'playwright/test';
import { App, expect, watch } from './app.ts';

export const KILLS = process.env['BOATHOUSE_LONG'] ? 50 : 5;

/** A generator of its own, so that a run can be had again. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Opens tabs with a worksheet; `wrong` is what their pages did that no page may do. */
export interface Tabs {
  readonly wrong: () => readonly string[];
  open(): Promise<App>;
}

export function tabsOf(context: BrowserContext, origin: string): Tabs {
  const watched: (readonly string[])[] = [];
  return {
    wrong: () => watched.flat(),
    open: async () => {
      const page = await context.newPage();
      watched.push(watch(page, origin));
      const app = new App(page);
      await app.open();
      await app.openWorksheet();
      return app;
    },
  };
}

let asked = 0;

/** The one row that a SELECT gives. It is marked, since what an earlier run gave may still be shown. */
export async function rowOf(app: App, sql: string, { timeout } = LATER): Promise<readonly string[]> {
  const mark = String(++asked);
  await app.run(`SELECT ${mark} AS asked, * FROM (${sql})`);
  let row: readonly string[] = [];
  await expect
    .poll(
      async () => {
        [row = []] = await app.rows();
        return row[0];
      },
      { timeout },
    )
    .toBe(mark);
  return row.slice(1);
}

export const LATER = { timeout: 60_000 };
