import { type KeptSheet, withoutSecrets } from '../../data/keeping.ts';
import { newWorksheet, type Worksheet } from '../../data/worksheets.ts';
import { copyText } from '../../lib/clipboard.ts';
import { messages } from '../../lib/messages/messages.ts';
import { readParameters } from '../../lib/parameters.ts';
import { navigate, parseRoute, showRoute } from '../../lib/router.ts';
import { toast } from '../../lib/toasts.ts';

/** An address that carries SQL in its fragment, which no server sees; the caller has left out its secrets. */
export function shareAddress({ name, sql, parameters }: KeptSheet, page: string): string {
  const given = parameters && Object.keys(parameters).length > 0 ? { parameters: JSON.stringify(parameters) } : {};
  return page.replace(/#.*$/s, '') + showRoute({ place: 'worksheets', query: { name, sql, ...given } });
}

/** Must be called from what the person did. */
export async function copyShareLink(sheet: Worksheet): Promise<void> {
  const { worksheet: words } = messages();
  const masked = withoutSecrets(sheet);
  try {
    await copyText(masked.then((kept) => shareAddress({ name: sheet.name, ...kept }, location.href)));
    toast({ title: (await masked).sql === sheet.text ? words.linkCopied : words.linkCopiedMasked });
  } catch {
    toast({ title: words.linkNotCopied, isFailure: true });
  }
}

/** Opens what the address carries as a worksheet of its own, once. Nothing is run. */
export function openShared(): void {
  const { place, query } = parseRoute(location.hash);
  const { sql, name, parameters } = query;
  if (place !== 'worksheets' || sql === undefined) return;
  navigate({ place: 'worksheets' }, { replace: true });
  newWorksheet(name || messages().worksheet.shared, sql, readParameters(parsed(parameters)));
}

function parsed(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? '{}');
  } catch {
    return undefined; // A link that was cut short.
  }
}
