import { build } from 'vite';

/** Builds a page as the console is built, its own settings beside. */
export async function buildPage({ build: settings, ...config }) {
  await build({
    configFile: false,
    logLevel: 'error',
    base: './',
    publicDir: false,
    worker: { format: 'es' },
    ...config,
    build: {
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4000,
      ...settings,
    },
  });
}
