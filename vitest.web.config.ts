import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findBrowser, LAUNCH_FLAGS } from './scripts/find-browser.mjs';
import { Skipped } from './scripts/skipped.ts';

const long = process.env['BOATHOUSE_LONG'];

export default defineConfig({
  // Found only while a test runs, they would make Vite reload the page under it.
  optimizeDeps: { include: ['apache-arrow', 'hyparquet', 'hyparquet-compressors'] },
  test: {
    include: ['src/**/*.web.test.ts'],
    // A page has no environment of its own.
    env: long === undefined ? {} : { BOATHOUSE_LONG: long },
    testTimeout: long === undefined ? 120_000 : 1_800_000,
    reporters: ['default', new Skipped()],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath: findBrowser(), args: LAUNCH_FLAGS } }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
