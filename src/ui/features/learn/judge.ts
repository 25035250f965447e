import type { Check, ExpectedCell, Words } from './lesson.ts';

export type AnswerRow = { readonly [column: string]: string | null };

/** What a run came to: the result of the last statement that gave one, and the error that ended it. */
export interface Answer {
  readonly result:
    | { readonly columns: readonly string[]; readonly rows: number; readonly first: readonly AnswerRow[] }
    | undefined;
  readonly error: { readonly code: number; readonly message: string } | undefined;
}

/** One thing that is not as the step wants it. */
export type Difference =
  | { readonly kind: 'Failed'; readonly message: string }
  | { readonly kind: 'NotFailed'; readonly code: number }
  | { readonly kind: 'NoResult' }
  | { readonly kind: 'Rows'; readonly found: number; readonly expected: number }
  | { readonly kind: 'NoColumn'; readonly column: string }
  | { readonly kind: 'Cell'; readonly cell: ExpectedCell; readonly found: string | null }
  | { readonly kind: 'State'; readonly what: Words; readonly found: string | null; readonly expected: string };

/** Asks the engine; gives the rows. */
type Ask = (sql: string) => Promise<readonly AnswerRow[]>;

/** How many rows of the result a check may look at. */
export const ROWS_LOOKED_AT = 50;

/** What differs from what a step wants; nothing when it is right. */
export async function judge(checks: readonly Check[], answer: Answer, ask: Ask): Promise<readonly Difference[]> {
  const mayFail = checks.some(({ kind }) => kind === 'Failure');
  if (answer.error && !mayFail) return [{ kind: 'Failed', message: answer.error.message }];
  const found = await Promise.all(checks.map((check) => differences(check, answer, ask)));
  return found.flat();
}

async function differences(check: Check, answer: Answer, ask: Ask): Promise<readonly Difference[]> {
  switch (check.kind) {
    case 'Result':
      return resultDifferences(check, answer);
    case 'Failure':
      return failureDifferences(check.code, answer);
    case 'State':
      return stateDifferences(check, ask);
  }
}

function failureDifferences(code: number, { error }: Answer): readonly Difference[] {
  if (!error) return [{ kind: 'NotFailed', code }];
  return error.code === code ? [] : [{ kind: 'Failed', message: error.message }];
}

type ResultCheck = Extract<Check, { readonly kind: 'Result' }>;

/** A result of another length differs elsewhere, too: then only the length is told. */
function resultDifferences({ rows, cells = [] }: ResultCheck, { result }: Answer): readonly Difference[] {
  if (!result) return [{ kind: 'NoResult' }];
  if (result.rows !== rows) return [{ kind: 'Rows', found: result.rows, expected: rows }];
  const missing = new Set(cells.map(({ column }) => column).filter((column) => !result.columns.includes(column)));
  if (missing.size > 0) return [...missing].map((column) => ({ kind: 'NoColumn', column }));
  return cells.flatMap((cell): readonly Difference[] => {
    const found = result.first[cell.row - 1]?.[cell.column] ?? null;
    return found === cell.is ? [] : [{ kind: 'Cell', cell, found }];
  });
}

type StateCheck = Extract<Check, { readonly kind: 'State' }>;

/** A query that fails does so because what it asks about is not there. */
async function stateDifferences({ what, sql, is }: StateCheck, ask: Ask): Promise<readonly Difference[]> {
  try {
    const [row] = await ask(sql);
    const found = row ? (Object.values(row)[0] ?? null) : null;
    return found === is ? [] : [{ kind: 'State', what, found, expected: is }];
  } catch (error) {
    return [{ kind: 'Failed', message: error instanceof Error ? error.message : String(error) }];
  }
}
