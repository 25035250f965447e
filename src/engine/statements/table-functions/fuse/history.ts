import type { Call } from '../../../sql/ast.ts';
import { commitPath } from '../../../table/layout.ts';
import type { Cell } from '../../../types/cell.ts';
import { plain } from '../../../types/type.ts';
import { databaseById, findDatabase } from '../../../warehouse/find.ts';
import type { TableRecord } from '../../../warehouse/object.ts';
import { tableFolder } from '../../../warehouse/paths.ts';
import { filesOfTable } from '../../../warehouse/vacuum.ts';
import type { StatementContext } from '../../context.ts';
import { constantText } from '../arguments.ts';
import type { TableFunctionSpec } from '../table-function.ts';
import { fuseTable, maybe, micros, moments, sum, texts } from './table.ts';

/** What the former versions of tables take, dropped tables included. */
export const fuseTimeTravelSize: TableFunctionSpec = {
  name: 'fuse_time_travel_size',
  columns: [
    ...texts('database_name', 'table_name'),
    { name: 'is_dropped', type: plain('Boolean'), nullable: false },
    { name: 'time_travel_size', type: plain('UInt64'), nullable: false },
    ...maybe('latest_snapshot_size', 'data_retention_period_in_hours'),
    { name: 'error', type: plain('String'), nullable: true },
  ],
  rows: async (call, ctx) => {
    const rows: Cell[][] = [];
    for (const table of tablesMeant(call, ctx)) rows.push(await sizeRow(table, ctx));
    return rows;
  },
};

function tablesMeant({ args }: Call, ctx: StatementContext): TableRecord[] {
  const [database, name] = args.map(constantText);
  const catalog = ctx.catalog();
  const owner = database === undefined ? undefined : findDatabase(catalog, database);
  const all = [...catalog.objects.values(), ...[...catalog.dropped.values()].map(({ object }) => object)];
  return all
    .filter((object) => object.kind === 'Table')
    .filter((table) => (!owner || table.databaseId === owner.id) && (name === undefined || table.name === name));
}

async function sizeRow(table: TableRecord, ctx: StatementContext): Promise<Cell[]> {
  const catalog = ctx.catalog();
  const database =
    databaseById(catalog, table.databaseId)?.name ?? catalog.dropped.get(table.databaseId)?.object.name ?? '';
  const files = await filesOfTable(ctx.services.warehouse, table, ctx.signal);
  const latest = catalog.tableVersions.get(table.id)?.bytes ?? 0;
  const all = sum(files.filter(({ path }) => !path.includes('/_delta_log/')).map(({ size }) => size));
  const hours = table.options['data_retention_period_in_hours'];
  return [
    database,
    table.name,
    catalog.dropped.has(table.id),
    BigInt(Math.max(0, all - latest)),
    BigInt(latest),
    hours === undefined ? null : BigInt(hours),
    null,
  ];
}

/** The names that were given to versions of a table, those that have expired included. */
export const fuseTags: TableFunctionSpec = {
  name: 'fuse_tag',
  columns: [...texts('name', 'snapshot_location'), ...moments('expire_at', true)],
  rows: async (call, ctx) => {
    const { table } = fuseTable(call, ctx);
    return (table.snapshotTags ?? []).map(({ name, version, expiresOn }) => [
      name,
      commitPath(tableFolder(table), version),
      expiresOn === undefined ? null : micros(expiresOn),
    ]);
  },
};
