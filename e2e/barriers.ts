import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import { type App, expect } from './app.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeWindow {
  readonly axe?: { run(options: RunOptions): Promise<AxeResults> };
}

/** What a theme has a say in. */
export const COLOURS = ['color-contrast', 'link-in-text-block'] as const;

/** What axe finds on the page as it stands: the rule and the elements, for what keeps people out. */
export async function barriers({ page }: App, rules?: readonly string[]): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    (only) =>
      (globalThis as unknown as Required<AxeWindow>).axe.run({
        resultTypes: ['violations'],
        ...(only ? { runOnly: [...only] } : {}),
      }),
    rules,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

export type Theme = 'light' | 'dark' | 'contrast';
export type Density = 'compact' | 'comfortable';

interface Chosen {
  readonly theme?: Theme;
  readonly density?: Density;
  readonly language?: 'en' | 'zh';
}

/** What another tab does when a person chooses there: the page follows at once. */
export async function choose({ page }: App, chosen: Chosen): Promise<void> {
  const { theme = 'light', density = 'compact', language = 'en' } = chosen;
  await page.evaluate(
    (values) => {
      for (const [key, value] of Object.entries(values)) {
        const newValue = JSON.stringify(value);
        dispatchEvent(new StorageEvent('storage', { key: `boathouse.${key}`, newValue }));
      }
    },
    { look: { theme, density }, language },
  );
  await expect(page.locator('html')).toHaveAttribute('lang', language === 'en' ? 'en' : 'zh-CN');
  await expect(page.locator('html')).toHaveAttribute('data-density', density);
}

/** What is wider than its place: words that run out of buttons, headings and fields. */
export async function overflowing({ page }: App): Promise<readonly string[]> {
  return page.evaluate(() => {
    const boxes = document.querySelectorAll('button, h1, h2, label, [role=tab], [role=columnheader], .status, .top');
    return [...boxes]
      .filter((box) => box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).display !== 'inline')
      .filter((box) => !box.matches('.sr, .cut') && !box.querySelector('.cut'))
      .map((box) => box.outerHTML.slice(0, 120));
  });
}

/** The place as it stands, in every theme and language, and whether its words fit at both densities. */
export async function expectForEveryone(app: App, place: string): Promise<void> {
  for (const language of ['en', 'zh'] as const) {
    await choose(app, { language });
    expect.soft(await barriers(app), `${place}, ${language}`).toEqual([]);
    expect.soft(await overflowing(app), `${place}, ${language}, cut off`).toEqual([]);
    await choose(app, { language, density: 'comfortable' });
    expect.soft(await overflowing(app), `${place}, ${language}, cut off when comfortable`).toEqual([]);
    for (const theme of ['dark', 'contrast'] as const) {
      await choose(app, { language, theme });
      expect.soft(await barriers(app, COLOURS), `${place}, ${language}, ${theme}`).toEqual([]);
    }
  }
  await choose(app, {});
}
