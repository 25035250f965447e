import type { Call } from '../../sql/ast.ts';
import { parseExpr, parseQuery } from '../../sql/parser.ts';
import { printString } from '../../sql/print-name.ts';
import { cellReader } from '../../types/cell.ts';
import type { SessionState, StatementContext } from '../context.ts';
import { selectItem, selectQuery } from '../select.ts';
import { mapNodes } from '../walk.ts';

/** Whether WHEN holds: a boolean, or one as text; NULL does not. */
export async function holds(condition: string, session: SessionState, ctx: StatementContext): Promise<boolean> {
  const expr = mapNodes(parseExpr(condition), (node) => streamStatus(node as Call));
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

/** `STREAM_STATUS('db.s')` as a value asks the table function of that name. */
function streamStatus(node: Call) {
  const [stream] = node.kind === 'Call' && STATUS.has(node.name) ? node.args : [];
  if (stream?.kind !== 'StringLiteral') return node;
  const query = parseQuery(`SELECT 1 FROM STREAM_STATUS(${printString(stream.value)}) WHERE has_data`);
  return { kind: 'Exists', query, negated: false, span: node.span };
}
