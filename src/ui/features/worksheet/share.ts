import { chartChoices, chooseChart, readForm } from '../../data/chart-choice.ts';
import { type KeptSheet, withoutSecrets } from '../../data/keeping.ts';
import { changeWorksheet, newWorksheet, type Worksheet, worksheets } from '../../data/worksheets.ts';
import { copyText } from '../../lib/clipboard.ts';
import { parseJson } from '../../lib/json.ts';
import { messages } from '../../lib/messages/messages.ts';
import { readParameters } from '../../lib/parameters.ts';
import { navigate, parseRoute, type Route, showRoute } from '../../lib/router.ts';
import { toast } from '../../lib/toasts.ts';
import { distrust } from './shared.ts';

/** What a link carries; the caller has left out the secrets. */
export interface Shared extends KeptSheet {
  /** The form of the chart that is shown, as JSON. */
  readonly chart?: string | undefined;
}

/** Where it opens: beside the step of the course that is shown, or among the worksheets. */
type Where = Pick<Route, 'place' | 'path'>;

const AMONG_OTHERS: Where = { place: 'worksheets', path: [] };

/** An address that carries SQL in its fragment, which no server sees. */
export function shareAddress({ name, sql, parameters, chart }: Shared, page: string, where = AMONG_OTHERS): string {
  const given = parameters && Object.keys(parameters).length > 0 ? { parameters: JSON.stringify(parameters) } : {};
  const query = { name, sql, ...given, ...(chart ? { chart } : {}) };
  return page.replace(/#.*$/s, '') + showRoute({ place: where.place, path: where.path, query });
}

/** Must be called from what the person did. */
export async function copyShareLink(sheet: Worksheet): Promise<void> {
  const { worksheet: words } = messages();
  const { isShown = false, form } = chartChoices.get()[sheet.id] ?? {};
  const chart = isShown && form ? JSON.stringify(form) : undefined;
  const route = parseRoute(location.hash);
  const where = route.place === 'learn' ? route : AMONG_OTHERS;
  const masked = withoutSecrets(sheet);
  try {
    await copyText(masked.then((kept) => shareAddress({ name: sheet.name, ...kept, chart }, location.href, where)));
    toast({ title: (await masked).sql === sheet.text ? words.linkCopied : words.linkCopiedMasked });
  } catch {
    toast({ title: words.linkNotCopied, isFailure: true });
  }
}

/**
 * Opens what the address carries, once: as a worksheet of its own, or in that of the course if nothing is written there.
 * Nothing is run, and what writes is asked about before it is.
 */
export function openShared(course?: string): void {
  const { place, path, query } = parseRoute(location.hash);
  const { sql, name, chart } = query;
  if (sql === undefined) return;
  const parameters = readParameters(parseJson(query['parameters'] ?? ''));
  const own = course === undefined ? undefined : worksheets.get()?.get(course);
  const isFree = own !== undefined && own.text.trim() === '';
  if (isFree) changeWorksheet(own.id, { text: sql, parameters });
  const { id } = isFree ? own : newWorksheet(name || messages().worksheet.shared, sql, parameters);
  distrust(id);
  const form = chart === undefined ? undefined : readForm(parseJson(chart));
  if (form) chooseChart(id, { isShown: true, form });
  navigate(own && !isFree ? AMONG_OTHERS : { place, path }, { replace: true });
}
