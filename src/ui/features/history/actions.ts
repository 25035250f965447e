import { toSqlError } from '../../../engine/index.ts';
import { refreshHistory } from '../../data/client.ts';
import type { PastStatement } from '../../data/history.ts';
import { showSql } from '../../data/open-files.ts';
import { startRun } from '../../data/runs.ts';
import { execute } from '../../data/statements.ts';
import { freeName, newWorksheet } from '../../data/worksheets.ts';
import { messages } from '../../lib/messages/messages.ts';
import { navigate } from '../../lib/router.ts';
import { toast } from '../../lib/toasts.ts';

export const CLEAR = 'TRUNCATE TABLE system_history.query_history';

/** Run as it stands, it would use the asterisks for a secret. */
export function isMasked({ text }: PastStatement): boolean {
  return text.includes('***');
}

export function openPast({ text }: PastStatement): void {
  showSql(freeName(messages().worksheet.untitled), `${text};\n`);
}

/** In a new worksheet, where it can be changed and run once more. */
export async function runPast({ text }: PastStatement): Promise<void> {
  const sheet = newWorksheet(freeName(messages().worksheet.untitled), `${text};\n`);
  navigate({ place: 'worksheets' });
  await startRun(sheet.id, { text: sheet.text, span: { start: 0, end: sheet.text.length }, continueOnError: false });
}

export async function clearHistory(): Promise<void> {
  try {
    await execute(CLEAR, { signal: new AbortController().signal });
  } catch (error) {
    toast({ title: messages().history.clearFailed, text: toSqlError(error).message, isFailure: true });
  }
  refreshHistory();
}
