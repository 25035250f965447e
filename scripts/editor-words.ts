import type { Plugin } from 'vite';

/**
 * Monaco takes the words of its find field once, while it is loaded. With this it takes them anew whenever
 * `__editorWords` are called.
 */
export function editorWords(): Plugin {
  return {
    name: 'editor-words',
    apply: 'build',
    transform: {
      filter: { id: /monaco-editor\/esm\/.*\.js$/, code: /^const NLS_/m },
      handler(code) {
        const taken: string[] = [];
        const changed = code.replace(/^const (NLS_\w+ = localize\(.*\);)$/gm, (_, words: string) => {
          taken.push(words);
          return `let ${words}`;
        });
        return {
          code: `${changed}\n(globalThis.__editorWords ??= []).push(() => { ${taken.join(' ')} });\n`,
          map: null,
        };
      },
    },
  };
}
