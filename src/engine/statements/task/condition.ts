import type { Call, Exists, Expr } from '../../sql/ast.ts';
import { parseExpr, parseQuery } from '../../sql/parser.ts';
import { printString } from '../../sql/print-name.ts';
import { cellReader } from '../../types/cell.ts';
import type { SessionState, StatementContext } from '../context.ts';
import { selectItem, selectQuery } from '../select.ts';

/** Whether WHEN holds: a boolean, or one as text; NULL does not. */
export async function holds(condition: string, session: SessionState, ctx: StatementContext): Promise<boolean> {
  // Nodes keep their shape.
  const expr = withStreamStatus(parseExpr(condition)) as Expr;
  const { columns, batches } = await ctx.run(selectQuery({ items: [selectItem(expr)], span: expr.span }), session);
  let value: unknown = null;
  for await (const batch of batches) {
    const [data] = batch.data.children;
    const [column] = columns;
    if (data && column && batch.numRows > 0) value = cellReader(data, column.type)(0);
  }
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}

const STATUS = new Set(['stream_status', 'system$stream_has_data']);

/** `STREAM_STATUS('db.s')` as a value asks the table function of that name; a query calls that itself. */
function withStreamStatus(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withStreamStatus);
  if ('kind' in value && value.kind === 'Query') return value;
  if ('kind' in value && value.kind === 'Call') {
    const asked = streamStatus(value as Call);
    if (asked) return asked;
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withStreamStatus(part)]));
}

function streamStatus({ name, args, span }: Call): Exists | undefined {
  const [stream] = STATUS.has(name) ? args : [];
  if (stream?.kind !== 'StringLiteral') return undefined;
  const query = parseQuery(`SELECT 1 FROM STREAM_STATUS(${printString(stream.value)}) WHERE has_data`);
  return { kind: 'Exists', query, negated: false, span };
}
