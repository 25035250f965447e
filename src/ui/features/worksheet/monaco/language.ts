import type { languages } from 'monaco-editor/editor';
import { KEYWORDS, TYPES } from '../../../lib/sql-words.ts';

export const LANGUAGE = 'databend-sql';

/** Colour at once, from the words alone; what is right is said by the engine. */
export const tokens: languages.IMonarchLanguage = {
  ignoreCase: true,
  unicode: true,
  defaultToken: '',
  keywords: [...KEYWORDS],
  types: [...TYPES],
  tokenizer: {
    root: [
      [/--.*$/, 'comment'],
      [/\/\*/, 'comment', '@comment'],
      [/\$\$/, 'string', '@dollars'],
      [/'/, 'string', '@string'],
      [/"/, 'identifier', '@quoted'],
      [/`[^`]*`?/, 'identifier'],
      [/@(?:[^\s,`;'"()\\]|\\.)+/, 'stage'],
      [/\d[\d_]*(\.\d+)?(e[+-]?\d+)?/, 'number'],
      [
        /[\p{L}_$][\p{L}\p{N}_$]*(?=\s*\()/u,
        { cases: { '@types': 'type', '@keywords': 'keyword', '@default': 'function' } },
      ],
      [/[\p{L}_$][\p{L}\p{N}_$]*/u, { cases: { '@types': 'type', '@keywords': 'keyword', '@default': 'identifier' } }],
      [/[^\s\p{L}\p{N}_]/u, 'delimiter'],
    ],
    comment: [
      [/\*\//, 'comment', '@pop'],
      [/[^*]+|\*/, 'comment'],
    ],
    dollars: [
      [/\$\$/, 'string', '@pop'],
      [/[^$]+|\$/, 'string'],
    ],
    string: [
      [/''|\\./, 'string'],
      [/'/, 'string', '@pop'],
      [/[^'\\]+|\\/, 'string'],
    ],
    quoted: [
      [/""/, 'identifier'],
      [/"/, 'identifier', '@pop'],
      [/[^"]+/, 'identifier'],
    ],
  },
};

export const configuration: languages.LanguageConfiguration = {
  comments: { lineComment: '--', blockComment: ['/*', '*/'] },
  brackets: [
    ['(', ')'],
    ['[', ']'],
    ['{', '}'],
  ],
  autoClosingPairs: [
    { open: '(', close: ')' },
    { open: '[', close: ']' },
    { open: '{', close: '}' },
    { open: "'", close: "'", notIn: ['string', 'comment'] },
    { open: '"', close: '"', notIn: ['string', 'comment'] },
    { open: '`', close: '`', notIn: ['string', 'comment'] },
  ],
  wordPattern: /[\p{L}\p{N}_$]+/u,
};
