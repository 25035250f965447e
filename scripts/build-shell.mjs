import { readFileSync } from 'node:fs';
import { build } from 'vite';

/** Bundles the shell for Node: the engine is TypeScript, which Node 20 does not run. Other packages stay where they are. */
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

await build({
  configFile: false,
  logLevel: 'warn',
  define: { __VERSION__: JSON.stringify(version) },
  publicDir: false,
  // Some two hundred files, which every thread that encodes would load one by one.
  ssr: { noExternal: ['apache-arrow', 'flatbuffers', 'tslib'] },
  build: {
    ssr: true,
    outDir: 'dist/shell',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: { cli: 'src/engine/cli/main.ts', encoder: 'src/engine/cli/encoder-worker.ts' },
      output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs', format: 'es' },
    },
  },
});
