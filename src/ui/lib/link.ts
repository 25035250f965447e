import { linkExpiry } from '../../engine/index.ts';
import { decode } from './router.ts';

/** The URL without what signs it; undefined for what is no link to a file. */
export function fileOfLink(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, origin, pathname } = new URL(url);
  return /^https?:$/.test(protocol) && !pathname.endsWith('/') ? origin + pathname : undefined;
}

export function nameOfLink(url: string): string {
  return decode(fileOfLink(url)?.split('/').at(-1) ?? url);
}

/** Milliseconds since 1970; undefined for a link that does not end. */
export function expiryOf(url: string): number | undefined {
  return URL.canParse(url) ? linkExpiry(new URL(url).search) : undefined;
}
