import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findBrowser, LAUNCH_FLAGS } from './scripts/find-browser.mjs';

export default defineConfig({
  // Found only while a test runs, they would make Vite reload the page under it.
  optimizeDeps: { include: ['apache-arrow', 'hyparquet', 'hyparquet-compressors'] },
  test: {
    include: ['src/**/*.web.test.ts'],
    testTimeout: 120_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath: findBrowser(), args: LAUNCH_FLAGS } }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
