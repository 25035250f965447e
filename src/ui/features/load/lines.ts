import type { FileColumn } from '../../data/staged-file.ts';
import { type FileKind, quoted, stagePath } from '../../data/uploads.ts';
import { isName } from './name.ts';

export interface LoadPlan {
  readonly table: string;
  readonly stage: string;
  readonly folder: string;
  readonly names: readonly string[];
  readonly kind: FileKind;
  readonly columns: readonly FileColumn[];
  /** The first line of each file holds names. */
  readonly hasHeader: boolean;
}

/** The statements that make a table for some files and load them; one that has been loaded is not loaded again. */
export function loadStatements(plan: LoadPlan): string {
  return `${createTable(plan)}\n\n${copyInto(plan)}\n`;
}

function createTable({ table, columns }: LoadPlan): string {
  const width = Math.max(0, ...columns.map(({ name }) => identifier(name).length));
  const lines = columns.map(({ name, type, isNullable }) => {
    return `  ${identifier(name).padEnd(width)} ${type}${isNullable ? '' : ' NOT NULL'}`;
  });
  return `CREATE TABLE IF NOT EXISTS ${identifier(table)} (\n${lines.join(',\n')}\n);`;
}

function copyInto({ table, stage, folder, names, kind, hasHeader }: LoadPlan): string {
  const skip = hasHeader && kind.reading === 'positions' ? ' SKIP_HEADER = 1' : '';
  const files = names.map(quoted).join(', ');
  return [
    `COPY INTO ${identifier(table)}`,
    `FROM ${stagePath(`@${stage}/${folder}`)}`,
    `FILES = (${files})`,
    `FILE_FORMAT = (TYPE = '${kind.format}'${skip});`,
  ].join('\n');
}

function identifier(name: string): string {
  return isName(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** The columns of a file without names in it, from its first lines. */
export function columnsOfLines(lines: readonly (readonly string[])[], hasHeader: boolean): readonly FileColumn[] {
  const [first = []] = lines;
  const values = hasHeader ? lines.slice(1) : lines;
  return first.map((title, index) => ({
    name: hasHeader && title.trim() !== '' ? title.trim() : `column_${index + 1}`,
    type: guessType(values.map((line) => line[index] ?? '')),
    isNullable: true,
  }));
}

const INTEGER = /^[+-]?\d{1,18}$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;
const BOOLEAN = /^(true|false)$/i;

const GUESSES: readonly (readonly [type: string, test: RegExp])[] = [
  ['BIGINT', INTEGER],
  ['DOUBLE', NUMBER],
  ['DATE', DATE],
  ['TIMESTAMP', TIME],
  ['BOOLEAN', BOOLEAN],
];

/** The narrowest type that takes every text; a number with a leading zero is a name, not a number. */
function guessType(texts: readonly string[]): string {
  const given = texts.filter((text) => text !== '' && text !== '\\N');
  if (given.length === 0 || given.some((text) => /^0\d/.test(text) && !DATE.test(text))) return 'VARCHAR';
  return GUESSES.find(([, test]) => given.every((text) => test.test(text)))?.[0] ?? 'VARCHAR';
}

/** Whether a first line looks like names: words, all different, over a line that is not all words. */
export function looksLikeHeader(lines: readonly (readonly string[])[]): boolean {
  const [first = []] = lines;
  if (first.length === 0 || new Set(first).size < first.length) return false;
  return first.every((text) => /^[\p{L}_][\p{L}\p{N}_ .-]*$/u.test(text.trim()));
}
