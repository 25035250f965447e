import { defineConfig } from 'playwright/test';
import { findBrowser, LAUNCH_FLAGS } from './scripts/find-browser.mjs';

const PORT = Number(process.env['E2E_PORT'] ?? 5199);

const TOUCH = '**/tablet.spec.ts';

/** The journeys: what a person does in the console as `npm run build` left it, in an installed Chromium. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  fullyParallel: true,
  workers: 2,
  // A browser on a busy machine may miss a moment; a journey that fails three times is broken.
  retries: 2,
  reporter: [['list'], ['./scripts/skipped-journeys.mjs']],
  use: {
    baseURL: `http://127.0.0.1:${PORT}/`,
    viewport: { width: 1440, height: 900 },
    // Each journey has a fresh profile, and an eighth of its time would go into putting the console aside there.
    // The journeys that open it without its server allow it.
    serviceWorkers: 'block',
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: { executablePath: findBrowser(), args: LAUNCH_FLAGS },
  },
  projects: [
    { name: 'chromium', testIgnore: TOUCH },
    // A tablet held upright, as wide as the narrowest: fingers, and Chromium in the place of Safari.
    {
      name: 'tablet',
      testMatch: TOUCH,
      use: { viewport: { width: 768, height: 1024 }, hasTouch: true, isMobile: true },
    },
  ],
  webServer: {
    command: 'node scripts/serve.mjs',
    url: `http://127.0.0.1:${PORT}/`,
    env: { PORT: String(PORT) },
    reuseExistingServer: false,
  },
});
