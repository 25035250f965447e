import { invalidReason } from '../warehouse/change-tracking.ts';
import { databaseById, databasesOf, streamsOf } from '../warehouse/find.ts';
import type { DatabaseRecord, StreamRecord } from '../warehouse/object.ts';
import type { CatalogState } from '../warehouse/state.ts';
import { defineTable, micros, type SystemContext } from './table.ts';

export const streamsTable = defineTable({
  name: 'streams',
  columns: {
    catalog: 'String',
    database: 'String',
    name: 'String',
    stream_id: 'UInt64',
    created_on: 'Timestamp',
    updated_on: 'Timestamp',
    mode: 'String',
    comment: 'String',
    table_name: 'String?',
    table_id: 'UInt64?',
    table_version: 'UInt64?',
    snapshot_location: 'String?',
    invalid_reason: 'String',
    has_data: 'Boolean',
    owner: 'String?',
  },
  rows: (context) =>
    Promise.all(
      databasesOf(context.catalog).flatMap((database) =>
        streamsOf(context.catalog, database).map((stream) => streamRow(stream, database, context)),
      ),
    ),
});

export const streamsTerseTable = defineTable({
  name: 'streams_terse',
  columns: { catalog: 'String', database: 'String', name: 'String', mode: 'String', table_name: 'String?' },
  rows: ({ catalog }) =>
    databasesOf(catalog).flatMap((database) =>
      streamsOf(catalog, database).map((stream) => ({
        catalog: 'default',
        database: database.name,
        name: stream.name,
        mode: modeOf(stream),
        table_name: baseTable(stream, catalog).name,
      })),
    ),
});

async function streamRow(stream: StreamRecord, database: DatabaseRecord, context: SystemContext) {
  const { catalog } = context;
  const { name: table_name, table, invalidReason: ended } = baseTable(stream, catalog);
  const reason = ended === '' && table ? await context.lostHistory(table, stream) : ended;
  const version = catalog.tableVersions.get(stream.tableId)?.version ?? stream.offset;
  return {
    catalog: 'default',
    database: database.name,
    name: stream.name,
    stream_id: BigInt(stream.id),
    created_on: micros(stream.createdOn),
    updated_on: micros(stream.updatedOn),
    mode: modeOf(stream),
    comment: stream.comment,
    table_name,
    table_id: BigInt(stream.tableId),
    table_version: BigInt(Math.max(stream.offset, 0)),
    invalid_reason: reason,
    has_data: reason === '' && version > stream.offset,
  };
}

const modeOf = ({ appendOnly }: StreamRecord) => (appendOnly ? 'append_only' : 'standard');

/** By its id: a table keeps its streams when it is renamed, and one of the same name does not inherit them. */
function baseTable(stream: StreamRecord, catalog: CatalogState) {
  const { tableId } = stream;
  const live = catalog.objects.get(tableId);
  const table = live ?? catalog.dropped.get(tableId)?.object;
  if (table?.kind !== 'Table') return { name: null, table: undefined, invalidReason: 'Unknown table' };
  const database = databaseById(catalog, table.databaseId)?.name ?? '';
  const reason = live ? invalidReason(stream, table, database) : `Unknown table '${table.name}'`;
  return { name: `${database}.${table.name}`, table, invalidReason: reason };
}
