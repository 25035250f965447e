import type { Schema } from '../types/type.ts';
import type { ShellCell } from './collect.ts';

const WIDEST = 60;

/** A result as a table of text, numbers to the right. */
export function tableText(columns: Schema, rows: readonly (readonly ShellCell[])[]): string {
  const cells = rows.map((row) => row.map((cell) => clip(cell === null ? 'NULL' : String(cell))));
  const names = columns.map(({ name }) => clip(name));
  const widths = names.map((name, index) => Math.max(name.length, ...cells.map((row) => row[index]?.length ?? 0)));
  const line = (texts: readonly string[]) =>
    texts.map((text, index) => (isNumber(columns[index]) ? text.padStart : text.padEnd).call(text, widths[index] ?? 0));
  const body = [names, widths.map((width) => '─'.repeat(width)), ...cells].map((texts) => line(texts).join('  '));
  return body.map((text) => text.trimEnd()).join('\n');
}

function clip(text: string): string {
  const oneLine = text.replaceAll('\n', '⏎').replaceAll('\t', ' ');
  return oneLine.length > WIDEST ? `${oneLine.slice(0, WIDEST - 1)}…` : oneLine;
}

const NUMBERS = /^(U?Int|Float|Decimal)/;

function isNumber(column: Schema[number] | undefined): boolean {
  return column !== undefined && NUMBERS.test(column.type.kind);
}
