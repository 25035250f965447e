import { isRecord, parseJson } from '../lib/json.ts';
import {
  fillParameters,
  type ParameterValue,
  type ParameterValues,
  parameterNames,
  readParameters,
  valueSql,
} from '../lib/parameters.ts';
import { saveText } from './download.ts';
import { consoleSession } from './engine.ts';
import { newWorksheet, type Worksheet } from './worksheets.ts';

/** A worksheet as it is taken along. */
export interface KeptSheet {
  readonly name: string;
  readonly sql: string;
  readonly parameters?: ParameterValues | undefined;
}

const FORMAT = 'boathouse.worksheets';

export function showKept(sheets: readonly KeptSheet[]): string {
  return `${JSON.stringify({ format: FORMAT, version: 1, worksheets: sheets }, undefined, 2)}\n`;
}

/** The worksheets of a file that `showKept` wrote; undefined for any other text. */
export function readKept(text: string): readonly KeptSheet[] | undefined {
  const file = parseJson(text);
  if (!isRecord(file) || file['format'] !== FORMAT || !Array.isArray(file['worksheets'])) return undefined;
  return file['worksheets'].flatMap((sheet: unknown) => {
    if (!isRecord(sheet)) return [];
    const { name, sql, parameters } = sheet;
    if (typeof name !== 'string' || typeof sql !== 'string') return [];
    return [{ name, sql, ...(parameters === undefined ? {} : { parameters: readParameters(parameters) }) }];
  });
}

/** SQL and values of its parameters, those left out that stand where a secret does. */
export async function withoutSecrets({ text, parameters }: Worksheet): Promise<Pick<KeptSheet, 'sql' | 'parameters'>> {
  const sql = await consoleSession().mask(text);
  const used = new Set(parameterNames(text).map(({ name }) => name));
  const given = Object.entries(parameters).filter(([name]) => used.has(name));
  if (given.length === 0) return { sql };
  const shown = await consoleSession().mask(fillParameters(text, parameters).text);
  return { sql, parameters: Object.fromEntries(given.filter(([, value]) => isIn(shown, value))) };
}

const isIn = (sql: string, value: ParameterValue) => sql.includes(valueSql(value)) || sql.includes(value.text);

/** Hands all worksheets to the browser as one file; the secrets of their SQL are left out. */
export async function exportWorksheets(sheets: readonly Worksheet[]): Promise<void> {
  const kept = sheets.map(async (sheet) => ({ name: sheet.name, ...(await withoutSecrets(sheet)) }));
  saveText('worksheets.json', showKept(await Promise.all(kept)));
}

/** Opens what a file holds as new worksheets. Gives how many; undefined where the file is not ours. */
export function importWorksheets(text: string): number | undefined {
  const sheets = readKept(text);
  for (const { name, sql, parameters } of sheets ?? []) newWorksheet(name, sql, parameters);
  return sheets?.length;
}
