import { SqlError } from '../../base/errors.ts';
import type { TypedValue } from '../../bind/binder.ts';
import { showCell } from '../../types/show.ts';
import { plain } from '../../types/type.ts';
import { column, type Outcome, rowsOutcome, type StatementContext } from '../context.ts';
import { parseScript } from '../syntax/index.ts';
import type { ExecuteImmediate } from '../syntax/procedure.ts';
import { insideLiteral, placed } from './place.ts';
import { runBlock, type ScriptResult } from './run.ts';
import { valuesOf } from './values.ts';

/** A block, or one statement, that comes as text. */
export async function executeImmediate({ script }: ExecuteImmediate, ctx: StatementContext): Promise<Outcome> {
  const [text] = script.kind === 'StringLiteral' ? [{ value: script.value }] : await valuesOf([script], ctx);
  if (typeof text?.value !== 'string') {
    throw new SqlError('BadArguments', 'EXECUTE IMMEDIATE takes the text of a script', { span: script.span });
  }
  const { value } = text;
  const moved = script.kind === 'StringLiteral' ? insideLiteral(script.span, value) : () => script.span;
  return placed(moved, async () => {
    const parsed = parseScript(value);
    if (parsed.kind !== 'Block') return ctx.run(parsed, ctx.session);
    return resultOutcome(await runBlock(parsed, new Map(), ctx), ctx);
  });
}

/** One row with the value as text; the rows of a table as they are; no row without a RETURN. */
export function resultOutcome(result: ScriptResult, ctx: StatementContext): Outcome {
  if (result && 'batches' in result) return result;
  const columns = [column('Result', plain('String'), true)];
  return rowsOutcome(columns, result ? [[textOf(result, ctx)]] : []);
}

function textOf({ type, value }: TypedValue, { session }: StatementContext): string | null {
  if (value === null) return null;
  if (typeof value === 'boolean') return String(value);
  return showCell(value, type, { timezone: session.settings.get('timezone') });
}
