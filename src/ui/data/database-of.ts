import { queryOptions } from '@tanstack/react-query';
import type { QueryRows } from '../../engine/index.ts';
import { nameText } from './catalog.ts';
import { queryClient } from './client.ts';
import { keys, refresh } from './keys.ts';
import { ask, cellRows } from './rows.ts';
import { sessionOf } from './runs.ts';

const firstColumn = (rows: QueryRows) => cellRows(rows).map(([cell]) => String(cell));

export function databaseNames() {
  return queryOptions({
    queryKey: keys.databases(),
    queryFn: async ({ signal }) => firstColumn(await ask('SHOW DATABASES', signal)),
  });
}

/** The database in which a worksheet's names are looked up. */
export function currentDatabase(worksheet: string) {
  return queryOptions({
    queryKey: keys.currentDatabase(worksheet),
    queryFn: async ({ signal }) => {
      const [name] = firstColumn(await sessionOf(worksheet).query('SELECT current_database()', signal));
      return name ?? 'default';
    },
  });
}

export async function switchDatabase(worksheet: string, name: string): Promise<void> {
  const { signal } = new AbortController();
  await sessionOf(worksheet).query(`USE ${nameText(name)}`, signal);
  await refresh(queryClient, keys.currentDatabase(worksheet));
}
