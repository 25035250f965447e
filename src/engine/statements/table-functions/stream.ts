import { SqlError } from '../../base/errors.ts';
import { countChanges } from '../../scan/count-changes.ts';
import type { Call } from '../../sql/ast.ts';
import { parser } from '../../sql/parser.ts';
import type { Cell } from '../../types/cell.ts';
import { plain } from '../../types/type.ts';
import { findRelation } from '../../warehouse/find.ts';
import type { StreamRecord } from '../../warehouse/object.ts';
import { readRange } from '../../warehouse/table-range.ts';
import type { StatementContext } from '../context.ts';
import { lowerSettings } from '../execute.ts';
import { at, qualified } from '../names.ts';
import { baseTable } from '../stream-table.ts';
import { constantText } from './arguments.ts';
import type { TableFunctionSpec } from './table-function.ts';

type StreamCall = Pick<Call, 'name' | 'args' | 'span'>;

/** Called as a table or, by `CALL SYSTEM$…`, as a statement. */
export interface StreamFunction extends TableFunctionSpec {
  rows(call: StreamCall, ctx: StatementContext): Promise<readonly (readonly Cell[])[]>;
}

/** Whether anything happened to the table since the offset; it may have come to nothing. */
export const streamStatus: StreamFunction = {
  name: 'stream_status',
  columns: [{ name: 'has_data', type: plain('Boolean'), nullable: false }],
  rows: async (call, ctx) => {
    const stream = streamOf(call, ctx);
    baseTable(stream, ctx);
    return [[(ctx.catalog().tableVersions.get(stream.tableId)?.version ?? 0) > stream.offset]];
  },
};

/** How many rows are pending, found out without reading them. */
export const streamBacklog: StreamFunction = {
  name: 'stream_backlog',
  columns: ['rows_added', 'rows_removed', 'estimated_rows'].map((name) => ({
    name,
    type: plain('UInt64'),
    nullable: false,
  })),
  rows: async (call, ctx) => {
    const stream = streamOf(call, ctx);
    const table = baseTable(stream, ctx);
    const opened = await ctx.openTable(table, ctx.signal);
    const request = { from: stream, now: opened.snapshot };
    const range = await readRange(ctx.services.warehouse, table, request, ctx.signal);
    const { timezone, numericCast } = lowerSettings(ctx, {});
    const counts = await countChanges(
      { table: opened, ...range, appendOnly: stream.appendOnly },
      { columns: [], predicates: [], limit: undefined, session: { timezone, numericCast }, progress: ctx.progress },
      ctx.signal,
    );
    const { added, removed } = counts;
    return [[BigInt(added), BigInt(removed), BigInt(added + removed)]];
  },
};

/** The one argument is a name as SQL has it. Throws UnknownTable. */
function streamOf(call: StreamCall, ctx: StatementContext): StreamRecord {
  const [arg] = call.args;
  if (!arg || call.args.length > 1)
    throw new SqlError('BadArguments', `${call.name} takes the name of a stream`, { span: call.span });
  const catalog = ctx.catalog();
  return at(arg, () => {
    const given = { ...parser(constantText(arg)).objectName('stream'), span: arg.span };
    const { database, name } = qualified(given, catalog, ctx);
    const relation = findRelation(catalog, database, name.name);
    if (relation.kind === 'Stream') return relation;
    throw new SqlError('TableEngineNotSupported', `${database.name}.${name.name} is not a STREAM`);
  });
}
