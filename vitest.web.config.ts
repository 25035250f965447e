import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findBrowser, LAUNCH_FLAGS } from './scripts/find-browser.mjs';

export default defineConfig({
  test: {
    include: ['src/**/*.web.test.ts'],
    testTimeout: 30_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath: findBrowser(), args: LAUNCH_FLAGS } }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
