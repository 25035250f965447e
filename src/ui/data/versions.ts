import { queryOptions } from '@tanstack/react-query';
import { queryClient } from './client.ts';
import { allRecords, deleteRecord, putRecord } from './database.ts';
import { keys, refresh } from './keys.ts';
import { type Sealed, seal, unseal } from './vault.ts';

/** The text of a worksheet as it was run. */
export interface Version {
  readonly id: string;
  readonly worksheet: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Given by a person: it is kept for good. */
  readonly name?: string | undefined;
}

interface Kept extends Omit<Version, 'text'> {
  readonly sealed: Sealed;
}

/** Of each worksheet, without those that have a name; the oldest are forgotten. */
const MOST_VERSIONS = 50;

/** The versions of a worksheet, newest first. */
export function versions(worksheet: string) {
  return queryOptions({
    queryKey: keys.versions(worksheet),
    queryFn: async (): Promise<readonly Version[]> => {
      const opened = await Promise.all((await keptOf(worksheet)).map(openVersion));
      return opened.filter((version) => version !== undefined);
    },
  });
}

async function keptOf(worksheet: string): Promise<readonly Kept[]> {
  // The store holds nothing else.
  const all = (await allRecords('versions')) as readonly Kept[];
  return all.filter((record) => record.worksheet === worksheet).sort((a, b) => b.at - a.at);
}

/** Of all worksheets. */
export async function allVersions(): Promise<readonly Version[]> {
  const opened = await Promise.all(((await allRecords('versions')) as readonly Kept[]).map(openVersion));
  return opened.filter((version) => version !== undefined);
}

/** Adds versions that were brought back. */
export async function addVersions(added: readonly Version[]): Promise<void> {
  for (const { text, ...rest } of added) {
    const record: Kept = { ...rest, sealed: await seal(text) };
    await putRecord('versions', rest.id, record);
  }
}

/** One that the key does not open was sealed by a profile that is gone. */
async function openVersion({ sealed, ...rest }: Kept): Promise<Version | undefined> {
  const text = await unseal(sealed).catch(() => undefined);
  return text === undefined ? undefined : { ...rest, text };
}

/** Keeps a text, unless the newest version has the same. */
export async function keepVersion(worksheet: string, text: string): Promise<void> {
  const kept = await keptOf(worksheet);
  const newest = kept[0] && (await openVersion(kept[0]));
  if (newest?.text === text || text.trim() === '') return;
  const id = crypto.randomUUID();
  const record: Kept = { id, worksheet, at: Date.now(), sealed: await seal(text) };
  await putRecord('versions', id, record);
  const unnamed = kept.filter(({ name }) => name === undefined);
  for (const old of unnamed.slice(MOST_VERSIONS - 1)) await deleteRecord('versions', old.id);
  await refresh(queryClient, keys.versions(worksheet));
}

/** Gives a version a name, or takes it away. */
export async function nameVersion({ id, worksheet }: Version, name: string): Promise<void> {
  const record = (await keptOf(worksheet)).find((kept) => kept.id === id);
  if (record) await putRecord('versions', id, { ...record, name: name.trim() || undefined } satisfies Kept);
  await refresh(queryClient, keys.versions(worksheet));
}
