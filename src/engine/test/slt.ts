import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { SqlError } from '../base/errors.ts';
import type { ShellCell, StatementResult } from '../cli/collect.ts';
import type { TestEngine } from './engine.ts';

/**
 * Runs the blocks of a text and gives the text back with the results that there were: a test compares the two.
 * Blocks end at an empty line. `file <path>` and lines of content make a file in the stage `files`, packed when its
 * name ends with `.gz`; any other block is SQL, then `----` and what its last statement gives. `#` begins a comment.
 */
export async function runSlt(text: string, engine: TestEngine, folder: string): Promise<string> {
  const blocks: string[] = [];
  for (const block of text.trimEnd().split(/\n\n+/)) blocks.push(await runBlock(block, engine, folder));
  return `${blocks.join('\n\n')}\n`;
}

async function runBlock(block: string, engine: TestEngine, folder: string): Promise<string> {
  const lines = block.split('\n');
  const start = lines.findIndex((line) => !line.startsWith('#'));
  if (start < 0) return block;
  if (lines[start]?.startsWith('file ')) {
    writeStaged(join(folder, lines[start].slice('file '.length)), lines.slice(start + 1));
    return block;
  }
  const end = lines.indexOf('----');
  const sql = lines.slice(start, end < 0 ? undefined : end).join('\n');
  const results = await engine.run(sql);
  return [...lines.slice(0, start), sql, '----', ...shownResult(results.at(-1), sql)].join('\n');
}

function writeStaged(path: string, lines: readonly string[]): void {
  const text = lines.map((line) => `${line}\n`).join('');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, path.endsWith('.gz') ? gzipSync(text) : text);
}

function shownResult(result: StatementResult | undefined, sql: string): string[] {
  if (!result) return [];
  if (!result.ok) return shownError(result.error, sql);
  return result.rows.map((row) => row.map(shownCell).join(' | ').trimEnd());
}

function shownCell(cell: ShellCell): string {
  if (cell === null) return 'NULL';
  if (cell === '') return '(empty)';
  return String(cell).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

function shownError({ code, message, span, suggestions }: SqlError, sql: string): string[] {
  const place = span ? ` at \`${sql.slice(span.start, span.end).replaceAll('\n', ' ')}\`` : '';
  const meant = suggestions.length > 0 ? [`suggested: ${suggestions.join(', ')}`] : [];
  return [`error ${code}${place}: ${message.replaceAll('\n', ' / ')}`, ...meant];
}
