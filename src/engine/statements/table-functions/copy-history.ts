import type { Call } from '../../sql/ast.ts';
import { plain } from '../../types/type.ts';
import { findDatabase, findTable } from '../../warehouse/find.ts';
import type { LoadedFile } from '../../warehouse/object.ts';
import type { StatementContext } from '../context.ts';
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
  rows: async (call, ctx) =>
    loadsOf(call, ctx).map(({ path, size, lastModified, etag }) => [
      path,
      BigInt(size),
      lastModified === undefined ? null : microseconds(lastModified),
      etag ?? null,
    ]),
};

/** copy_times('t'): when COPY loaded those files, which copy_history does not tell in Databend. */
export const copyTimes: TableFunctionSpec = {
  name: 'copy_times',
  columns: [
    { name: 'file_name', type: plain('String'), nullable: false },
    { name: 'loaded_on', type: plain('Timestamp'), nullable: false },
  ],
  rows: async (call, ctx) => loadsOf(call, ctx).map(({ path, loadedOn }) => [path, microseconds(loadedOn)]),
};

const microseconds = (milliseconds: number) => BigInt(Math.round(milliseconds)) * 1000n;

function loadsOf(call: Call, ctx: StatementContext): readonly LoadedFile[] {
  const parts = call.args[0] ? constantText(call.args[0]).split('.') : [''];
  const catalog = ctx.catalog();
  const database = findDatabase(catalog, parts.length > 1 ? (parts[0] ?? '') : ctx.session.database);
  const table = findTable(catalog, database, parts.at(-1) ?? '');
  const files = [...(catalog.loads.get(table.id)?.values() ?? [])].filter(({ expiresOn }) => expiresOn > ctx.now);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
