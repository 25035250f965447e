import { askRecords } from './rows.ts';

const PREFIX = '__boathouse_dry_run_';
const NAME = new RegExp(`^${PREFIX}[0-9a-f]{32}$`);

/** A name for a table that a dry run loads into: of chance, so that it is nobody's and no other tab's. */
export function scratchName(): string {
  return PREFIX + crypto.randomUUID().replaceAll('-', '');
}

/** Such a table is no person's: lists leave it out. */
export function isScratch(name: string): boolean {
  return NAME.test(name);
}

/** While the work lasts, no tab takes the table for one that was left behind. */
export function holdingScratch<T>(name: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(name, work);
}

/** Drops the tables of dry runs whose tab was closed: those that no tab holds. */
export async function sweepScratch(signal: AbortSignal): Promise<void> {
  const tables = await askRecords(`SELECT database, name FROM system.tables WHERE name LIKE '${PREFIX}%'`, signal);
  for (const { database, name } of tables) {
    if (typeof name !== 'string' || !isScratch(name)) continue;
    await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock) await askRecords(`DROP TABLE IF EXISTS \`${database}\`.${name}`, signal);
    });
  }
}
