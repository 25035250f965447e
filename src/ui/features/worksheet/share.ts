import { sessionOf } from '../../data/runs.ts';
import { newWorksheet, type Worksheet } from '../../data/worksheets.ts';
import { copyText } from '../../lib/clipboard.ts';
import { messages } from '../../lib/messages/messages.ts';
import { navigate, parseRoute, showRoute } from '../../lib/router.ts';
import { toast } from '../../lib/toasts.ts';

/** An address that carries SQL in its fragment, which no server sees; the caller has left out its secrets. */
export function shareAddress(name: string, sql: string, page: string): string {
  return page.replace(/#.*$/s, '') + showRoute({ place: 'worksheets', query: { name, sql } });
}

/** Must be called from what the person did. */
export async function copyShareLink({ id, name, text }: Worksheet): Promise<void> {
  const { worksheet: words } = messages();
  const masked = sessionOf(id).mask(text);
  try {
    await copyText(masked.then((sql) => shareAddress(name, sql, location.href)));
    toast({ title: (await masked) === text ? words.linkCopied : words.linkCopiedMasked });
  } catch {
    toast({ title: words.linkNotCopied, isFailure: true });
  }
}

/** Opens what the address carries as a worksheet of its own, once. Nothing is run. */
export function openShared(): void {
  const { place, query } = parseRoute(location.hash);
  const { sql, name } = query;
  if (place !== 'worksheets' || sql === undefined) return;
  navigate({ place: 'worksheets' }, { replace: true });
  newWorksheet(name || messages().worksheet.shared, sql);
}
