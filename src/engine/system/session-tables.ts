import { showCell } from '../types/show.ts';
import { engineTypeName } from '../types/type.ts';
import { defineTable } from './table.ts';

export const variablesTable = defineTable({
  name: 'variables',
  columns: { name: 'String', value: 'String', type: 'String' },
  rows: ({ variables, settings }) =>
    [...variables]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { type, value }]) => ({
        name,
        value: value === null ? 'NULL' : showCell(value, type, { timezone: settings.get('timezone') }),
        type: engineTypeName(type),
      })),
});

/** Rows that the session's last COPY left out. */
export const rejectedRowsTable = defineTable({
  name: 'rejected_rows',
  columns: { file: 'String', line: 'UInt64', error: 'String', raw: 'String' },
  rows: ({ rejected }) => rejected.map(({ file, line, error, raw }) => ({ file, line: BigInt(line), error, raw })),
});
