import { defineConfig } from 'vitest/config';
import { Skipped } from './scripts/skipped.ts';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    exclude: ['**/*.web.test.ts', '**/node_modules/**'],
    // Two cores, and what is imported, compiled and started is shared by the files that a worker runs.
    maxWorkers: 2,
    isolate: false,
    setupFiles: ['src/engine/test/setup.ts'],
    testTimeout: process.env['BOATHOUSE_LONG'] === undefined ? 120_000 : 900_000,
    hookTimeout: 120_000,
    reporters: ['default', new Skipped()],
  },
});
