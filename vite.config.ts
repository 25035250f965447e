import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { version } from './package.json';
import { editorWords } from './scripts/editor-words.ts';
import { slimDuckAlias } from './scripts/slim-duck.mjs';

/** Keeps the whole console, DuckDB's 28 MB included, so that it works with the network off. Data is never kept here. */
const offline: Parameters<typeof VitePWA>[0] = {
  // `main.tsx` registers it: inline scripts are against the policy.
  injectRegister: null,
  registerType: 'prompt',
  manifest: {
    name: 'Boathouse',
    short_name: 'Boathouse',
    description: 'A lakehouse console in a browser tab',
    start_url: './',
    display: 'standalone',
    background_color: '#F6F7F9',
    theme_color: '#1D5FD6',
    launch_handler: { client_mode: 'navigate-existing' },
    file_handlers: [
      {
        action: './',
        accept: {
          'application/vnd.apache.parquet': ['.parquet'],
          'text/csv': ['.csv', '.tsv'],
          'application/x-ndjson': ['.ndjson', '.jsonl'],
          'application/vnd.apache.arrow.file': ['.arrow', '.feather'],
        },
      },
    ],
    icons: [{ src: './icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  },
  workbox: {
    globPatterns: ['**/*.{html,js,css,wasm,svg,ttf,woff2,json,sql,parquet,webmanifest}'],
    maximumFileSizeToCacheInBytes: 64 * 1024 * 1024,
    cleanupOutdatedCaches: true,
    // By default it loads its library by `importScripts`, which takes no plain address under the policy.
    inlineWorkboxRuntime: true,
    // What the first visit has not shown yet is there as well once all is kept.
    clientsClaim: true,
    navigateFallback: 'index.html',
  },
};

/** DuckDB's bindings hold calls of `eval` that a browser never reaches; the policy would refuse them. */
const checks = { eval: false, pluginTimings: false };

/** All that the page needs before anything is shown, in one file: each further one costs a round trip. */
function oneShell(): { readonly plugin: Plugin; readonly isPart: (id: string) => boolean } {
  const parts = new Set<string>();
  return {
    isPart: (id) => parts.has(id),
    plugin: {
      name: 'one-shell',
      apply: 'build',
      buildEnd() {
        const open = [resolve('src/ui/main.tsx')];
        for (let id = open.pop(); id !== undefined; id = open.pop()) {
          if (parts.has(id)) continue;
          parts.add(id);
          open.push(...(this.getModuleInfo(id)?.importedIds ?? []));
        }
      },
    },
  };
}

const shell = oneShell();

/** Every asset comes from our own origin, under a hashed name: the page works offline and under a strict policy. */
export default defineConfig({
  base: './',
  define: { __VERSION__: JSON.stringify(version) },
  resolve: {
    alias: [
      // The package names a file that it does not have.
      {
        find: '@duckdb/duckdb-wasm/blocking',
        replacement: resolve('node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser-blocking.mjs'),
      },
      slimDuckAlias(),
    ],
  },
  plugins: [react(), editorWords(), VitePWA(offline), shell.plugin],
  worker: { format: 'es', rolldownOptions: { checks } },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      checks,
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 2 },
            { name: 'arrow', test: /node_modules\/(apache-arrow|flatbuffers)\//, priority: 2 },
            { name: 'shell', test: shell.isPart, priority: 1 },
          ],
        },
      },
    },
  },
});
