import { expect, test } from 'vitest';
import { batchOf } from '../../engine/types/build/batch.ts';
import { plain } from '../../engine/types/type.ts';
import { lendRows, rowsToIpc } from './kept-rows.ts';
import { keepRun, keptRun } from './kept-runs.ts';

const COLUMNS = [{ name: 'text', type: plain('String'), nullable: false }];
const MOST = 1024 * 1024;

/** One row whose bytes, as they are kept, are so many. */
function rowsOf(bytes: number): Uint8Array<ArrayBuffer> {
  const sized = (length: number) => rowsToIpc(batchOf(COLUMNS, [['x'.repeat(length)]]));
  return sized(8 + bytes - sized(8).byteLength);
}

function statementOf(bytes: number, index: number) {
  const result = { id: lendRows(rowsOf(bytes)), columns: COLUMNS, rows: 1, complete: true, affected: 0 };
  const text = { head: 'SELECT', sql: 'SELECT text', span: { start: 0, end: 11 }, start: 0 };
  const end = { state: 'finished', progress: undefined, error: undefined, duration: 1, startedAt: 0 } as const;
  return { index, result, ...text, ...end };
}

test('rows are kept up to a mebibyte each and four mebibytes together, to the byte', async () => {
  const sizes = [MOST + 8, MOST, MOST, MOST, MOST - 2048, 2056, 2048];
  expect([MOST, MOST + 8].map((size) => rowsOf(size).byteLength)).toEqual([MOST, MOST + 8]);
  const run = { id: 1, text: 'SELECT text', startedAt: 0, isActive: false, isCancelling: false, shown: 0 };
  const request = { text: run.text, span: { start: 0, end: 11 }, continueOnError: false };
  await keepRun('limits', { run: { ...run, statements: sizes.map(statementOf) }, request }, () => 0);
  const kept = await keptRun('limits');
  expect(kept?.run.statements.map(({ isGone }) => isGone !== true)).toEqual([
    false,
    true,
    true,
    true,
    true,
    false,
    true,
  ]);
});
