import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright/test';
import { test as base } from './app.ts';

/** A browser with its profile on the disk, as a person's is: a private one has its files in memory, and room for few. */
export const keptProfileTest = base.extend({
  context: async ({ baseURL, viewport, permissions, serviceWorkers, launchOptions }, use) => {
    const profile = mkdtempSync(join(tmpdir(), 'boathouse-journey-'));
    const own = { baseURL: baseURL ?? '', viewport, permissions: permissions ?? [], serviceWorkers };
    const context = await chromium.launchPersistentContext(profile, { ...launchOptions, ...own });
    await use(context);
    await context.close();
    rmSync(profile, { recursive: true });
  },
});
