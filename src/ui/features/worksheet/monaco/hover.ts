import { editor, type IMarkdownString } from 'monaco-editor/editor';
import type { Hover } from '../../../../engine/index.ts';
import { format } from '../../../lib/format.ts';
import { engineDoc, functionDoc, messages } from '../../../lib/messages/messages.ts';
import { editorHandle } from '../editor-handle.ts';
import { LANGUAGE } from './language.ts';
import { escapeMarkdown } from './markdown.ts';

/** The card of a word, in the language that is shown. */
export async function hoverText(found: Hover): Promise<IMarkdownString[]> {
  const { hover: words } = messages().worksheet;
  switch (found.kind) {
    case 'Function':
      return functionCard(found);
    case 'Table': {
      const rows = found.rows === undefined ? [] : [words.rows(format.integer(found.rows), found.rows === 1)];
      return card(words.table(found.name), [...rows, ...found.columns]);
    }
    case 'View':
      return [...card(words.view(found.name), []), code(found.query)];
    case 'Column':
      return card(found.name, [found.type]);
    case 'Setting':
      return card(found.name, [await engineDoc(found.doc), words.default(found.default)]);
  }
}

async function functionCard({ name, doc, signatures, examples }: Extract<Hover, { kind: 'Function' }>) {
  const told = await functionDoc(name, doc);
  const texts = [...card(name, [...(told === '' ? [] : [told]), ...signatures]), ...examples.map(code)];
  return examples[0] === undefined ? texts : [...texts, exampleLink(examples[0])];
}

function card(title: string, lines: readonly string[]): IMarkdownString[] {
  return [`**${escapeMarkdown(title)}**`, ...lines.map(escapeMarkdown)].map((value) => ({ value }));
}

/** The fence is longer than any in the text, so that the text cannot end it. */
function code(sql: string): IMarkdownString {
  const longest = Math.max(2, ...(sql.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return { value: `${fence}${LANGUAGE}\n${sql}\n${fence}` };
}

const INSERT_EXAMPLE = 'boathouse.insertExample';

function exampleLink(sql: string): IMarkdownString {
  const address = `command:${INSERT_EXAMPLE}?${encodeURIComponent(JSON.stringify([sql]))}`;
  return {
    value: `[${messages().worksheet.insertExample}](${address})`,
    isTrusted: { enabledCommands: [INSERT_EXAMPLE] },
  };
}

export function registerInsertExample(): void {
  editor.registerCommand(INSERT_EXAMPLE, insertExample);
}

/** Puts a statement behind all others and the caret on it. */
function insertExample(_: unknown, sql: unknown): void {
  const handle = editorHandle.get();
  if (!handle || typeof sql !== 'string') return;
  const text = handle.text();
  const kept = text.trimEnd();
  const end = kept === '' || kept.endsWith(';') ? '' : /--[^\n]*$/.test(kept) ? '\n;' : ';';
  const lead = kept === '' ? '' : `${end}\n\n`;
  handle.replace({ start: kept.length, end: text.length }, `${lead}${sql}\n`);
  const start = kept.length + lead.length;
  handle.select({ start, end: start });
}
