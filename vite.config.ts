import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { version } from './package.json';

/** Every asset comes from our own origin, under a hashed name: the page works offline and under a strict policy. */
export default defineConfig({
  base: './',
  define: { __VERSION__: JSON.stringify(version) },
  resolve: {
    alias: {
      // The package names a file that it does not have.
      '@duckdb/duckdb-wasm/blocking': resolve('node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser-blocking.mjs'),
    },
  },
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'monaco', test: /node_modules\/monaco-editor\// },
            { name: 'arrow', test: /node_modules\/(apache-arrow|flatbuffers)\// },
          ],
        },
      },
    },
  },
});
