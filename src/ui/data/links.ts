import { queryOptions } from '@tanstack/react-query';
import { expiryOf, nameOfLink } from '../lib/link.ts';
import { queryClient } from './client.ts';
import { allRecords, deleteRecord, putRecord } from './database.ts';
import { keys, refresh } from './keys.ts';
import { selectOfFile } from './uploads.ts';
import { type Sealed, seal, unseal } from './vault.ts';
import { changeWorksheet, worksheets } from './worksheets.ts';

/** A file behind a URL, which may be signed and end. What signs it is a secret: links are kept sealed. */
export interface FileLink {
  readonly id: string;
  readonly url: string;
  readonly addedAt: number;
}

interface Kept {
  readonly id: string;
  readonly addedAt: number;
  readonly sealed: Sealed;
}

export function links() {
  return queryOptions({
    queryKey: keys.links(),
    queryFn: async (): Promise<readonly FileLink[]> => {
      const records = await allRecords('links');
      // The store holds nothing else.
      const opened = await Promise.all(records.map((record) => openLink(record as Kept)));
      return opened.filter((link) => link !== undefined).sort((a, b) => a.addedAt - b.addedAt);
    },
    refetchOnWindowFocus: 'always',
  });
}

/** One that the key does not open was sealed by a profile that is gone. */
async function openLink({ id, addedAt, sealed }: Kept): Promise<FileLink | undefined> {
  const url = await unseal(sealed).catch(() => undefined);
  return url === undefined ? undefined : { id, addedAt, url };
}

async function keepLink({ id, url, addedAt }: FileLink): Promise<void> {
  const kept: Kept = { id, addedAt, sealed: await seal(url) };
  await putRecord('links', id, kept);
  await refresh(queryClient, keys.links());
}

export async function addLink(url: string): Promise<FileLink> {
  const link = { id: crypto.randomUUID(), url, addedAt: Date.now() };
  await keepLink(link);
  return link;
}

/** A fresh link to the same file takes the place of the old one: where links are kept, and in the worksheets. */
export async function renewLink(old: string, fresh: string): Promise<void> {
  const kept = (await queryClient.fetchQuery(links())).filter(({ url }) => url === old);
  for (const link of kept) await keepLink({ ...link, url: fresh });
  for (const { id, text } of worksheets.get()?.values() ?? []) {
    if (text.includes(old)) changeWorksheet(id, { text: text.replaceAll(old, fresh) });
  }
}

/** The link of a statement that ended, by what an error says: of those that end, the one that does so first. */
export function endedLink(sql: string, message: string): string | undefined {
  if (!/^the link to .* expired at /s.test(message)) return undefined;
  const ends = (sql.match(/https?:\/\/[^\s'"]+/g) ?? []).flatMap((url) => {
    const end = expiryOf(url);
    return end === undefined ? [] : [{ url, end }];
  });
  return ends.sort((a, b) => a.end - b.end)[0]?.url;
}

export async function removeLink({ id }: FileLink): Promise<void> {
  await deleteRecord('links', id);
  await refresh(queryClient, keys.links());
}

/** The statement that shows the first rows; undefined when it is no table. */
export function selectOfLink({ url }: Pick<FileLink, 'url'>, signal: AbortSignal): Promise<string | undefined> {
  return selectOfFile(url, signal, nameOfLink(url));
}
