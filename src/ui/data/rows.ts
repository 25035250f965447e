import { type Cell, cellReader, type QueryRows, type ShowSettings, showCell } from '../../engine/index.ts';
import { consoleSession } from './engine.ts';

/** Rows of a list in the order of its columns; for lists, never for results. */
export type CellRow = readonly Cell[];

/** Runs one statement in the console's own session. */
export function ask(sql: string, signal: AbortSignal): Promise<QueryRows> {
  return consoleSession().query(sql, signal);
}

export function cellRows({ columns, batches }: QueryRows): readonly CellRow[] {
  return batches.flatMap((batch) => {
    const readers = columns.map(({ type }, index) => {
      const data = batch.data.children[index];
      return data ? cellReader(data, type) : () => null;
    });
    return Array.from({ length: batch.numRows }, (_, row) => readers.map((read) => read(row)));
  });
}

export type TextRecord = { readonly [column: string]: string | null };

/** A BOOLEAN as the engine prints it. */
export function isTrue(text: string | null | undefined): boolean {
  return text === 'true' || text === '1';
}

/** Each row as an object of texts, as the engine prints them; names in lower case. */
export function textRecords(rows: QueryRows, settings: ShowSettings = { timezone: 'UTC' }): readonly TextRecord[] {
  const names = rows.columns.map(({ name }) => name.toLowerCase());
  return cellRows(rows).map((cells) =>
    Object.fromEntries(
      cells.map((cell, index) => {
        const column = rows.columns[index];
        return [names[index], cell === null || !column ? null : showCell(cell, column.type, settings)];
      }),
    ),
  );
}

/** Asks and gives the rows as objects of texts. */
export async function askRecords(sql: string, signal: AbortSignal): Promise<readonly TextRecord[]> {
  return textRecords(await ask(sql, signal));
}
