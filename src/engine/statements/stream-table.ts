import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import { checkStream } from '../warehouse/change-tracking.ts';
import { databaseById } from '../warehouse/find.ts';
import type { StreamRecord, TableRecord } from '../warehouse/object.ts';
import type { StatementContext } from './context.ts';

/** Throws IllegalStream where the table is gone, or was not watched all the time. */
export function baseTable(stream: StreamRecord, ctx: StatementContext): TableRecord {
  const catalog = ctx.catalog();
  const table = catalog.objects.get(stream.tableId);
  if (table?.kind !== 'Table') {
    const dropped = catalog.dropped.get(stream.tableId)?.object.name ?? String(stream.tableId);
    throw new SqlError('IllegalStream', `Base table '${dropped}' dropped, cannot read from stream '${stream.name}'`, {
      hint: hint('undropTable', dropped),
    });
  }
  checkStream(stream, table, databaseById(catalog, table.databaseId)?.name ?? '');
  return table;
}
