import type { Sample } from '../../data/sample.ts';

export interface SampleTables {
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
  readonly days: number;
  readonly size: number;
}

/** The tables that the files of the sample make, with their rows, and how many days and bytes there are. */
export function sampleTables({ files }: Sample): SampleTables {
  const rows = new Map<string, number>();
  const days = new Set<string>();
  let size = 0;
  for (const file of files) {
    rows.set(file.table, (rows.get(file.table) ?? 0) + file.rows);
    size += file.size;
    const day = /\d{4}[-_]\d{2}[-_]\d{2}/.exec(file.path)?.[0].replaceAll('_', '-');
    if (day) days.add(day);
  }
  return { tables: [...rows].map(([name, count]) => ({ name, rows: count })), days: days.size, size };
}
