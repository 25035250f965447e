import { isAbort, toSqlError } from '../../../engine/index.ts';
import { type FileLink, selectOfLink } from '../../data/links.ts';
import { runSql } from '../../data/open-files.ts';
import { nameOfLink } from '../../lib/link.ts';
import { messages } from '../../lib/messages/messages.ts';
import { toast } from '../../lib/toasts.ts';

/** Shows the file's first rows in a worksheet. */
export async function queryLink(link: Pick<FileLink, 'url'>): Promise<void> {
  const { link: words } = messages().stages;
  try {
    const sql = await selectOfLink(link, new AbortController().signal);
    if (sql === undefined) toast({ title: words.noTable(nameOfLink(link.url)), isFailure: true });
    else await runSql(nameOfLink(link.url), sql);
  } catch (error) {
    if (!isAbort(error)) toast({ title: words.failed, text: toSqlError(error).message, isFailure: true });
  }
}
