import { queryOptions } from '@tanstack/react-query';
import { linkExpiry } from '../../engine/index.ts';
import { queryClient } from './client.ts';
import { allRecords, deleteRecord, putRecord } from './database.ts';
import { keys } from './keys.ts';
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
  await queryClient.invalidateQueries({ queryKey: keys.links() });
}

export async function addLink(url: string): Promise<FileLink> {
  const link = { id: crypto.randomUUID(), url, addedAt: Date.now() };
  await keepLink(link);
  return link;
}

/** A fresh link to the same file takes the place of the old one, in the worksheets too. */
export async function renewLink(link: FileLink, url: string): Promise<void> {
  await keepLink({ ...link, url });
  for (const { id, text } of worksheets.get()?.values() ?? []) {
    if (text.includes(link.url)) changeWorksheet(id, { text: text.replaceAll(link.url, url) });
  }
}

export async function removeLink({ id }: FileLink): Promise<void> {
  await deleteRecord('links', id);
  await queryClient.invalidateQueries({ queryKey: keys.links() });
}

/** The URL without what signs it; undefined for what is no link to a file. */
export function fileOfLink(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, origin, pathname } = new URL(url);
  return /^https?:$/.test(protocol) && !pathname.endsWith('/') ? origin + pathname : undefined;
}

export function nameOfLink(url: string): string {
  return decodeURIComponent(fileOfLink(url)?.split('/').at(-1) ?? url);
}

/** Milliseconds since 1970; undefined for a link that does not end. */
export function expiryOf(url: string): number | undefined {
  return URL.canParse(url) ? linkExpiry(new URL(url).search) : undefined;
}

/** The statement that shows the first rows; undefined when it is no table. */
export function selectOfLink({ url }: Pick<FileLink, 'url'>, signal: AbortSignal): Promise<string | undefined> {
  return selectOfFile(url, signal, nameOfLink(url));
}
