import { plain } from '../../types/type.ts';
import { findDatabase, findTable } from '../../warehouse/find.ts';
import { constantText } from './arguments.ts';
import type { TableFunctionSpec } from './table-function.ts';

/** The files that COPY loaded into a table and will not load again yet. */
export const copyHistory: TableFunctionSpec = {
  name: 'copy_history',
  columns: [
    { name: 'file_name', type: plain('String'), nullable: false },
    { name: 'content_length', type: plain('UInt64'), nullable: false },
    { name: 'last_modified', type: plain('Timestamp'), nullable: true },
    { name: 'etag', type: plain('String'), nullable: true },
  ],
  rows: async (call, ctx) => {
    const parts = call.args[0] ? constantText(call.args[0]).split('.') : [''];
    const catalog = ctx.catalog();
    const database = findDatabase(catalog, parts.length > 1 ? (parts[0] ?? '') : ctx.session.database);
    const table = findTable(catalog, database, parts.at(-1) ?? '');
    const files = [...(catalog.loads.get(table.id)?.values() ?? [])].filter(({ expiresOn }) => expiresOn > ctx.now);
    return files
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map(({ path, size, lastModified, etag }) => [
        path,
        BigInt(size),
        lastModified === undefined ? null : BigInt(Math.round(lastModified)) * 1000n,
        etag ?? null,
      ]);
  },
};
