import { saveText } from './download.ts';
import { sessionOf } from './runs.ts';
import { newWorksheet, type Worksheet } from './worksheets.ts';

/** A worksheet as it is taken along. */
export interface KeptSheet {
  readonly name: string;
  readonly sql: string;
}

const FORMAT = 'boathouse.worksheets';

export function showKept(sheets: readonly KeptSheet[]): string {
  return `${JSON.stringify({ format: FORMAT, version: 1, worksheets: sheets }, undefined, 2)}\n`;
}

/** The worksheets of a file that `showKept` wrote; undefined for any other text. */
export function readKept(text: string): readonly KeptSheet[] | undefined {
  const file = parsed(text);
  if (!isRecord(file) || file['format'] !== FORMAT || !Array.isArray(file['worksheets'])) return undefined;
  return file['worksheets'].flatMap((sheet: unknown) => {
    if (!isRecord(sheet)) return [];
    const { name, sql } = sheet;
    return typeof name === 'string' && typeof sql === 'string' ? [{ name, sql }] : [];
  });
}

/** Hands all worksheets to the browser as one file; the secrets of their SQL are left out. */
export async function exportWorksheets(sheets: readonly Worksheet[]): Promise<void> {
  const kept = sheets.map(async ({ id, name, text }) => ({ name, sql: await sessionOf(id).mask(text) }));
  saveText('worksheets.json', showKept(await Promise.all(kept)));
}

/** Opens what a file holds as new worksheets. Gives how many; undefined where the file is not ours. */
export function importWorksheets(text: string): number | undefined {
  const sheets = readKept(text);
  for (const { name, sql } of sheets ?? []) newWorksheet(name, sql);
  return sheets?.length;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not ours.
  }
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
